#include "engine/cpu/CpuKernels.h"

#define LANES 8

namespace engine
{
namespace
{
constexpr int kColumns = 2;       // 5 × 2 sums, 2 + k − 1 pixels and a weight in 16 registers
constexpr int kGradientSums = 12; // plus one pixel per column of the kernel
} // namespace

#include "engine/cpu/CpuKernels.inl"

extern const CpuKernels kAvx2Kernels;
const CpuKernels kAvx2Kernels = kernelTable("AVX2");

} // namespace engine
