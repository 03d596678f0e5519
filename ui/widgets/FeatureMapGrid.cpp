#include "ui/widgets/FeatureMapGrid.h"

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

void FeatureMapGrid::arrange()
{
    if (count() == 0)
        return;
    const FeatureMaps& maps = layers().front();
    const int room = viewport()->width() - 2 * kMargin;
    const auto heightFor = [&](int tileWidth) { return std::max(1, tileWidth * maps.height / maps.width); };
    const auto columnsFor = [&](int tileWidth) { return std::max(1, (room + kGap) / (tileWidth + kGap)); };
    // Whole screen pixels for every value, as long as that leaves a tile of some size.
    const int step = maps.width <= kSmallestWidth ? maps.width : 1;
    const int largest = count() == 1 ? room : std::min(room, kLargestWidth);
    int width = std::max(step, largest / step * step);
    for (; width - step >= kSmallestWidth; width -= step) {
        const int rowsNeeded = (count() + columnsFor(width) - 1) / columnsFor(width);
        const bool fits =
            rowsNeeded * (heightFor(width) + kCaption + kGap) + kMargin <= viewport()->height() &&
            width <= room;
        if (fits)
            break;
    }
    m_tile = {width, heightFor(width)};
    m_columns = columnsFor(width);
}

QRect FeatureMapGrid::placeOf(Index index) const
{
    return {{kMargin + index.unit % m_columns * (m_tile.width() + kGap),
             kMargin + index.unit / m_columns * (m_tile.height() + kCaption + kGap)},
            m_tile};
}

QSize FeatureMapGrid::contentSize() const
{
    return {m_columns * (m_tile.width() + kGap), rows() * (m_tile.height() + kCaption + kGap) + kMargin};
}

void FeatureMapGrid::paintCaptions(QPainter& painter, const Colors& colors) const
{
    QFont font = this->font();
    font.setPixelSize(11);
    painter.setFont(font);
    for (int unit = 0; unit < count(); ++unit) {
        const QRect tile = placeOf({0, unit});
        painter.setPen(current().unit == unit ? colors.text : colors.secondary);
        painter.drawText(QRect(tile.left(), tile.bottom() + 3, tile.width(), kCaption), Qt::AlignCenter,
                         QString::number(unit));
    }
}

FeatureMapView::Index FeatureMapGrid::above(Index index, int direction) const
{
    const int unit = index.unit + direction * m_columns;
    return unit < 0 || unit >= count() ? index : Index{index.layer, unit};
}

} // namespace ui
