// What is said of the digits that somebody has kept, and of a model that was fine-tuned with them.
#pragma once

#include "core/session/FineTuning.h"
#include "core/session/KeptDigits.h"

#include <QString>

namespace ui
{

/// Why `model`, which may be null, cannot be trained on with `digits`; empty where it can.
QString whyNotFineTuned(const core::TrainedModel* model, const std::vector<core::KeptDigit>& digits);
/// Why it cannot be evaluated on them; empty where it can.
QString whyNotEvaluated(const core::TrainedModel* model);
/// "12 for training, 11 for testing", and what is missing for fine-tuning.
QString keptText(const std::vector<core::KeptDigit>& digits);
/// What undo would do, or that there is nothing to undo.
QString undoText(const std::optional<core::KeptDigits::Change>& last);
/// "My digits: 14 of 18 held for testing right (77.8 %)"
QString evaluationText(const core::ComparedSet& set);
/// A line a data set, "My digits, held back: 14 → 17 of 18 right (+3)", and what else is to be known of them.
QString fineTuningText(const core::FineTuningResult& result);

} // namespace ui
