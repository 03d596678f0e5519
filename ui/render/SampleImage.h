// Images of a data set as QImage.
#pragma once

#include "engine/data/Dataset.h"

#include <QImage>

namespace ui
{

/// Image `index`. A gray one is on the data set's own memory: valid while a copy of `dataset` lives.
QImage imageOf(const engine::Dataset& dataset, std::size_t index);
/// The same of pixels as a data set has them, channel by channel: red, green, blue, or gray where there are fewer.
QImage imageOf(std::span<const std::uint8_t> pixels, const engine::ImageShape& shape);

/// Every pixel as a square of `factor` × `factor`.
QImage enlarged(const QImage& image, int factor);

} // namespace ui
