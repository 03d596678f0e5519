// Sketch digits: handwriting-like digits drawn by the program itself, so that it can train with no file and
// no network. Stroke templates, a random affine distortion (rotation, size, slant, place) and a smooth random
// displacement of every point (after the idea of elastic distortions: P. Simard, D. Steinkraus, J. Platt,
// "Best Practices for Convolutional Neural Networks", ICDAR 2003), drawn with an antialiased pen of random
// width.
#pragma once

#include "engine/data/Dataset.h"

#include <array>
#include <string_view>

namespace engine
{

struct SketchDigitsOptions {
    std::size_t trainSize = 10'000;
    std::size_t testSize = 2'000;
    std::uint64_t seed = 42;
};

inline constexpr const char* kSketchDigitsId = "sketch-digits";
inline constexpr const char* kColorSketchDigitsId = "sketch-digits-color";

struct BuiltInDataset {
    const char* id;
    const char* title;
};
/// Those that need no file.
inline constexpr std::array kBuiltInDatasets = {
    BuiltInDataset{kSketchDigitsId, "Sketch digits"},
    BuiltInDataset{kColorSketchDigitsId, "Sketch digits in color"}};
inline bool isBuiltInDataset(std::string_view id)
{
    return id == kSketchDigitsId || id == kColorSketchDigitsId;
}

/// 28 × 28 images of the ten digits, classes in random order and nearly equal numbers. The same options give
/// the same bytes on every machine; the two splits share no drawing.
DatasetSplits makeSketchDigits(const SketchDigitsOptions& options = {});

/// The same drawings as 3 × 28 × 28: ink of one color on a ground of another, both random for every image,
/// and one clearly brighter than the other.
DatasetSplits makeColorSketchDigits(const SketchDigitsOptions& options = {});

} // namespace engine
