#pragma once

#include "engine/data/Dataset.h"

namespace engine
{

/// Indices into a data set, ascending in each part; every image is in exactly one.
struct ValidationSplit {
    std::vector<std::uint32_t> train;
    std::vector<std::uint32_t> validation;
};

/// Draws `share` (0 … 0.5) of every class, rounded to whole images, for validation. The same seed draws the
/// same.
ValidationSplit splitForValidation(const Dataset& dataset, double share, std::uint64_t seed);

} // namespace engine
