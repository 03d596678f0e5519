// Pictures as the content of files.
#pragma once

#include <QByteArray>
#include <QImage>
#include <QPainter>
#include <functional>

namespace ui
{

/// Empty where there is no image.
QByteArray pngBytes(const QImage& image);

/// What `paint` draws on `size` points, which are pixels where the file is opened by a browser.
QByteArray svgBytes(const QSize& size, const QString& title, const std::function<void(QPainter&)>& paint);

} // namespace ui
