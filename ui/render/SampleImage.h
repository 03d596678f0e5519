// Images of a data set as QImage.
#pragma once

#include "engine/data/Dataset.h"

#include <QImage>

namespace ui
{

/// Image `index`, on the data set's own memory: valid while a copy of `dataset` lives.
QImage imageOf(const engine::Dataset& dataset, std::size_t index);

/// Every pixel as a square of `factor` × `factor`.
QImage enlarged(const QImage& image, int factor);

} // namespace ui
