#include "engine/cpu/LaneKernels.h"

#define LANES 8

namespace engine
{
namespace
{
constexpr int kColumns = 4;       // 5 × 4 sums, 4 + k − 1 pixels and a weight in 32 registers
constexpr int kGradientSums = 12; // and as many pixels as a row of the kernel has
} // namespace

#include "engine/cpu/LaneKernels.inl"

extern const LaneKernels kAvx512Kernels;
const LaneKernels kAvx512Kernels = {
    LANES,  "AVX-512",      convolveRelu, convolveGated, convolvePoolRelu, unpool, convolutionGradients,
    linear, linearGradients};

} // namespace engine
