#include "ui/views/FeatureMapView.h"

#include "ui/render/ConfusionCells.h"

#include <QHelpEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <algorithm>
#include <limits>

namespace ui
{

FeatureMapView::FeatureMapView(QWidget* parent) : QAbstractScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setMouseTracking(true);
    viewport()->setAutoFillBackground(false);
    setAccessibleName(tr("Feature maps"));
}

void FeatureMapView::setLayers(std::vector<FeatureMaps> layers)
{
    const auto shapeOf = [](const FeatureMaps& maps) {
        return std::tuple(maps.count, maps.height, maps.width, maps.name, maps.unitNames);
    };
    const bool isSameShape = std::ranges::equal(layers, m_layers, std::ranges::equal_to(), shapeOf, shapeOf);
    m_layers = std::move(layers);
    forgetImages();
    if (!isSameShape) {
        m_hovered = {};
        if (!isThere(m_current))
            m_current = {};
        rearrange();
    }
    setAccessibleDescription(m_current.isValid() ? describe(m_current) : QString());
    Q_EMIT scaleChanged();
}

void FeatureMapView::setScale(Scale scale)
{
    m_scale = scale;
    forgetImages();
    Q_EMIT scaleChanged();
}

void FeatureMapView::setLimit(std::optional<float> limit)
{
    if (limit == m_limit)
        return;
    m_limit = limit;
    forgetImages();
    Q_EMIT scaleChanged();
}

float FeatureMapView::limitOf(int layer) const
{
    if (m_limit)
        return *m_limit;
    if (m_scale == Scale::PerLayer)
        return m_layers[static_cast<std::size_t>(layer)].largestMagnitude();
    float limit = 0;
    for (const FeatureMaps& maps : m_layers)
        limit = std::max(limit, maps.largestMagnitude());
    return limit;
}

void FeatureMapView::setNumbersShown(bool areShown)
{
    m_areNumbersShown = areShown;
    viewport()->update();
}

bool FeatureMapView::isThere(Index index) const
{
    return index.isValid() && index.layer < static_cast<int>(m_layers.size()) && index.unit >= 0 &&
           index.unit < m_layers[static_cast<std::size_t>(index.layer)].count;
}

void FeatureMapView::setCurrent(Index index)
{
    if (!isThere(index))
        index = {};
    if (index == m_current)
        return;
    m_current = index;
    setAccessibleDescription(index.isValid() ? describe(index) : QString());
    if (isVisible())
        bringIntoSight(index);
    viewport()->update();
}

void FeatureMapView::bringIntoSight(Index index)
{
    if (!index.isValid())
        return;
    const QRect place = tileRect(index).adjusted(-kGap, -kGap, kGap, kGap);
    const auto bring = [](QScrollBar* bar, int first, int last, int room) {
        if (first < 0)
            bar->setValue(bar->value() + first);
        else if (last >= room)
            bar->setValue(bar->value() + last - room + 1);
    };
    bring(verticalScrollBar(), place.top(), place.bottom(), viewport()->height());
    bring(horizontalScrollBar(), place.left(), place.right(), viewport()->width());
}

void FeatureMapView::choose(Index index, const QPoint& cell)
{
    setCurrent(index);
    Q_EMIT chosen(index.layer, index.unit, cell.y(), cell.x());
}

QRect FeatureMapView::tileRect(Index index) const
{
    return placeOf(index).translated(-horizontalScrollBar()->value(), -verticalScrollBar()->value());
}

FeatureMapView::Index FeatureMapView::indexAt(const QPoint& position) const
{
    for (int layer = 0; layer < static_cast<int>(m_layers.size()); ++layer) {
        for (int unit = 0; unit < m_layers[static_cast<std::size_t>(layer)].count; ++unit) {
            if (tileRect({layer, unit}).contains(position))
                return {layer, unit};
        }
    }
    return {};
}

QPoint FeatureMapView::cellAt(Index index, const QPoint& position) const
{
    const FeatureMaps& maps = m_layers[static_cast<std::size_t>(index.layer)];
    const QRect tile = tileRect(index);
    return {(position.x() - tile.left()) * maps.width / tile.width(),
            (position.y() - tile.top()) * maps.height / tile.height()};
}

