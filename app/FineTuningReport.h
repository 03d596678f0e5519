#pragma once

#include "core/session/FineTuning.h"

namespace app
{

/// A model before and after fine-tuning, and the data used.
struct FineTuned {
    const core::TrainedModel& before;
    const engine::ModelSnapshot& after;
    const engine::DatasetSplits& data;
};

/// Measures accuracy before and after fine-tuning, on the test images of its own data set and of the one that
/// the model was first trained on, and prints both. Prints a notice on stderr if the latter is not on this
/// machine.
engine::Result<void> reportFineTuning(const FineTuned& tuned, const core::DatasetCatalog& catalog,
                                      const std::stop_token& stop, bool isJson);

} // namespace app
