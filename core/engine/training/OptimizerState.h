#pragma once

#include <cstdint>
#include <vector>

namespace engine
{

/// State of an optimizer between steps. Each array has the size of the parameters, or is empty if not used.
struct OptimizerState {
    std::vector<float> first;  ///< momentum buffer, or mean of the gradients
    std::vector<float> second; ///< mean of the squared gradients
    std::int64_t steps = 0;

    bool operator==(const OptimizerState&) const = default;
};

} // namespace engine
