#include "ui/charts/ReliabilityDiagram.h"

#include "engine/evaluation/Percent.h"
#include "ui/style/Colors.h"

#include <QCoreApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

namespace ui
{
namespace
{

constexpr int kLeft = 62;
constexpr int kRight = 14;
constexpr int kTop = 32;    ///< of the legend
constexpr int kBottom = 66; ///< of ticks, counts and the axis's name

QFont smallFont(QFont font, int pixels)
{
    font.setPixelSize(pixels);
    return font;
}

QString percent(double share)
{
    return QStringLiteral("%1 %").arg(engine::shownShare(share, 1), 0, 'f', 1);
}

/// In the width of a bin: "57k".
QString shortCount(std::size_t count)
{
    constexpr std::size_t kLongest = 9999;
    return count <= kLongest ? QString::number(count) : QStringLiteral("%1k").arg((count + 500) / 1000);
}

} // namespace

ReliabilityDiagram::ReliabilityDiagram(QWidget* parent) : QWidget(parent)
{
    setAccessibleName(tr("Reliability diagram: accuracy by confidence"));
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
}

void ReliabilityDiagram::setBins(std::vector<engine::ReliabilityBin> bins)
{
    m_bins = std::move(bins);
    m_current = -1;
    QStringList spoken;
    for (int i = 0; i < binCount(); ++i) {
        if (m_bins[static_cast<std::size_t>(i)].count > 0)
            spoken << describe(i);
    }
    setAccessibleDescription(spoken.join(QStringLiteral("; ")));
    update();
}

QString ReliabilityDiagram::describe(int bin) const
{
    const engine::ReliabilityBin& b = m_bins[static_cast<std::size_t>(bin)];
    const QString range = tr("confidence %1–%2 %").arg(100 * b.low, 0, 'f', 1).arg(100 * b.high, 0, 'f', 1);
    if (b.count == 0)
        return tr("%1: no images").arg(range);
    const QString images = b.count == 1
                               ? tr("1 image")
                               : tr("%1 images").arg(locale().toString(static_cast<qulonglong>(b.count)));
    return tr("%1: %2, %3 right, mean confidence %4")
        .arg(range, images, percent(b.accuracy()), percent(b.meanConfidence));
}

QRect ReliabilityDiagram::plotRect() const
{
    return rect().adjusted(kLeft, kTop, -kRight, -kBottom);
}

double ReliabilityDiagram::xAt(double confidence) const
{
    return plotRect().left() + confidence * plotRect().width();
}

double ReliabilityDiagram::yAt(double accuracy) const
{
    return plotRect().top() + (1 - accuracy) * plotRect().height();
}

QRectF ReliabilityDiagram::barRect(int bin) const
{
    const engine::ReliabilityBin& b = m_bins[static_cast<std::size_t>(bin)];
    return {QPointF(xAt(b.low) + 1, yAt(b.accuracy())), QPointF(xAt(b.high) - 1, yAt(0))};
}

void ReliabilityDiagram::paintAxes(QPainter& painter) const
{
    const Colors colors = currentColors();
    const QRect plot = plotRect();
    painter.setFont(smallFont(font(), 11));
    for (int i = 0; i <= 5; ++i) {
        const double share = i / 5.0;
        const auto x = static_cast<int>(std::lround(xAt(share)));
        const auto y = static_cast<int>(std::lround(yAt(share)));
        painter.setPen(colors.grid);
        painter.drawLine(plot.left(), y, plot.left() + plot.width(), y);
        painter.drawLine(x, plot.top(), x, plot.top() + plot.height());
        painter.setPen(colors.secondary);
        const QString text = QString::number(20 * i);
        painter.drawText(QRect(plot.left() - 40, y - 8, 34, 16), Qt::AlignRight | Qt::AlignVCenter, text);
        painter.drawText(QRect(x - 20, plot.bottom() + 18, 40, 16), Qt::AlignCenter, text);
    }
    painter.setPen(colors.text);
    painter.drawText(QRect(plot.left(), plot.bottom() + 38, plot.width(), 18), Qt::AlignCenter,
                     tr("confidence, %"));
    painter.save();
    painter.translate(2, plot.bottom());
    painter.rotate(-90);
    painter.drawText(QRect(0, 0, plot.height(), 16), Qt::AlignCenter, tr("accuracy, %"));
    painter.restore();
    painter.setPen(colors.secondary);
    painter.setFont(smallFont(font(), 10));
    painter.drawText(QRect(0, plot.bottom() + 4, kLeft - 6, 14), Qt::AlignRight | Qt::AlignVCenter,
                     tr("images"));
}

void ReliabilityDiagram::paintBin(QPainter& painter, int bin) const
{
    const engine::ReliabilityBin& b = m_bins[static_cast<std::size_t>(bin)];
    if (b.count == 0)
        return;
    const Colors colors = currentColors();
    const QRectF bar = barRect(bin);
    painter.setPen(Qt::NoPen);
    painter.fillRect(bar, bin == m_current ? colors.accent : colors.bar);
    const double claimed = yAt(b.meanConfidence);
    const QRectF gap(QPointF(bar.left(), std::min(claimed, bar.top())),
                     QPointF(bar.right(), std::max(claimed, bar.top())));
    painter.fillRect(gap, QBrush(colors.wrong, Qt::BDiagPattern));
    painter.setPen(QPen(colors.wrong, 1.5));
    painter.drawLine(QPointF(bar.left(), claimed), QPointF(bar.right(), claimed));
    painter.setPen(bin == m_current ? colors.text : colors.secondary);
    painter.setFont(smallFont(font(), 10));
    painter.drawText(QRectF(xAt(b.low) - 6, plotRect().bottom() + 4, xAt(b.high) - xAt(b.low) + 12, 14),
                     Qt::AlignCenter, shortCount(b.count));
}

void ReliabilityDiagram::paintLegend(QPainter& painter) const
{
    const Colors colors = currentColors();
    painter.setFont(smallFont(font(), 11));
    const QFontMetrics metrics(painter.font());
    int x = plotRect().left();
    const auto add = [&](const QString& text, auto paintKey) {
        constexpr int kKey = 16;
        paintKey(QRect(x, 7, kKey, 10));
        painter.setPen(colors.secondary);
        const int width = metrics.horizontalAdvance(text);
        painter.drawText(QRect(x + kKey + 6, 2, width + 4, 20), Qt::AlignVCenter, text);
        x += kKey + width + 24;
    };
    add(tr("accuracy"), [&](const QRect& key) { painter.fillRect(key, colors.bar); });
    add(tr("gap to the confidence"), [&](const QRect& key) {
        painter.fillRect(key, QBrush(colors.wrong, Qt::BDiagPattern));
        painter.setPen(QPen(colors.wrong, 1.5));
        painter.drawLine(key.topLeft(), key.topRight());
    });
    add(tr("as sure as right"), [&](const QRect& key) {
        painter.setPen(QPen(colors.text, 1, Qt::DashLine));
        painter.drawLine(key.bottomLeft(), key.topRight());
    });
}

void ReliabilityDiagram::paintEvent(QPaintEvent*)
{
    const Colors colors = currentColors();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintAxes(painter);
    for (int i = 0; i < binCount(); ++i)
        paintBin(painter, i);
    painter.setPen(QPen(colors.text, 1, Qt::DashLine));
    painter.drawLine(QPointF(xAt(0), yAt(0)), QPointF(xAt(1), yAt(1)));
    paintLegend(painter);
    if (hasFocus()) {
        painter.setPen(colors.accent);
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(.5, .5, -.5, -.5), 5, 5);
    }
}

