#include "ui/pages/draw/InkCanvas.h"

#include "ui/render/Colors.h"

#include <QDragEnterEvent>
#include <QMimeData>
#include <QPainter>
#include <QPainterPath>
#include <QTabletEvent>
#include <cmath>

namespace ui
{
namespace
{

constexpr qreal kMousePressure = 0.5; ///< pressure of a pen while writing normally
constexpr qreal kEraserFactor = 2.2;  ///< the eraser is wider than the pen
constexpr qreal kLeastStep = 0.003;   ///< of the side: ignore jitter below this distance
constexpr qreal kRadius = 8;

/// 1 at kMousePressure.
qreal widthFactor(qreal pressure)
{
    return 0.4 + 1.2 * pressure;
}

} // namespace

InkCanvas::InkCanvas(QWidget* parent) : QWidget(parent)
{
    setAttribute(Qt::WA_AcceptTouchEvents);
    setAcceptDrops(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Drawing canvas"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    updateCursor();
}

QRect InkCanvas::square() const
{
    const int side = std::min(width(), height());
    return {(width() - side) / 2, (height() - side) / 2, side, side};
}

Drawing InkCanvas::drawing() const
{
    Drawing drawing = m_history.current();
    if (m_stroke)
        drawing.strokes.append(*m_stroke);
    return drawing;
}

void InkCanvas::setDrawing(const Drawing& drawing)
{
    m_stroke.reset();
    m_history.push(drawing);
    showState();
}

QImage InkCanvas::ink() const
{
    InkPicture whole = m_ink;
    if (m_stroke)
        whole.finish(*m_stroke);
    return whole.image().convertToFormat(QImage::Format_Grayscale8);
}

void InkCanvas::setPenWidth(qreal width)
{
    m_penWidth = width;
    updateCursor();
}

void InkCanvas::undo()
{
    if (m_stroke)
        m_stroke.reset(); // not yet part of the history
    else
        m_history.undo();
    showState();
}

void InkCanvas::redo()
{
    if (m_stroke)
        return;
    m_history.redo();
    showState();
}

void InkCanvas::clear()
{
    if (!isEmpty())
        setDrawing({});
}

void InkCanvas::showState()
{
    render();
    update();
    Q_EMIT historyChanged();
    Q_EMIT inkChanged();
}

void InkCanvas::render()
{
    m_shown.render(m_history.current());
    m_ink.render(m_history.current());
    m_endPixels = {};
    if (m_stroke) { // resized during a stroke
        InkStroke drawn = {{}, m_stroke->isErasing};
        for (const InkPoint& point : m_stroke->points) {
            drawn.points.append(point);
            m_shown.extend(drawn);
            m_ink.extend(drawn);
        }
    }
}

InkPoint InkCanvas::pointAt(const QPointF& position, qreal pressure) const
{
    const QRect canvas = square();
    const qreal side = std::max(1, canvas.width());
    const bool isErasing = m_stroke && m_stroke->isErasing;
    return {(position - canvas.topLeft()) / side,
            m_penWidth * widthFactor(pressure) * (isErasing ? kEraserFactor : 1)};
}

void InkCanvas::begin(const QPointF& position, qreal pressure, bool isErasing)
{
    const bool wasEmpty = isEmpty();
    m_stroke = InkStroke{{}, isErasing};
    m_stroke->points.append(pointAt(position, pressure));
    updatePixels(m_shown.extend(*m_stroke));
    m_ink.extend(*m_stroke);
    if (wasEmpty)
        update(); // hides the hint
    Q_EMIT historyChanged();
    Q_EMIT inkChanged();
}

void InkCanvas::extend(const QPointF& position, qreal pressure)
{
    const InkPoint point = pointAt(position, pressure);
    const QPointF step = point.position - m_stroke->points.last().position;
    if (std::hypot(step.x(), step.y()) < kLeastStep)
        return;
    m_stroke->points.append(point);
    updatePixels(m_shown.extend(*m_stroke));
    m_ink.extend(*m_stroke);
    Q_EMIT inkChanged();
}

void InkCanvas::end()
{
    if (!m_stroke)
        return;
    m_shown.finish(*m_stroke);
    m_ink.finish(*m_stroke);
    updatePixels(m_shown.endOf(*m_stroke));
    Drawing drawing = m_history.current();
    drawing.strokes.append(*m_stroke);
    m_stroke.reset();
    m_endPixels = {};
    m_history.push(std::move(drawing));
    Q_EMIT historyChanged();
    Q_EMIT inkChanged();
}

void InkCanvas::updatePixels(const QRect& pixels)
{
    // The end of the current stroke is painted on top and changes with every point.
    QRect changed = pixels | m_endPixels;
    m_endPixels = m_stroke ? m_shown.endOf(*m_stroke) : QRect();
    changed |= m_endPixels;
    const qreal ratio = devicePixelRatioF();
    const QRectF logical(QPointF(changed.topLeft()) / ratio, QSizeF(changed.size()) / ratio);
    update(logical.translated(square().topLeft()).toAlignedRect().adjusted(-1, -1, 1, 1));
}

bool InkCanvas::event(QEvent* event)
{
    switch (event->type()) {
    case QEvent::TouchBegin:
    case QEvent::TouchUpdate:
    case QEvent::TouchEnd:
    case QEvent::TouchCancel:
        touchEvent(*static_cast<QTouchEvent*>(event));
        return true;
    default:
        return QWidget::event(event);
    }
}

void InkCanvas::touchEvent(const QTouchEvent& event)
{
    if (event.type() == QEvent::TouchCancel) {
        m_finger.reset();
        return end();
    }
    for (const QEventPoint& point : event.points()) { // the first finger draws, others are ignored
        if (point.state() == QEventPoint::Pressed && !m_finger && !m_stroke) {
            m_finger = point.id();
            begin(point.position(), kMousePressure, false);
        } else if (m_finger == point.id() && m_stroke && point.state() != QEventPoint::Stationary) {
            extend(point.position(), kMousePressure);
            if (point.state() == QEventPoint::Released) {
                m_finger.reset();
                end();
            }
        }
    }
}

void InkCanvas::mousePressEvent(QMouseEvent* event)
{
    const bool isErasing = event->button() == Qt::RightButton;
    if (!m_stroke && (event->button() == Qt::LeftButton || isErasing))
        begin(event->position(), kMousePressure, isErasing);
}

void InkCanvas::mouseMoveEvent(QMouseEvent* event)
{
    if (m_stroke && !m_finger)
        extend(event->position(), kMousePressure);
}

void InkCanvas::mouseReleaseEvent(QMouseEvent* event)
{
    const bool isErasing = event->button() == Qt::RightButton;
    if (!m_stroke || m_finger || m_stroke->isErasing != isErasing ||
        (event->button() != Qt::LeftButton && !isErasing))
        return;
    extend(event->position(), kMousePressure);
    end();
}

void InkCanvas::tabletEvent(QTabletEvent* event)
{
    const bool isErasing = event->pointerType() == QPointingDevice::PointerType::Eraser;
    if (event->type() == QEvent::TabletPress && !m_stroke) {
        begin(event->position(), event->pressure(), isErasing);
    } else if (m_stroke && !m_finger) {
        // While a pen is lifted its pressure drops to zero, which would make the end of every stroke thin.
        const bool isLifted = event->type() == QEvent::TabletRelease;
        if (!isLifted)
            extend(event->position(), event->pressure());
        else
            end();
    }
    event->accept(); // otherwise it is sent again as a mouse event
}

bool InkCanvas::hasPicture(const QMimeData& data)
{
    return data.hasImage() || (data.hasUrls() && data.urls().first().isLocalFile());
}

void InkCanvas::dragEnterEvent(QDragEnterEvent* event)
{
    if (!hasPicture(*event->mimeData()))
        return;
    event->setDropAction(Qt::CopyAction);
    event->accept();
    m_isDropWelcome = true;
    update();
}

void InkCanvas::dragLeaveEvent(QDragLeaveEvent*)
{
    m_isDropWelcome = false;
    update();
}

void InkCanvas::dropEvent(QDropEvent* event)
{
    m_isDropWelcome = false;
    update();
    event->setDropAction(Qt::CopyAction);
    event->accept();
    Q_EMIT pictureDropped(*event->mimeData());
}

void InkCanvas::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_shown = InkPicture(qRound(square().width() * devicePixelRatioF()));
    render();
    updateCursor();
}

void InkCanvas::paintEvent(QPaintEvent*)
{
    const Colors colors = currentColors();
    const QRect canvas = square();
    QPainter painter(this); // clipped to the changed region
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath outline;
    outline.addRoundedRect(QRectF(canvas).adjusted(0.5, 0.5, -0.5, -0.5), kRadius, kRadius);
    painter.save();
    painter.setClipPath(outline, Qt::IntersectClip);
    if (m_stroke) {
        InkPicture whole = m_shown;
        whole.finish(*m_stroke);
        painter.drawImage(canvas, whole.image());
    } else {
        painter.drawImage(canvas, m_shown.image());
    }
    if (isEmpty())
        paintHint(painter);
    painter.restore();
    const bool isMarked = m_isDropWelcome || hasFocus();
    painter.setPen(QPen(isMarked ? colors.accent : colors.fieldBorder, m_isDropWelcome ? 3 : 1));
    painter.drawPath(outline);
}

void InkCanvas::paintHint(QPainter& painter) const
{
    const QRect canvas = square();
    // The canvas is black in both themes.
    QFont font = painter.font();
    font.setPixelSize(18);
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    painter.setPen(QColor(0xc4, 0xcc, 0xd6));
    const QRect line(canvas.left() + 12, canvas.center().y() - 26, canvas.width() - 24, 26);
    painter.drawText(line, Qt::AlignCenter, tr("Draw a digit here"));
    font.setPixelSize(12);
    font.setWeight(QFont::Normal);
    painter.setFont(font);
    painter.setPen(QColor(0x8f, 0x9b, 0xaa));
    painter.drawText(QRect(line.left(), line.bottom() + 6, line.width(), 2 * 18),
                     Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, // wraps on a small canvas
                     tr("or drop or paste a picture"));
}

void InkCanvas::updateCursor()
{
    // A ring of the pen's size, light inside dark, visible both on the ink and on the background.
    const int diameter = std::clamp(qRound(m_penWidth * square().width()), 6, 60);
    QPixmap ring(diameter + 4, diameter + 4);
    ring.fill(Qt::transparent);
    QPainter painter(&ring);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF circle(2, 2, diameter, diameter);
    painter.setPen(QPen(QColor(0, 0, 0, 160), 3));
    painter.drawEllipse(circle);
    painter.setPen(QPen(QColor(0x8f, 0xb8, 0xff), 1.4));
    painter.drawEllipse(circle);
    painter.end();
    setCursor(QCursor(ring));
}

} // namespace ui
