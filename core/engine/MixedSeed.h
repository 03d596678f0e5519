#pragma once

#include <cstdint>

namespace engine
{

/// Hashes seed and number into a new seed, so that every epoch and every image has its own random stream and
/// no generator state has to be saved. Source: the finalizer of SplitMix64 (G. Steele, D. Lea, C. Flood,
/// "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014).
inline std::uint64_t mixedSeed(std::uint64_t seed, std::uint64_t number)
{
    std::uint64_t z = seed + (number + 1) * 0x9e3779b97f4a7c15ULL;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
}

/// Streams derived from a training seed in addition to those of the epochs, which use the numbers 1, 2, ….
enum class SeedStream : std::uint64_t { Validation = 1'000'000'001, Augmentation };

inline std::uint64_t mixedSeed(std::uint64_t seed, SeedStream stream)
{
    return mixedSeed(seed, static_cast<std::uint64_t>(stream));
}

} // namespace engine