QString FeatureMapView::describe(Index index) const
{
    const FeatureMaps& maps = m_layers[static_cast<std::size_t>(index.layer)];
    const QString unit = maps.unitNames.isEmpty() ? tr("unit %1 of %2").arg(index.unit).arg(maps.count)
                                                  : maps.nameOf(index.unit);
    if (maps.isFlat && maps.height * maps.width == 1)
        return tr("%1 %2, %3: %4").arg(maps.name, maps.kind, unit, valueText(maps.at(index.unit, 0, 0)));
    const ValueRange range = maps.rangeOf(index.unit);
    return tr("%1 %2, %3: min %4, mean %5, max %6")
        .arg(maps.name, maps.kind, unit, valueText(range.min), valueText(range.mean), valueText(range.max));
}

QString FeatureMapView::toolTipAt(const QPoint& position) const
{
    const Index index = indexAt(position);
    if (!index.isValid())
        return {};
    const FeatureMaps& maps = m_layers[static_cast<std::size_t>(index.layer)];
    if (maps.isFlat && maps.height * maps.width == 1)
        return describe(index);
    const QPoint cell = cellAt(index, position);
    QStringList values;
    for (int plane = 0; plane < maps.planes; ++plane)
        values << valueText(maps.at(index.unit, cell.y(), cell.x(), plane));
    const QString value = values.join(QStringLiteral(", "));
    return describe(index) + QLatin1Char('\n') +
           (maps.isFlat ? tr("value %1: %2").arg(cell.y() * maps.width + cell.x()).arg(value)
                        : tr("row %1, column %2: %3").arg(cell.y()).arg(cell.x()).arg(value));
}

const QImage& FeatureMapView::imageOf(Index index)
{
    const auto layer = static_cast<std::size_t>(index.layer);
    const FeatureMaps& maps = m_layers[layer];
    if (m_images[layer].empty()) {
        const DivergingScale scale(limitOf(index.layer), currentColors());
        for (int unit = 0; unit < maps.count; ++unit)
            m_images[layer].push_back(
                maps.planes == 1 ? mapImage(maps.map(unit), maps.height, maps.width, scale)
                                 : colorImage(maps.map(unit), maps.height, maps.width, scale.limit()));
    }
    return m_images[layer][static_cast<std::size_t>(index.unit)];
}

void FeatureMapView::forgetImages()
{
    m_images.assign(m_layers.size(), {});
    viewport()->update();
}

void FeatureMapView::rearrange()
{
    m_arrangement = arrange(viewport()->size());
    const QSize& content = m_arrangement.content;
    horizontalScrollBar()->setRange(0, std::max(0, content.width() - viewport()->width()));
    horizontalScrollBar()->setPageStep(viewport()->width());
    verticalScrollBar()->setRange(0, std::max(0, content.height() - viewport()->height()));
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(20);
    horizontalScrollBar()->setSingleStep(20);
    viewport()->update();
}

void FeatureMapView::paintEvent(QPaintEvent* event)
{
    const Colors colors = currentColors();
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.save();
    painter.translate(-horizontalScrollBar()->value(), -verticalScrollBar()->value());
    paintCaptions(painter, colors);
    painter.restore();
    for (int layer = 0; layer < static_cast<int>(m_layers.size()); ++layer) {
        for (int unit = 0; unit < m_layers[static_cast<std::size_t>(layer)].count; ++unit) {
            const Index index{layer, unit};
            const QRect tile = tileRect(index);
            if (!event->rect().intersects(tile.adjusted(-3, -3, 3, 3)))
                continue;
            painter.drawImage(tile, imageOf(index)); // no smoothing: each value stays a square
            if (m_areNumbersShown)
                paintNumbers(painter, index);
            const QRectF frame = QRectF(tile).adjusted(-0.5, -0.5, 0.5, 0.5);
            painter.setPen(QPen(index == m_hovered ? colors.accent : colors.fieldBorder, 1));
            painter.drawRect(frame);
            if (index == m_current) {
                painter.setPen(QPen(hasFocus() ? colors.accent : colors.text, 2));
                painter.drawRoundedRect(frame.adjusted(-1.5, -1.5, 1.5, 1.5), 2, 2);
            }
        }
    }
}

