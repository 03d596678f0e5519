#pragma once

#include "engine/data/Dataset.h"

#include <cstdint>

namespace engine
{

/// Indices into a data set, ascending. Every image is in exactly one part.
struct ValidationSplit {
    std::vector<std::uint32_t> train;
    std::vector<std::uint32_t> validation;
};

/// Moves a random `share` (0 … 0.5) of every class, rounded to whole images, to validation. Deterministic for
/// a seed.
ValidationSplit splitForValidation(const Dataset& dataset, double share, std::uint64_t seed);

} // namespace engine
