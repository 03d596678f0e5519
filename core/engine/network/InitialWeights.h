// Random initial weights, as PyTorch's layers initialize them.
#pragma once

#include "engine/network/NetworkSpec.h"

#include <cstdint>

namespace engine
{

/// The flat array of ParameterLayout.h: weights and biases uniform in ±1/√fan_in (kaiming_uniform with a =
/// √5, PyTorch's default for Conv2d and Linear), drawn layer by layer from a separate generator; BatchNorm2d
/// starts at weight 1, bias 0, mean 0, variance 1. Same values as in Python after `torch.manual_seed(seed)`
/// and creating the layers in this order, whatever else runs in this process. `spec` must be valid.
std::vector<float> initialWeights(const NetworkSpec& spec, std::uint64_t seed);

} // namespace engine
