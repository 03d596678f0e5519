#pragma once

#include <cstdint>
#include <vector>

namespace engine
{

/// What an optimizer remembers from step to step; each as long as the parameters, or empty where it is not
/// needed.
struct OptimizerState {
    std::vector<float> first;  ///< momentum's buffer, or the mean of the gradients
    std::vector<float> second; ///< mean of the squared gradients
    std::int64_t steps = 0;

    bool operator==(const OptimizerState&) const = default;
};

} // namespace engine
