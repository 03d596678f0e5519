#include "ui/pages/draw/NormalizationSteps.h"

#include "ui/render/Colors.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace ui
{
namespace
{

constexpr int kGap = 10;
constexpr int kCaptionHeight = 34; ///< two lines
constexpr int kLargestStep = 96;

QImage imageOf(const engine::InkImage& ink)
{
    // A deep copy, because the bytes belong to the reading.
    return QImage(ink.ink.data(), ink.width, ink.height, ink.width, QImage::Format_Grayscale8).copy();
}

} // namespace

NormalizationSteps::NormalizationSteps(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("normalizationSteps"));
    setAccessibleName(tr("What the network sees"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setReading(nullptr);
}

void NormalizationSteps::setReading(std::shared_ptr<const core::DrawingReading> reading)
{
    m_reading = std::move(reading);
    if (m_reading) {
        const engine::PreprocessedDigit& seen = m_reading->seen;
        m_drawing = imageOf(m_reading->image);
        m_scaled = imageOf(seen.scaled);
        m_result = imageOf({engine::kImageSide, engine::kImageSide, seen.pixels});
        setAccessibleDescription(tr("%1 by %2 pixels of ink, placed %3 from the left and %4 from the top")
                                     .arg(seen.scaled.width)
                                     .arg(seen.scaled.height)
                                     .arg(seen.left)
                                     .arg(seen.top));
    } else {
        m_drawing = m_scaled = m_result = QImage();
        setAccessibleDescription(tr("Nothing drawn yet"));
    }
    update();
}

int NormalizationSteps::stepSide() const
{
    const int byWidth = (width() - (kSteps - 1) * kGap) / kSteps;
    return std::min({byWidth, kLargestStep, (height() - kCaptionHeight) / 3});
}

int NormalizationSteps::resultSide() const
{
    const int room = std::min(width(), height() - stepSide() - kCaptionHeight - kGap);
    return room / engine::kImageSide * engine::kImageSide; // integer scale factor
}

int NormalizationSteps::top() const
{
    return (height() - resultSide() - kGap - stepSide() - kCaptionHeight) / 2;
}

QRect NormalizationSteps::resultRect() const
{
    return {(width() - resultSide()) / 2, top(), resultSide(), resultSide()};
}

QRect NormalizationSteps::stepRect(int step) const
{
    const int side = stepSide();
    const int left = (width() - kSteps * side - (kSteps - 1) * kGap) / 2;
    return {left + step * (side + kGap), top() + resultSide() + kGap, side, side};
}

void NormalizationSteps::paintEvent(QPaintEvent*)
{
    const Colors colors = currentColors();
    QPainter painter(this);
    const QRect result = resultRect();
    painter.fillRect(result, Qt::black);
    if (m_reading)
        painter.drawImage(result, m_result);
    painter.setPen(colors.fieldBorder);
    painter.drawRect(result.adjusted(0, 0, -1, -1));
    for (int step = 0; step < kSteps; ++step)
        paintStep(painter, step);
}

void NormalizationSteps::paintStep(QPainter& painter, int step) const
{
    const Colors colors = currentColors();
    const QRect area = stepRect(step);
    painter.fillRect(area, Qt::black);
    if (m_reading) {
        if (step == 0)
            paintBox(painter, area);
        else if (step == 1)
            paintScaled(painter, area);
        else
            paintCentring(painter, area);
    }
    painter.setPen(colors.fieldBorder);
    painter.drawRect(area.adjusted(0, 0, -1, -1));

    QFont font = painter.font();
    font.setPixelSize(11);
    painter.setFont(font);
    painter.setPen(colors.secondary);
    const QRect text(area.left() - kGap / 2, area.bottom() + 4, area.width() + kGap, kCaptionHeight - 4);
    painter.drawText(text.intersected(rect()), Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap,
                     caption(step));
}

void NormalizationSteps::paintBox(QPainter& painter, const QRect& area) const
{
    painter.save();
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.setRenderHint(QPainter::Antialiasing);
    const qreal scale = static_cast<qreal>(area.width()) / m_drawing.width();
    painter.drawImage(area, m_drawing.scaled(area.size() * devicePixelRatioF(), Qt::IgnoreAspectRatio,
                                             Qt::SmoothTransformation));
    const engine::BoundingBox& box = m_reading->box;
    painter.setPen(QPen(darkColors().accent, 1.5));
    painter.drawRect(QRectF(box.left * scale, box.top * scale, box.width * scale, box.height * scale)
                         .translated(area.topLeft()));
    painter.restore();
}

void NormalizationSteps::paintScaled(QPainter& painter, const QRect& area) const
{
    const QSize size(area.width() * m_scaled.width() / engine::kDigitSide,
                     area.height() * m_scaled.height() / engine::kDigitSide);
    const QSize rest = (area.size() - size) / 2;
    painter.drawImage(QRect(area.topLeft() + QPoint(rest.width(), rest.height()), size), m_scaled);
}

void NormalizationSteps::paintCentring(QPainter& painter, const QRect& area) const
{
    // Black in both themes, so use the dark theme's lines.
    const Colors colors = darkColors();
    const engine::PreprocessedDigit& seen = m_reading->seen;
    const qreal pixel = static_cast<qreal>(area.width()) / engine::kImageSide;
    painter.drawImage(area, m_result);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colors.accent, 1, Qt::DotLine));
    painter.drawRect(
        QRectF(seen.left * pixel, seen.top * pixel, seen.scaled.width * pixel, seen.scaled.height * pixel)
            .translated(area.topLeft()));
    const QPointF middle = QRectF(area).center();
    painter.setPen(QPen(colors.testSeries, 1.5));
    painter.drawLine(middle - QPointF(5, 0), middle + QPointF(5, 0));
    painter.drawLine(middle - QPointF(0, 5), middle + QPointF(0, 5));
    painter.restore();
}

QString NormalizationSteps::caption(int step) const
{
    switch (step) {
    case 0:
        return tr("1 cropped");
    case 1:
        return tr("2 scaled to %1 × %1").arg(engine::kDigitSide);
    default:
        return tr("3 centered by mass");
    }
}

QString NormalizationSteps::explanation(int step) const
{
    switch (step) {
    case 0:
        return tr("Bounding box of the ink. The position on the canvas does not matter.");
    case 1:
        return m_reading && m_reading->isDrawnAnew
                   ? tr("Strokes are redrawn with the pen width of MNIST, the longer side %1 pixels. Size "
                        "and pen width do not matter.")
                         .arg(engine::kDigitSide)
                   : tr("Scaled by area averaging, the longer side to %1 pixels. Size does not matter.")
                         .arg(engine::kDigitSide);
    default:
        return tr("Moved so that the ink's center of mass is at the center of the %1 × %1 pixels, as in "
                  "MNIST.")
            .arg(engine::kImageSide);
    }
}

bool NormalizationSteps::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    for (int step = 0; step < kSteps; ++step) {
        const QRect area = stepRect(step).adjusted(0, 0, 0, kCaptionHeight);
        if (area.contains(help->pos())) {
            QToolTip::showText(help->globalPos(), explanation(step), this, area);
            return true;
        }
    }
    if (resultRect().contains(help->pos()))
        QToolTip::showText(help->globalPos(), tr("The %1 × %1 input of the network").arg(engine::kImageSide),
                           this, resultRect());
    else
        QToolTip::hideText();
    return true;
}

} // namespace ui
