#pragma once

#include <cstdint>

namespace engine
{

/// A number that depends on both; neighbors lead far apart, so that every epoch and every image has a stream
/// of its own, which needs no generator to be carried along. Source: the finaliser of SplitMix64 (G. Steele,
/// D. Lea, C. Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014).
inline std::uint64_t mixedSeed(std::uint64_t seed, std::uint64_t number)
{
    std::uint64_t z = seed + (number + 1) * 0x9e3779b97f4a7c15ULL;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
}

/// What draws numbers from a training's seed beside the epochs, which are its numbers 1, 2, …: none of it may
/// draw the same.
enum class SeedStream : std::uint64_t { Validation = 1'000'000'001, Augmentation };

inline std::uint64_t mixedSeed(std::uint64_t seed, SeedStream stream)
{
    return mixedSeed(seed, static_cast<std::uint64_t>(stream));
}

} // namespace engine