int ReliabilityDiagram::binAt(int x) const
{
    const double share = (x - plotRect().left()) / static_cast<double>(std::max(1, plotRect().width()));
    const auto bin = static_cast<int>(std::floor(share * binCount()));
    return bin >= 0 && bin < binCount() ? bin : -1;
}

void ReliabilityDiagram::choose(int bin)
{
    if (bin == m_current)
        return;
    m_current = bin;
    update();
    Q_EMIT binChosen(bin);
}

void ReliabilityDiagram::mouseMoveEvent(QMouseEvent* event)
{
    choose(binAt(event->pos().x()));
}

void ReliabilityDiagram::keyPressEvent(QKeyEvent* event)
{
    if (m_bins.empty() || (event->key() != Qt::Key_Left && event->key() != Qt::Key_Right))
        return QWidget::keyPressEvent(event);
    const int start = m_current < 0 && event->key() == Qt::Key_Left ? binCount() : m_current;
    choose(std::clamp(start + (event->key() == Qt::Key_Left ? -1 : 1), 0, binCount() - 1));
}

bool ReliabilityDiagram::event(QEvent* event)
{
    if (event->type() == QEvent::Leave)
        choose(-1);
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int bin = binAt(help->pos().x());
    if (bin >= 0)
        QToolTip::showText(help->globalPos(), describe(bin), this);
    else
        QToolTip::hideText();
    return true;
}

QString calibrationText(const engine::EvaluationMetrics& figures)
{
    const auto text = [](const char* source) {
        return QCoreApplication::translate("ui::ReliabilityDiagram", source);
    };
    if (figures.total == 0)
        return {};
    const auto total = static_cast<double>(figures.total);
    double confidence = 0;
    for (const engine::ReliabilityBin& bin : figures.bins)
        confidence += bin.meanConfidence * static_cast<double>(bin.count) / total;
    const double accuracy = static_cast<double>(figures.correct) / total;
    const QString error = text("Expected calibration error %1 %: so far do confidence and accuracy lie "
                               "apart, on average over the "
                               "images.")
                              .arg(100 * figures.calibrationError, 0, 'f', 2);
    constexpr double kAlike = 5e-5; // what is rounded away below
    const char* verdict = std::abs(confidence - accuracy) < kAlike
                              ? "As a whole the model is as sure as it is right"
                          : confidence > accuracy ? "As a whole the model is surer than it is right"
                                                  : "As a whole the model is less sure than it is right";
    return text("%1 %2: mean confidence %3 %, accuracy %4 %.")
        .arg(error, text(verdict))
        .arg(100 * confidence, 0, 'f', 2)
        .arg(engine::shownShare(accuracy, 2), 0, 'f', 2);
}

} // namespace ui
