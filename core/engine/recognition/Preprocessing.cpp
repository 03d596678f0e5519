#include "engine/recognition/Preprocessing.h"

#include "engine/CheckRange.h"

#include <algorithm>
#include <cmath>

namespace engine
{
namespace
{

Result<void> checkSize(const InkImage& image)
{
    constexpr int kLargestSide = 16384;
    return checkRange(Range<int>{"Width of the image", 1, kLargestSide}, image.width)
        .and_then([&] {
            return checkRange(Range<int>{"Height of the image", 1, kLargestSide}, image.height);
        })
        .and_then([&]() -> Result<void> {
            const auto expected =
                static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height);
            if (image.ink.size() == expected)
                return {};
            return failure(ErrorCode::BadValue, "Expected an image of " + std::to_string(expected) +
                                                    " pixels; found " + std::to_string(image.ink.size()) +
                                                    ".");
        });
}

/// Has width 0 if there is no ink.
BoundingBox boxOfInk(const InkImage& image)
{
    int left = image.width;
    int right = -1;
    int top = image.height;
    int bottom = -1;
    const auto isInk = [](std::uint8_t value) { return value >= kFaintestInk; };
    for (int y = 0; y < image.height; ++y) {
        const auto begin = image.ink.begin() + static_cast<std::ptrdiff_t>(y) * image.width;
        const auto end = begin + image.width;
        const auto first = std::find_if(begin, end, isInk);
        if (first == end)
            continue;
        top = std::min(top, y);
        bottom = y;
        left = std::min(left, static_cast<int>(first - begin));
        const auto last =
            std::find_if(std::make_reverse_iterator(end), std::make_reverse_iterator(first), isInk);
        right = std::max(right, image.width - 1 - static_cast<int>(last - std::make_reverse_iterator(end)));
    }
    return right < 0 ? BoundingBox() : BoundingBox{left, top, right - left + 1, bottom - top + 1};
}

/// Start of a side of `size` in the 28 pixels such that `mass` is in the middle, without cutting off ink.
int placeOf(double mass, int size)
{
    return std::clamp(static_cast<int>(std::lround(kImageSide / 2.0 - mass)), 0, kImageSide - size);
}

} // namespace

Result<PreprocessedDigit> preprocessInk(const InkImage& image)
{
    if (auto size = checkSize(image); !size)
        return tl::unexpected(size.error());
    PreprocessedDigit result;
    result.box = boxOfInk(image);
    if (result.box.width == 0)
        return failure(ErrorCode::BadValue, "There is no ink in the image; expected a digit.");

    const double scale = static_cast<double>(kDigitSide) / std::max(result.box.width, result.box.height);
    const auto scaledSide = [&](int side) {
        return std::max(1, static_cast<int>(std::lround(scale * side)));
    };
    result.scaled =
        areaAverage(image, result.box, scaledSide(result.box.width), scaledSide(result.box.height));

    double sum = 0;
    double sumX = 0;
    double sumY = 0;
    for (int y = 0; y < result.scaled.height; ++y) {
        for (int x = 0; x < result.scaled.width; ++x) {
            const double ink = result.scaled.at(x, y);
            sum += ink;
            sumX += ink * (x + .5);
            sumY += ink * (y + .5);
        }
    }
    // A thin line on a large background may be averaged away completely.
    result.massX = sum > 0 ? sumX / sum : result.scaled.width / 2.0;
    result.massY = sum > 0 ? sumY / sum : result.scaled.height / 2.0;
    result.left = placeOf(result.massX, result.scaled.width);
    result.top = placeOf(result.massY, result.scaled.height);

    InkImage whole = InkImage::blank(kImageSide, kImageSide);
    for (int y = 0; y < result.scaled.height; ++y) {
        for (int x = 0; x < result.scaled.width; ++x)
            whole.at(result.left + x, result.top + y) = result.scaled.at(x, y);
    }
    result.pixels = std::move(whole.ink);
    return result;
}

} // namespace engine
