// The images of a gallery as a picture for papers and slides: title and captioned tiles. Always dark on
// white, whatever the theme.
#pragma once

#include "ui/render/PredictionText.h"

#include <QByteArray>
#include <QImage>

#include <cstdint>

namespace ui
{

/// More tiles would not be readable on a page, and too large in print.
inline constexpr std::size_t kMostPictureTiles = 120;

struct GalleryPicture {
    std::shared_ptr<const core::EvaluatedSplit> split;
    std::vector<std::uint32_t> positions; ///< positions in `split`; at most kMostPictureTiles
    std::size_t total = 0;                ///< number of images in the gallery
    QString title;
    QString subtitle;
    OtherPredictions other; ///< adds a line to every tile if set
};

/// Shows the first images of `positions`; the subtitle says so if there are more. `title` describes the
/// images: "true 9 → predicted 4".
GalleryPicture galleryPicture(std::shared_ptr<const core::EvaluatedSplit> split,
                              const std::vector<std::uint32_t>& positions, const QString& title,
                              OtherPredictions other = {});

/// In points; one pixel each at a scale of 1.
QSize sizeOf(const GalleryPicture& picture);
/// Position of a tile's image, in points.
QRect imageRect(const GalleryPicture& picture, std::size_t tile);
/// sizeOf() times `scale`. Needs a QGuiApplication, for the fonts.
QImage galleryImage(const GalleryPicture& picture, int scale);
QByteArray galleryPng(const GalleryPicture& picture, int scale);

} // namespace ui
