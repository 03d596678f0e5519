#include "ui/render/GalleryPicture.h"

#include "core/Format.h"
#include "ui/render/Colors.h"
#include "ui/render/PaperPicture.h"
#include "ui/render/PictureBytes.h"
#include "ui/render/SampleImage.h"

#include <QCoreApplication>
#include <QFontMetrics>
#include <algorithm>

namespace ui
{
namespace
{

constexpr int kTitleHeight = 62;
constexpr int kImageSide = 84; // 3 points per MNIST pixel
constexpr int kFrame = 2;
constexpr int kLine = 15;
constexpr int kGap = 8;
constexpr int kTileWidth = kImageSide + 2 * kFrame;
constexpr int kMostColumns = 10;

QString tr(const char* text)
{
    return QCoreApplication::translate("ui::GalleryPicture", text);
}

int columnsOf(const GalleryPicture& picture)
{
    return std::clamp(static_cast<int>(picture.positions.size()), 1, kMostColumns);
}

int tileHeight(const GalleryPicture& picture)
{
    const int lines = picture.other.split ? 4 : 3;
    return kImageSide + 2 * kFrame + lines * kLine + 4;
}

QRect tileRect(const GalleryPicture& picture, int tile)
{
    const int columns = columnsOf(picture);
    const int height = tileHeight(picture);
    return {kPaperMargin + (tile % columns) * (kTileWidth + kGap),
            kPaperMargin + kTitleHeight + (tile / columns) * (height + kGap), kTileWidth, height};
}

void paintTile(QPainter& painter, const GalleryPicture& picture, std::size_t index, const Colors& colors)
{
    const core::EvaluatedSplit& split = *picture.split;
    const std::uint32_t position = picture.positions[index];
    const engine::SampleScore& score = split.scores[position];
    const QRect tile = tileRect(picture, static_cast<int>(index));
    const QColor verdict = score.isRight() ? colors.right : colors.wrong;
    const QRect frame(tile.topLeft(), QSize(kTileWidth, kImageSide + 2 * kFrame));
    painter.fillRect(frame, verdict);
    painter.fillRect(frame.adjusted(kFrame, kFrame, -kFrame, -kFrame), Qt::black);
    painter.drawImage(imageRect(picture, index), imageOf(split.images, split.indexOf(position)));

    QRect line(tile.left(), frame.bottom() + 3, tile.width(), kLine);
    const auto elided = [&](const QString& text, int width) {
        return QFontMetrics(painter.font()).elidedText(text, Qt::ElideRight, width);
    };
    painter.setFont(paperFont(10));
    painter.setPen(colors.secondary);
    painter.drawText(line, Qt::AlignVCenter, QStringLiteral("#%1").arg(split.indexOf(position)));
    line.translate(0, kLine);
    const QString confidence = core::probabilityText(score.confidence);
    const int confidenceWidth = QFontMetrics(paperFont(11)).horizontalAdvance(confidence);
    painter.setFont(paperFont(11, QFont::DemiBold));
    painter.setPen(verdict);
    const QString prediction =
        elided(split.classNames.value(score.prediction), line.width() - confidenceWidth - 5);
    painter.drawText(line, Qt::AlignVCenter, prediction);
    const int predictionWidth = QFontMetrics(painter.font()).horizontalAdvance(prediction);
    painter.setFont(paperFont(11));
    painter.setPen(colors.text);
    painter.drawText(line.adjusted(predictionWidth + 5, 0, 0, 0), Qt::AlignVCenter, confidence);
    const auto drawLine = [&](const QString& text, const QColor& color) {
        line.translate(0, kLine);
        painter.setPen(color);
        painter.drawText(line, Qt::AlignVCenter, elided(text, line.width()));
    };
    drawLine(truthText(split, position), colors.secondary);
    if (picture.other.split) {
        const bool isOtherRight = otherPrediction(picture.other, position) == score.label;
        drawLine(otherText(split, picture.other, position), isOtherRight ? colors.right : colors.wrong);
    }
}

} // namespace

GalleryPicture galleryPicture(std::shared_ptr<const core::EvaluatedSplit> split,
                              const std::vector<std::uint32_t>& positions, const QString& title,
                              OtherPredictions other)
{
    GalleryPicture picture;
    const std::size_t shown = std::min(positions.size(), kMostPictureTiles);
    picture.positions.assign(positions.begin(), positions.begin() + static_cast<std::ptrdiff_t>(shown));
    picture.total = positions.size();
    picture.title = title;
    const QString count = core::countText(positions.size());
    const QString images = core::imagesName(split->kind);
    picture.subtitle =
        shown == positions.size()
            ? tr("%1 · %2: %3").arg(split->datasetTitle, images, count)
            : tr("%1 · %2: the first %3 of %4").arg(split->datasetTitle, images).arg(shown).arg(count);
    picture.split = std::move(split);
    picture.other = std::move(other);
    return picture;
}

QSize sizeOf(const GalleryPicture& picture)
{
    const int columns = columnsOf(picture);
    const int rows = (static_cast<int>(picture.positions.size()) + columns - 1) / columns;
    return {std::max(2 * kPaperMargin + columns * (kTileWidth + kGap) - kGap,
                     paperTitlesWidth(picture.title, picture.subtitle)),
            2 * kPaperMargin + kTitleHeight + std::max(0, rows * (tileHeight(picture) + kGap) - kGap)};
}

QRect imageRect(const GalleryPicture& picture, std::size_t tile)
{
    const QRect area = tileRect(picture, static_cast<int>(tile));
    const QSize room(kImageSide, kImageSide);
    const QSize size(picture.split->images.width(), picture.split->images.height());
    const int factor = std::min(room.width() / size.width(), room.height() / size.height());
    // Shrink images that are larger than a tile.
    QRect image(QPoint(0, 0), factor >= 1 ? size * factor : size.scaled(room, Qt::KeepAspectRatio));
    image.moveTopLeft(area.topLeft() + QPoint(kFrame + (room.width() - image.width()) / 2,
                                              kFrame + (room.height() - image.height()) / 2));
    return image;
}

QImage galleryImage(const GalleryPicture& picture, int scale)
{
    QImage image(sizeOf(picture) * scale, QImage::Format_RGB32);
    image.setDevicePixelRatio(scale);
    image.fill(Qt::white);
    const Colors colors = lightColors();
    QPainter painter(&image);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    paintPaperTitles(painter, sizeOf(picture).width(), picture.title, picture.subtitle);
    for (std::size_t i = 0; i < picture.positions.size(); ++i)
        paintTile(painter, picture, i, colors);
    return image;
}

QByteArray galleryPng(const GalleryPicture& picture, int scale)
{
    return pngBytes(galleryImage(picture, scale));
}

} // namespace ui
