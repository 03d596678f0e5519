#include "ui/pages/inspect/FeatureMapGrid.h"

#include <QPainter>
#include <algorithm>

namespace ui
{
namespace
{

constexpr int kCaption = 15;
constexpr int kMargin = 3; ///< for the frame of the current one
constexpr int kSmallestWidth = 44;
constexpr int kLargestWidth = 196; ///< 7 screen pixels for one of MNIST's

} // namespace

FeatureMapGrid::FeatureMapGrid(QWidget* parent) : FeatureMapView(parent)
{
    setObjectName(QStringLiteral("featureMapGrid"));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

void FeatureMapGrid::setMaps(FeatureMaps maps)
{
    std::vector<FeatureMaps> layers;
    layers.push_back(std::move(maps));
    setLayers(std::move(layers));
}

FeatureMapView::Arrangement FeatureMapGrid::arrange(const QSize& room) const
{
    if (layers().empty() || layers().front().count == 0)
        return {};
    const FeatureMaps& maps = layers().front();
    const int wide = room.width() - 2 * kMargin;
    const auto heightFor = [&](int tileWidth) { return std::max(1, tileWidth * maps.height / maps.width); };
    const auto pitchFor = [&](int tileWidth) { return heightFor(tileWidth) + kCaption + kGap; };
    const auto columnsFor = [&](int tileWidth) { return std::max(1, (wide + kGap) / (tileWidth + kGap)); };
    const auto rowsFor = [&](int tileWidth) {
        return (maps.count + columnsFor(tileWidth) - 1) / columnsFor(tileWidth);
    };
    // Whole screen pixels for every value, as long as that leaves a tile of some size.
    const int step = maps.width <= kSmallestWidth ? maps.width : 1;
    const int largest = maps.count == 1 ? wide : std::min(wide, kLargestWidth);
    int width = std::max(step, largest / step * step);
    for (; width - step >= kSmallestWidth; width -= step) {
        if (rowsFor(width) * pitchFor(width) + kMargin <= room.height() && width <= wide)
            break;
    }
    const int columns = columnsFor(width);
    Arrangement arrangement;
    std::vector<QRect>& tiles = arrangement.tiles.emplace_back();
    for (int unit = 0; unit < maps.count; ++unit)
        tiles.emplace_back(kMargin + unit % columns * (width + kGap),
                           kMargin + unit / columns * pitchFor(width), width, heightFor(width));
    arrangement.content = {columns * (width + kGap), rowsFor(width) * pitchFor(width) + kMargin};
    return arrangement;
}

void FeatureMapGrid::paintCaptions(QPainter& painter, const Colors& colors) const
{
    QFont font = this->font();
    font.setPixelSize(11);
    painter.setFont(font);
    const bool areNamed = !layers().empty() && layers().front().count > 1;
    const int count = areNamed ? layers().front().count : 0;
    for (int unit = 0; unit < count; ++unit) {
        const QRect& tile = placeOf({0, unit});
        painter.setPen(current().unit == unit ? colors.text : colors.secondary);
        painter.drawText(QRect(tile.left(), tile.bottom() + 3, tile.width(), kCaption), Qt::AlignCenter,
                         painter.fontMetrics().elidedText(layers().front().nameOf(unit), Qt::ElideRight,
                                                          tile.width() + kGap));
    }
}

} // namespace ui
