#include "engine/cpu/CpuKernels.h"

#define LANES 8

namespace engine
{
namespace
{
constexpr int kColumns = 4;       // 5 × 4 sums, 4 + k − 1 pixels and a weight in 32 registers
constexpr int kGradientSums = 12; // plus one pixel per column of the kernel
} // namespace

#include "engine/cpu/CpuKernels.inl"

extern const CpuKernels kAvx512Kernels;
const CpuKernels kAvx512Kernels = kernelTable("AVX-512");

} // namespace engine
