#pragma once

#include "core/session/FineTuning.h"

namespace app
{

/// A model, what became of it, and with what.
struct FineTuned {
    const core::TrainedModel& before;
    const engine::ModelSnapshot& after;
    const engine::DatasetSplits& data;
};

/// Measures what a fine-tuning has gained on the test images of its own data set, and lost on those of what
/// the model had learnt first, and prints both. What that was and is not on this machine is told on standard
/// error.
engine::Result<void> reportFineTuning(const FineTuned& tuned, const core::DatasetCatalog& catalog,
                                      const std::stop_token& stop, bool isJson);

} // namespace app
