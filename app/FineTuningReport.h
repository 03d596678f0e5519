#pragma once

#include "core/session/FineTuning.h"

namespace app
{

/// Prints what a fine-tuning of `model` has gained on the test images of its own data set, and lost on those
/// of what the model had learnt first. What that was and is not on this machine is told on standard error.
engine::Result<void> reportFineTuning(const core::FineTuningResult& result, const core::TrainedModel& model,
                                      bool isJson);

} // namespace app
