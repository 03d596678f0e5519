#pragma once

#include "engine/cpu/CpuKernels.h"

#include <vector>

namespace engine
{

const CpuKernels& bestCpuKernels();
/// The kernel sets that this processor can run, fastest first.
std::vector<const CpuKernels*> usableCpuKernels();

} // namespace engine
