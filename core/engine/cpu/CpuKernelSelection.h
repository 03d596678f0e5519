#pragma once

#include "engine/cpu/CpuKernels.h"

#include <vector>

namespace engine
{

const CpuKernels& bestCpuKernels();
/// Those that this processor can run, the best first.
std::vector<const CpuKernels*> usableCpuKernels();

} // namespace engine
