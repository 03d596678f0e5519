#include "ui/pages/inspect/FeatureMapFlow.h"

#include "ui/pages/inspect/ScaleLegend.h"

#include <QPainter>
#include <algorithm>

namespace ui
{
namespace
{

constexpr int kMargin = 3; ///< for the frame of the current one
constexpr int kName = 22;
constexpr int kBarWidth = 44;     ///< of a layer's scale
constexpr int kSide = 56;         ///< 2, 4 and 8 screen pixels per value of MNIST's maps
constexpr int kLargestSide = 84;  ///< 3, 6 and 12
constexpr int kSmallestCell = 12; ///< of a layer without spatial layout
constexpr int kLargestCell = 32;

bool isRowOfNumbers(const FeatureMaps& maps)
{
    return maps.width > 3 * maps.height;
}

int balancedColumns(int count, int most)
{
    most = std::max(1, most);
    const int rows = (count + most - 1) / most;
    return std::max(1, (count + rows - 1) / std::max(1, rows));
}

} // namespace

FeatureMapFlow::FeatureMapFlow(QWidget* parent) : FeatureMapView(parent)
{
    setObjectName(QStringLiteral("featureMapFlow"));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

int FeatureMapFlow::commonSide(int room) const
{
    constexpr int kMany = 4; // more than the channels of an image
    const auto first = std::ranges::find_if(layers(), [](const FeatureMaps& maps) {
        return maps.count >= kMany && !maps.isFlat && !isRowOfNumbers(maps);
    });
    if (first == layers().end())
        return kLargestSide; // no layer has many maps, so they may be large
    // Rows of equal length, in tiles that fill them, of whole screen pixels a value.
    const int columns = balancedColumns(first->count, (room + kGap) / (kSide + kGap));
    const int widest = std::min((room + kGap) / columns - kGap, kLargestSide);
    return first->width <= widest ? widest / first->width * first->width : widest;
}

FeatureMapView::Arrangement FeatureMapFlow::arrange(const QSize& room) const
{
    const int wide = room.width() - 2 * kMargin;
    const int side = commonSide(wide);
    Arrangement arrangement;
    int top = 0;
    for (const FeatureMaps& maps : layers()) {
        QSize tile;
        if (maps.isFlat && maps.height * maps.width == 1) {
            const int cell = std::clamp((wide + kGap) / maps.count - kGap, kSmallestCell, kLargestCell);
            tile = {cell, cell};
        } else if (isRowOfNumbers(maps)) {
            const int scale = std::clamp(wide / std::max(1, maps.width), 1, 32);
            tile = {std::min(maps.width * scale, wide), maps.height * std::clamp(scale, 4, 20)};
        } else {
            const int width = maps.width <= side ? side / maps.width * maps.width : side;
            tile = {width, std::max(1, width * maps.height / maps.width)};
        }
        const int most = (wide + kGap) / (tile.width() + kGap);
        const int columns = maps.isFlat ? std::max(1, most) : balancedColumns(maps.count, most);
        std::vector<QRect>& tiles = arrangement.tiles.emplace_back();
        for (int unit = 0; unit < maps.count; ++unit)
            tiles.emplace_back(QPoint(kMargin + unit % columns * (tile.width() + kGap),
                                      top + kName + kMargin + unit / columns * (tile.height() + kGap)),
                               tile);
        const int rows = (maps.count + columns - 1) / columns;
        top += kName + rows * (tile.height() + kGap) + kGap;
    }
    arrangement.content = {room.width(), top};
    return arrangement;
}

void FeatureMapFlow::paintCaptions(QPainter& painter, const Colors& colors) const
{
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    QFont small = font();
    small.setPixelSize(12);
    for (int layer = 0; layer < static_cast<int>(layers().size()); ++layer) {
        const FeatureMaps& maps = layers()[static_cast<std::size_t>(layer)];
        QRect line(kMargin, placeOf({layer, 0}).top() - kMargin - kName, viewport()->width() - 2 * kMargin,
                   kName);
        painter.setFont(bold);
        painter.setPen(colors.text);
        painter.drawText(line, Qt::AlignVCenter, maps.name);
        const int nameWidth = painter.fontMetrics().horizontalAdvance(maps.name);
        painter.setFont(small);
        painter.setPen(colors.secondary);
        painter.drawText(line.adjusted(nameWidth + 8, 0, 0, 0), Qt::AlignVCenter,
                         QStringLiteral("%1 · %2").arg(
                             maps.kind, maps.isFlat ? QString::number(maps.values.size()) : maps.sizeText()));
        const float limit = limitOf(layer);
        ScaleLegend::paintBar(painter, {line.right() - kBarWidth, line.center().y() - 3, kBarWidth, 7},
                              DivergingScale(limit, colors), colors.fieldBorder);
        line.setRight(line.right() - kBarWidth - 6);
        painter.setPen(colors.secondary);
        painter.drawText(line, Qt::AlignVCenter | Qt::AlignRight,
                         limit == 0 ? tr("all 0") : QStringLiteral("±") + scaleText(limit));
    }
}

} // namespace ui
