#include "engine/cpu/LaneKernels.h"

#define LANES 4

namespace engine
{
namespace
{
constexpr int kColumns = 2;       // 5 × 2 sums, 2 + k − 1 pixels and a weight in 16 registers
constexpr int kGradientSums = 12; // and as many pixels as a row of the kernel has
} // namespace

#include "engine/cpu/LaneKernels.inl"

extern const LaneKernels kBaselineKernels;
const LaneKernels kBaselineKernels = {
    LANES,  "baseline",           convolveRelu, convolveGated,  convolvePoolRelu,
    unpool, convolutionGradients, linear,       linearGradients};

} // namespace engine
