#include "ui/widgets/FeatureMapFlow.h"

#include <QPainter>
#include <QScrollBar>
#include <algorithm>

namespace ui
{
namespace
{

constexpr int kMargin = 3; ///< for the frame of the current one
constexpr int kName = 22;
constexpr int kSide = 56;        ///< 2, 4 and 8 screen pixels for a value of MNIST's maps
constexpr int kLargestSide = 84; ///< 3, 6 and 12

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
    int side = kSide;
    for (const FeatureMaps& maps : layers()) {
        if (maps.count < 2 || isRowOfNumbers(maps))
            continue;
        // Rows of equal length, in tiles that fill them, of whole screen pixels a value.
        const int columns = balancedColumns(maps.count, (room + kGap) / (kSide + kGap));
        const int widest = std::min((room + kGap) / columns - kGap, kLargestSide);
        return maps.width <= widest ? widest / maps.width * maps.width : widest;
    }
    return side;
}

void FeatureMapFlow::arrange()
{
    m_places.clear();
    const int room = viewport()->width() - 2 * kMargin;
    const int side = commonSide(room);
    int top = 0;
    for (const FeatureMaps& maps : layers()) {
        Place place;
        place.top = top;
        if (isRowOfNumbers(maps)) {
            const int scale = std::clamp(room / std::max(1, maps.width), 1, 32);
            place.tile = QSize(std::min(maps.width * scale, room), maps.height * std::clamp(scale, 4, 20));
        } else {
            const int width = maps.width <= side ? side / maps.width * maps.width : side;
            place.tile = QSize(width, std::max(1, width * maps.height / maps.width));
        }
        place.columns = balancedColumns(maps.count, (room + kGap) / (place.tile.width() + kGap));
        const int rows = (maps.count + place.columns - 1) / place.columns;
        top += kName + rows * (place.tile.height() + kGap) + kGap;
        m_places.push_back(place);
    }
    m_height = top;
}

QRect FeatureMapFlow::placeOf(Index index) const
{
    const Place& place = m_places[static_cast<std::size_t>(index.layer)];
    return {{kMargin + index.unit % place.columns * (place.tile.width() + kGap),
             place.top + kName + kMargin + index.unit / place.columns * (place.tile.height() + kGap)},
            place.tile};
}

QSize FeatureMapFlow::contentSize() const
{
    return {viewport()->width(), m_height};
}

void FeatureMapFlow::scrollToLayer(int layer)
{
    if (layer >= 0 && layer < static_cast<int>(m_places.size()))
        verticalScrollBar()->setValue(m_places[static_cast<std::size_t>(layer)].top);
}

void FeatureMapFlow::paintCaptions(QPainter& painter, const Colors& colors) const
{
    for (int layer = 0; layer < static_cast<int>(m_places.size()); ++layer) {
        const FeatureMaps& maps = layers()[static_cast<std::size_t>(layer)];
        const QRect line(kMargin, m_places[static_cast<std::size_t>(layer)].top, viewport()->width(), kName);
        QFont font = this->font();
        font.setWeight(QFont::DemiBold);
        painter.setFont(font);
        painter.setPen(colors.text);
        painter.drawText(line, Qt::AlignVCenter, maps.name);
        const int nameWidth = QFontMetrics(font).horizontalAdvance(maps.name);
        font = this->font();
        font.setPixelSize(12);
        painter.setFont(font);
        painter.setPen(colors.secondary);
        painter.drawText(
            line.adjusted(nameWidth + 8, 0, 0, 0), Qt::AlignVCenter,
            tr("%1 · %2 · scale ±%3").arg(maps.kind, maps.sizeText(), valueText(limitOf(layer), 2)));
    }
}

FeatureMapView::Index FeatureMapFlow::above(Index index, int direction) const
{
    const auto countOf = [&](int layer) { return layers()[static_cast<std::size_t>(layer)].count; };
    const int columns = m_places[static_cast<std::size_t>(index.layer)].columns;
    const int unit = index.unit + direction * columns;
    if (unit >= 0 && unit < countOf(index.layer))
        return {index.layer, unit};
    const int layer = index.layer + direction;
    if (layer < 0 || layer >= static_cast<int>(layers().size()))
        return index;
    const int column = index.unit % columns;
    const int next = m_places[static_cast<std::size_t>(layer)].columns;
    const int lastRow = (countOf(layer) - 1) / next;
    return {layer,
            std::min((direction > 0 ? 0 : lastRow * next) + std::min(column, next - 1), countOf(layer) - 1)};
}

} // namespace ui