void FeatureMapView::paintNumbers(QPainter& painter, Index index)
{
    constexpr int kNeededWidth = 34;
    constexpr int kNeededHeight = 14;
    const FeatureMaps& maps = m_layers[static_cast<std::size_t>(index.layer)];
    const QRect tile = tileRect(index);
    const int wide = tile.width() / maps.width;
    const int high = tile.height() / maps.height;
    if (wide < kNeededWidth || high < kNeededHeight)
        return;
    const DivergingScale scale(limitOf(index.layer), currentColors());
    QFont font = this->font();
    font.setPixelSize(11);
    painter.setFont(font);
    for (int row = 0; row < maps.height; ++row) {
        for (int column = 0; column < maps.width; ++column) {
            const float value = maps.at(index.unit, row, column);
            painter.setPen(textOn(QColor(scale.colorOf(value))));
            painter.drawText(QRect(tile.left() + column * wide, tile.top() + row * high, wide, high),
                             Qt::AlignCenter, valueText(value, 2));
        }
    }
}

void FeatureMapView::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    rearrange();
}

void FeatureMapView::showEvent(QShowEvent* event)
{
    QAbstractScrollArea::showEvent(event);
    bringIntoSight(m_current); // it may have changed while hidden
}

void FeatureMapView::mousePressEvent(QMouseEvent* event)
{
    const Index index = indexAt(event->pos());
    if (event->button() == Qt::LeftButton && index.isValid())
        choose(index, cellAt(index, event->pos()));
    event->accept();
}

void FeatureMapView::mouseReleaseEvent(QMouseEvent* event)
{
    event->accept(); // already handled by the press
}

void FeatureMapView::mouseMoveEvent(QMouseEvent* event)
{
    const Index index = indexAt(event->pos());
    if (index != m_hovered) {
        m_hovered = index;
        viewport()->setCursor(index.isValid() ? Qt::PointingHandCursor : Qt::ArrowCursor);
        viewport()->update();
    }
    const QPoint cell = index.isValid() ? cellAt(index, event->pos()) : QPoint(-1, -1);
    Q_EMIT hovered(index.layer, index.unit, cell.y(), cell.x());
}

void FeatureMapView::keyPressEvent(QKeyEvent* event)
{
    Index next = m_current;
    if (m_layers.empty())
        return QAbstractScrollArea::keyPressEvent(event);
    const int key = event->key();
    const bool isMove = key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Up ||
                        key == Qt::Key_Down || key == Qt::Key_Home || key == Qt::Key_End;
    const bool isChoice = key == Qt::Key_Return || key == Qt::Key_Enter;
    if (!isMove && !isChoice)
        return QAbstractScrollArea::keyPressEvent(event);
    if (!m_current.isValid())
        return choose({0, 0});
    const int last = m_layers[static_cast<std::size_t>(m_current.layer)].count - 1;
    if (key == Qt::Key_Left)
        next.unit = std::max(0, next.unit - 1);
    else if (key == Qt::Key_Right)
        next.unit = std::min(last, next.unit + 1);
    else if (key == Qt::Key_Home)
        next.unit = 0;
    else if (key == Qt::Key_End)
        next.unit = last;
    else if (!isChoice)
        next = nextRow(m_current, key == Qt::Key_Up ? -1 : 1);
    if (isChoice || next != m_current)
        choose(next);
}

FeatureMapView::Index FeatureMapView::nextRow(Index index, int direction) const
{
    const QRect from = placeOf(index);
    Index nearest = index;
    // First the nearest row of tiles, then the nearest tile in it.
    std::pair<int, int> shortest(std::numeric_limits<int>::max(), 0);
    for (int layer = 0; layer < static_cast<int>(m_layers.size()); ++layer) {
        for (int unit = 0; unit < m_layers[static_cast<std::size_t>(layer)].count; ++unit) {
            const QRect to = placeOf({layer, unit});
            const std::pair<int, int> way(direction * (to.top() - from.top()),
                                          std::abs(to.center().x() - from.center().x()));
            if (way.first > 0 && way < shortest) {
                shortest = way;
                nearest = {layer, unit};
            }
        }
    }
    return nearest;
}

void FeatureMapView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
        forgetImages();
    QAbstractScrollArea::changeEvent(event);
}

bool FeatureMapView::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        QToolTip::showText(help->globalPos(), toolTipAt(help->pos()), this);
        return true;
    }
    if (event->type() == QEvent::Leave) {
        m_hovered = {};
        viewport()->update();
        Q_EMIT hovered(-1, -1, -1, -1);
    }
    return QAbstractScrollArea::viewportEvent(event);
}

} // namespace ui
