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

std::vector<std::uint8_t> pixelsOf(const QImage& picture, int channels)
{
    const QImage rgb = picture.convertToFormat(QImage::Format_RGB32);
    std::vector<std::uint8_t> pixels;
    pixels.reserve(static_cast<std::size_t>(rgb.width()) * static_cast<std::size_t>(rgb.height()) *
                   static_cast<std::size_t>(channels));
    for (int channel = 0; channel < channels; ++channel) {
        for (int y = 0; y < rgb.height(); ++y) {
            const auto* line = reinterpret_cast<const QRgb*>(rgb.constScanLine(y));
            for (int x = 0; x < rgb.width(); ++x) {
                const int value = channels < 3   ? qGray(line[x])
                                  : channel == 0 ? qRed(line[x])
                                  : channel == 1 ? qGreen(line[x])
                                  : channel == 2 ? qBlue(line[x])
                                                 : 255;
                pixels.push_back(static_cast<std::uint8_t>(value));
            }
        }
    }
    return pixels;
}

QImage enlarged(const QImage& image, int factor)
{
    return image.scaled(image.size() * factor, Qt::IgnoreAspectRatio, Qt::FastTransformation);
}

} // namespace ui
