// Dropout masks, computed from a seed and the element's position. A resumed run therefore drops the same
// elements as an uninterrupted one, on any number of threads and any device.
#pragma once

#include "engine/MixedSeed.h"

#include <cstdint>

namespace engine
{

/// Seed of one layer. `imageSeed` is mixedSeed(draw seed of the step, position of the image in the batch).
inline std::uint64_t dropoutSeed(std::uint64_t imageSeed, std::uint64_t layer)
{
    constexpr std::uint64_t kPurpose = 0xD0; // separates this from other uses of the image's seed
    return mixedSeed(imageSeed, kPurpose + layer);
}

/// 0 if the element is dropped, otherwise 1 / (1 − p). `element`: index in PyTorch's flattening order of
/// channel, row, column.
inline float dropoutFactor(std::uint64_t seed, std::uint64_t element, double p)
{
    std::uint64_t x = seed + element * 0x9e3779b97f4a7c15U; // splitmix64 (S. Vigna)
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
    x ^= x >> 31;
    const double uniform = static_cast<double>(x >> 40) * 0x1p-24;
    return uniform < p ? 0.0F : static_cast<float>(1 / (1 - p));
}

} // namespace engine
