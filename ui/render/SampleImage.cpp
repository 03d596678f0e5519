#include "ui/render/SampleImage.h"

namespace ui
{

QImage imageOf(const engine::Dataset& dataset, std::size_t index)
{
    return imageOf(dataset.image(index), dataset.shape());
}

QImage imageOf(std::span<const std::uint8_t> pixels, const engine::ImageShape& shape)
{
    const auto [channels, height, width] = shape;
    if (channels < 3)
        return {pixels.data(), width, height, width, QImage::Format_Grayscale8};
    QImage image(width, height, QImage::Format_RGB32);
    const auto area = static_cast<std::size_t>(height) * static_cast<std::size_t>(width);
    for (int y = 0; y < height; ++y) {
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
        const std::uint8_t* red =
            pixels.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(width);
        for (int x = 0; x < width; ++x, ++red)
            line[x] = qRgb(red[0], red[area], red[2 * area]);
    }
    return image;
}

QImage enlarged(const QImage& image, int factor)
{
    return image.scaled(image.size() * factor, Qt::IgnoreAspectRatio, Qt::FastTransformation);
}

} // namespace ui
