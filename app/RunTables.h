// The figures of a training as lines for people.
#pragma once

#include "engine/training/TrainingState.h"

#include <string>

namespace app
{

/// A line an epoch, each behind a line break.
std::string epochLines(const std::vector<engine::EpochReport>& epochs);

} // namespace app
