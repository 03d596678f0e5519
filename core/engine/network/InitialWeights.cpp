#include "engine/network/InitialWeights.h"

#include "engine/network/ParameterLayout.h"

#include <ATen/CPUGeneratorImpl.h>
#include <cmath>
#include <torch/torch.h>

namespace engine
{

std::vector<float> initialWeights(const NetworkSpec& spec, std::uint64_t seed)
{
    const torch::NoGradGuard noGrad;
    const at::Generator generator = at::make_generator<at::CPUGeneratorImpl>(seed);
    const ParameterLayout layout = parameterLayout(spec);
    std::vector<float> weights(layout.size);
    double bound = 0;
    for (const WeightEntry& entry : layout.entries) {
        const auto begin = weights.begin() + static_cast<std::ptrdiff_t>(entry.offset);
        const bool isNorm =
            std::holds_alternative<BatchNorm2d>(spec.layers[static_cast<std::size_t>(entry.layer)]);
        if (isNorm) {
            const bool isOne = entry.role == WeightRole::Weight || entry.role == WeightRole::RunningVar;
            std::fill_n(begin, entry.size, isOne ? 1.0F : 0.0F);
            continue;
        }
        if (entry.role == WeightRole::Weight) // its bias follows and has the same bound
            bound = 1.0 / std::sqrt(static_cast<double>(entry.size) / static_cast<double>(entry.shape[0]));
        torch::from_blob(&*begin, {static_cast<std::int64_t>(entry.size)}).uniform_(-bound, bound, generator);
    }
    return weights;
}

} // namespace engine
