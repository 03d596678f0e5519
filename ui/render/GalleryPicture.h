// The images of a gallery as a picture for paper and slides: title, tiles with captions, dark on white
// whatever the window's theme is.
#pragma once

#include "ui/render/PredictionText.h"

#include <QByteArray>
#include <QImage>

namespace ui
{

/// More tiles would be too many for a page to be read, and too large a picture in print.
inline constexpr std::size_t kMostPictureTiles = 120;

struct GalleryPicture {
    std::shared_ptr<const core::EvaluatedSplit> split;
    std::vector<std::uint32_t> positions; ///< in `split`; at most kMostPictureTiles
    std::size_t total = 0;                ///< images that there are
    QString title;
    QString subtitle;
    OtherPredictions other; ///< a line more on every tile, where there is one
};

/// Of the first of `positions`; where they are not all of them, the subtitle says so. `title` tells what they
/// have in common: "true 9 → predicted 4".
GalleryPicture galleryPicture(std::shared_ptr<const core::EvaluatedSplit> split,
                              const std::vector<std::uint32_t>& positions, const QString& title,
                              OtherPredictions other = {});

/// In points, which are pixels at a scale of 1.
QSize sizeOf(const GalleryPicture& picture);
/// Where a tile's image is, in points.
QRect imageRect(const GalleryPicture& picture, std::size_t tile);
/// sizeOf() times `scale`. Needs a QGuiApplication, for the fonts.
QImage galleryImage(const GalleryPicture& picture, int scale);
QByteArray galleryPng(const GalleryPicture& picture, int scale);

} // namespace ui
