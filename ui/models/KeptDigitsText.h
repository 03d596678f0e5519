// Texts about the user's kept digits and about a model that was fine-tuned with them.
#pragma once

#include "core/session/FineTuning.h"
#include "core/session/KeptDigits.h"

#include <QString>

namespace ui
{

/// Why `model`, which may be null, cannot be fine-tuned with `digits`; empty if it can.
QString whyNotFineTuned(const core::TrainedModel* model, const std::vector<core::KeptDigit>& digits);
/// Why it cannot be evaluated on them; empty if it can.
QString whyNotEvaluated(const core::TrainedModel* model);
/// "12 for training, 11 for testing", and how many digits fine-tuning still needs.
QString keptText(const std::vector<core::KeptDigit>& digits);
/// How many digits are kept of a damaged file, and where that is now.
QString repairText(const core::RepairedDigits& repair);
/// What undo would do, or that there is nothing to undo.
QString undoText(const std::optional<core::KeptDigits::Change>& last);
/// "My digits: 14 of 18 test digits correct (77.8 %)"
QString evaluationText(const core::ComparedSet& set);
/// One line per data set, "My digits, held back: 14 → 17 of 18 correct (+3)", followed by notes.
QString fineTuningText(const core::FineTuningResult& result);

} // namespace ui
