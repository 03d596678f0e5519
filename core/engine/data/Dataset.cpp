#include "engine/data/Dataset.h"

#include "engine/network/NetworkRanges.h"

#include <algorithm>

namespace engine
{

Dataset::Dataset() : m_storage(std::make_shared<const Storage>()) {}

Result<Dataset> Dataset::create(const ImageShape& shape, std::vector<std::uint8_t> pixels,
                                std::vector<std::uint8_t> labels, int classCount)
{
    const auto [channels, height, width] = shape;
    if (!ranges::kImageChannels.contains(channels) || height <= 0 || width <= 0 || classCount < 1 ||
        classCount > ranges::kClasses.high) {
        return failure(ErrorCode::BadFormat,
                       "Data set: expected images of " + textOf(ranges::kImageChannels) +
                           " channels and at least 1 × 1 pixels, and 1 to " +
                           std::to_string(ranges::kClasses.high) + " classes; found " +
                           std::to_string(channels) + " channels of " + std::to_string(height) + " × " +
                           std::to_string(width) + " pixels and " + std::to_string(classCount) + " classes.");
    }
    // Division, because the product of three external values may overflow.
    const std::size_t imageBytes = static_cast<std::size_t>(channels) * static_cast<std::size_t>(height) *
                                   static_cast<std::size_t>(width);
    if (pixels.size() % imageBytes != 0 || pixels.size() / imageBytes != labels.size()) {
        return failure(ErrorCode::BadFormat,
                       "Expected " + (channels == 1 ? "" : std::to_string(channels) + " × ") +
                           std::to_string(height) + " × " + std::to_string(width) + " pixels for each of " +
                           std::to_string(labels.size()) + " labels; found " + std::to_string(pixels.size()) +
                           " pixels.");
    }
    const auto largest = std::max_element(labels.begin(), labels.end());
    if (largest != labels.end() && *largest >= classCount) {
        return failure(ErrorCode::BadFormat, "Expected labels from 0 to " + std::to_string(classCount - 1) +
                                                 "; found " + std::to_string(*largest) + " at index " +
                                                 std::to_string(largest - labels.begin()) + ".");
    }
    Dataset dataset;
    dataset.m_size = labels.size();
    dataset.m_storage =
        std::make_shared<const Storage>(Storage{shape, classCount, std::move(pixels), std::move(labels)});
    return dataset;
}

std::size_t Dataset::imageBytes() const
{
    return static_cast<std::size_t>(m_storage->shape.size());
}

std::span<const std::uint8_t> Dataset::image(std::size_t index) const
{
    return std::span(m_storage->pixels).subspan(index * imageBytes(), imageBytes());
}

std::span<const std::uint8_t> Dataset::pixels() const
{
    return std::span(m_storage->pixels).first(m_size * imageBytes());
}

std::vector<std::size_t> Dataset::classCounts() const
{
    std::vector<std::size_t> counts(static_cast<std::size_t>(classCount()));
    for (const std::uint8_t label : labels())
        ++counts[label];
    return counts;
}

Dataset Dataset::first(std::size_t count) const
{
    Dataset result = *this;
    result.m_size = std::min(count, m_size);
    return result;
}

} // namespace engine
