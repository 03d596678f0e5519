// Encodes pictures as file contents.
#pragma once

#include <QByteArray>
#include <QImage>
#include <QPainter>
#include <functional>

namespace ui
{

/// Empty for a null image.
QByteArray pngBytes(const QImage& image);

/// Records what `paint` draws on `size` points, which browsers show as pixels.
QByteArray svgBytes(const QSize& size, const QString& title, const std::function<void(QPainter&)>& paint);

} // namespace ui
