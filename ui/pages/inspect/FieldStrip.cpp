#include "ui/pages/inspect/FieldStrip.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <utility>

namespace ui
{
namespace
{

constexpr int kPicture = 32;
constexpr int kGap = 5;
constexpr int kCaption = 14;
constexpr int kSmallestPitch = 33; ///< distance between pictures

} // namespace

FieldStrip::FieldStrip(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("fieldStrip"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize FieldStrip::sizeHint() const
{
    return {10 * (kPicture + kGap), kPicture + kCaption + 2};
}

void FieldStrip::setCell(InspectionPtr inspection, const engine::Cell& cell)
{
    const bool isSameLayer =
        inspection == m_inspection && cell.layer == m_cell.layer && cell.channel == m_cell.channel;
    m_inspection = std::move(inspection);
    m_cell = cell;
    if (!isSameLayer) {
        m_steps.clear();
        if (m_inspection)
            makeSteps();
    }
    measure();
    update();
}

std::vector<int> FieldStrip::layersBelow() const
{
    const engine::NetworkSpec& spec = m_inspection->spec();
    std::vector<int> layers;
    for (int layer = engine::kInputImage; layer < m_cell.layer; ++layer) {
        if (engine::outputShape(spec, layer).isFlat)
            break; // later layers have no spatial layout
        layers.push_back(layer);
    }
    const auto most = static_cast<std::size_t>(std::max(2, (width() - kPicture - 2) / kSmallestPitch + 1));
    if (layers.size() <= most)
        return layers;
    // Of consecutive layers with the same field, keep the last one.
    const int last = layers.back();
    std::erase_if(layers, [&](int layer) {
        const int next = layer + 1;
        return layer != engine::kInputImage && layer != last &&
               engine::receptiveField(spec, m_cell, layer) == engine::receptiveField(spec, m_cell, next) &&
               engine::outputShape(spec, layer) == engine::outputShape(spec, next);
    });
    if (layers.size() <= most)
        return layers;
    std::vector<int> some;
    for (std::size_t i = 0; i < most; ++i)
        some.push_back(layers[i * (layers.size() - 1) / (most - 1)]);
    return some;
}

void FieldStrip::makeSteps()
{
    const engine::NetworkSpec& spec = m_inspection->spec();
    // The unit whose maps lead to the cell, if there is one.
    int channel = engine::outputShape(spec, m_cell.layer).isFlat ? 0 : m_cell.channel;
    if (engine::layerKind(spec, m_cell.layer) == engine::LayerKind::Flatten)
        channel = engine::flattenedCell(spec, m_cell.layer, m_cell.channel).channel;
    for (const int layer : layersBelow()) {
        const FeatureMaps maps = mapsOf(*m_inspection, layer);
        const int unit = std::min(channel, maps.count - 1);
        const DivergingScale scale(maps.largestMagnitude(), currentColors());
        const bool isInColor = layer == engine::kInputImage && maps.count > 1;
        m_steps.push_back({layer,
                           isInColor ? pictureOf(m_inspection->image)
                                     : mapImage(maps.map(unit), maps.height, maps.width, scale),
                           {},
                           {},
                           {}});
    }
    m_stepsWidth = width();
}

void FieldStrip::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    if (m_inspection && width() != m_stepsWidth)
        setCell(std::exchange(m_inspection, nullptr), m_cell); // more or fewer pictures fit
}

void FieldStrip::measure()
{
    QString whole;
    for (Step& step : m_steps) {
        const engine::NetworkSpec& spec = m_inspection->spec();
        step.field = engine::receptiveField(spec, m_cell, step.layer);
        const bool isAll =
            step.field.contains(0, 0) && step.field.contains(step.image.height() - 1, step.image.width() - 1);
        step.size = isAll ? tr("all") : QStringLiteral("%1×%2").arg(step.field.height).arg(step.field.width);
        step.text = tr("%1 %2: depends on %3 cells of every map")
                        .arg(layerName(spec, step.layer), layerKindName(spec, step.layer), step.size);
        whole += step.text + QLatin1Char('\n');
    }
    setAccessibleName(tr("Receptive field in each layer below"));
    setAccessibleDescription(whole);
}

QRect FieldStrip::pictureRect(int step) const
{
    const int count = std::max<int>(1, static_cast<int>(m_steps.size()));
    const int pitch = std::min(kPicture + 2 * kGap, (width() - kPicture - 2) / std::max(1, count - 1));
    return {1 + step * pitch, 1, kPicture, kPicture};
}

void FieldStrip::paintEvent(QPaintEvent*)
{
    const Colors colors = currentColors();
    QPainter painter(this);
    QFont small = font();
    constexpr int kTight = 36; // distance between pictures; closer captions in 10 pixels would overlap
    const bool isTight = m_steps.size() > 1 && pictureRect(1).left() - pictureRect(0).left() < kTight;
    small.setPixelSize(isTight ? 9 : 10);
    painter.setFont(small);
    for (int i = 0; i < static_cast<int>(m_steps.size()); ++i) {
        const Step& step = m_steps[static_cast<std::size_t>(i)];
        const QRect picture = pictureRect(i);
        painter.drawImage(picture, step.image);
        const double wide = static_cast<double>(kPicture) / step.image.width();
        const double high = static_cast<double>(kPicture) / step.image.height();
        const QRectF mark =
            QRectF(picture.left() + step.field.left * wide, picture.top() + step.field.top * high,
                   step.field.width * wide, step.field.height * high)
                .intersected(picture);
        painter.setPen(QPen(Qt::black, 3));
        painter.drawRect(mark);
        painter.setPen(QPen(Qt::white, 1));
        painter.drawRect(mark);
        painter.setPen(colors.secondary);
        painter.drawText(QRect(picture.left() - 6, picture.bottom() + 2, kPicture + 12, kCaption),
                         Qt::AlignCenter, step.size);
    }
}

void FieldStrip::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        setCell(std::exchange(m_inspection, nullptr), m_cell); // updates all pictures
    QWidget::changeEvent(event);
}

bool FieldStrip::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    for (int i = 0; i < static_cast<int>(m_steps.size()); ++i) {
        if (pictureRect(i).contains(help->pos())) {
            QToolTip::showText(help->globalPos(), m_steps[static_cast<std::size_t>(i)].text, this);
            return true;
        }
    }
    QToolTip::hideText();
    return true;
}

} // namespace ui
