#pragma once

#include "engine/cpu/LaneKernels.h"

#include <vector>

namespace engine
{

const LaneKernels& bestLaneKernels();
/// Those that this processor can run, the best first.
std::vector<const LaneKernels*> usableLaneKernels();

} // namespace engine
