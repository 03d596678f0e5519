#pragma once

#include "core/session/FineTuning.h"

namespace app
{

/// Prints what fine-tuning `model` has gained on the test images of its own data set and lost on those of the
/// data set that the model was first trained on. Prints a notice on stderr if the latter is not on this
/// machine.
engine::Result<void> reportFineTuning(const core::FineTuningResult& result, const core::TrainedModel& model,
                                      bool isJson);

} // namespace app
