// Sketch digits: generated images similar to handwritten digits, so that training works without files or a
// network. Each is made from a stroke template with a random affine distortion (rotation, size, slant,
// position) and a smooth random displacement of every point, drawn with an antialiased pen of random width.
// The displacement follows the idea of elastic distortions in P. Simard, D. Steinkraus, J. Platt, "Best
// Practices for Convolutional Neural Networks", ICDAR 2003.
#pragma once

#include "engine/data/Dataset.h"

#include <array>
#include <cstdint>
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
/// Data sets that need no files.
inline constexpr std::array kBuiltInDatasets = {
    BuiltInDataset{kSketchDigitsId, "Sketch digits"},
    BuiltInDataset{kColorSketchDigitsId, "Sketch digits in color"}};
inline bool isBuiltInDataset(std::string_view id)
{
    return id == kSketchDigitsId || id == kColorSketchDigitsId;
}

/// 28 × 28 images of the ten digits; random class order, nearly equal class counts. The same options give the
/// same bytes on every machine. The two splits share no drawing.
DatasetSplits makeSketchDigits(const SketchDigitsOptions& options = {});

/// The same drawings as 3 × 28 × 28. Ink and background colors are random for every image; one is clearly
/// brighter than the other.
DatasetSplits makeColorSketchDigits(const SketchDigitsOptions& options = {});

} // namespace engine
