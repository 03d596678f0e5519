#include "ui/pages/draw/FeatureMapStrip.h"

#include <QPainter>
#include <algorithm>

namespace ui
{
namespace
{

constexpr int kNameWidth = 150;
constexpr int kMargin = 3; ///< for the frame of the current map
constexpr int kSmallest = 28;
constexpr int kLargest = 84;
constexpr int kStep = 14; ///< so that all pixels of 28 × 28, 14 × 14 and 7 × 7 maps have the same size

} // namespace

FeatureMapStrip::FeatureMapStrip(QWidget* parent) : FeatureMapView(parent)
{
    setObjectName(QStringLiteral("featureMapStrip"));
}

int FeatureMapStrip::mostMaps() const
{
    int most = 1;
    for (const FeatureMaps& maps : layers())
        most = std::max(most, maps.count);
    return most;
}

QSize FeatureMapStrip::sizeHint() const
{
    return {kNameWidth + 10 * (42 + kGap), std::max(1, rowCount()) * (42 + kGap) + kMargin};
}

QSize FeatureMapStrip::minimumSizeHint() const
{
    return {kNameWidth + 4 * (kSmallest + kGap), std::max(1, rowCount()) * (kSmallest + kGap) + kMargin};
}

FeatureMapView::Arrangement FeatureMapStrip::arrange(const QSize& room) const
{
    const int rows = std::max(1, rowCount());
    const int high = (room.height() - kMargin) / rows - kGap;
    const int wide = (room.width() - kNameWidth - kMargin) / mostMaps() - kGap;
    const int side = std::clamp(std::min(high, wide), kSmallest, kLargest) / kStep * kStep;
    Arrangement arrangement;
    for (int layer = 0; layer < rowCount(); ++layer) {
        std::vector<QRect>& tiles = arrangement.tiles.emplace_back();
        for (int unit = 0; unit < layers()[static_cast<std::size_t>(layer)].count; ++unit)
            tiles.emplace_back(kNameWidth + kMargin + unit * (side + kGap), kMargin + layer * (side + kGap),
                               side, side);
    }
    arrangement.content = {kNameWidth + kMargin + mostMaps() * (side + kGap),
                           kMargin + rowCount() * (side + kGap)};
    return arrangement;
}

void FeatureMapStrip::paintCaptions(QPainter& painter, const Colors& colors) const
{
    QFont font = this->font();
    font.setPixelSize(12);
    painter.setFont(font);
    for (int layer = 0; layer < rowCount(); ++layer) {
        const FeatureMaps& maps = layers()[static_cast<std::size_t>(layer)];
        const QRect& tile = placeOf({layer, 0});
        painter.setPen(colors.secondary);
        painter.drawText(QRect(0, tile.top(), kNameWidth - 4, tile.height()),
                         Qt::AlignVCenter | Qt::TextWordWrap,
                         QStringLiteral("%1 %2 %3")
                             .arg(maps.name, maps.kind,
                                  maps.isFlat ? QString::number(maps.values.size()) : maps.sizeText()));
    }
}

} // namespace ui
