// Converts images of a data set to QImage.
#pragma once

#include "engine/data/Dataset.h"

#include <QImage>

#include <cstdint>

namespace ui
{

/// Image `index`. A gray image shares the data set's memory: it is valid while a copy of `dataset` exists.
QImage imageOf(const engine::Dataset& dataset, std::size_t index);
/// Converts pixels in data set layout, channel by channel: red, green, blue, or gray with fewer channels.
QImage imageOf(std::span<const std::uint8_t> pixels, const engine::ImageShape& shape);

/// Every pixel becomes a square of `factor` × `factor`.
QImage enlarged(const QImage& image, int factor);

} // namespace ui
