#include "ui/render/SampleImage.h"

namespace ui
{

QImage imageOf(const engine::Dataset& dataset, std::size_t index)
{
    return {dataset.image(index).data(), dataset.width(), dataset.height(), dataset.width(),
            QImage::Format_Grayscale8};
}

QImage enlarged(const QImage& image, int factor)
{
    return image.scaled(image.size() * factor, Qt::IgnoreAspectRatio, Qt::FastTransformation);
}

} // namespace ui
