#include "ui/render/ReliabilityPicture.h"

#include "core/Format.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

namespace ui
{
namespace
{

constexpr int kLeft = 62;
constexpr int kRight = 14;
constexpr int kTop = 32;    ///< for the legend
constexpr int kBottom = 66; ///< for ticks, counts and the axis title

QString tr(const char* text)
{
    return QCoreApplication::translate("ui::ReliabilityPicture", text);
}

QFont sized(QFont font, int pixels)
{
    font.setPixelSize(pixels);
    return font;
}

/// Count that fits in the width of a bin: "57k".
QString shortCount(std::size_t count)
{
    constexpr std::size_t kLongest = 9999;
    return count <= kLongest ? QString::number(count) : QStringLiteral("%1k").arg((count + 500) / 1000);
}

} // namespace

QRect ReliabilityPicture::plotRect() const
{
    return area.adjusted(kLeft, kTop, -kRight, -kBottom);
}

double ReliabilityPicture::xAt(double confidence) const
{
    return plotRect().left() + confidence * plotRect().width();
}

double ReliabilityPicture::yAt(double accuracy) const
{
    return plotRect().top() + (1 - accuracy) * plotRect().height();
}

QRectF ReliabilityPicture::barRect(int bin) const
{
    const engine::ReliabilityBin& b = bins[static_cast<std::size_t>(bin)];
    return {QPointF(xAt(b.low) + 1, yAt(b.accuracy())), QPointF(xAt(b.high) - 1, yAt(0))};
}

int ReliabilityPicture::binAt(int x) const
{
    const double share = (x - plotRect().left()) / static_cast<double>(std::max(1, plotRect().width()));
    const auto bin = static_cast<int>(std::floor(share * binCount()));
    return bin >= 0 && bin < binCount() ? bin : -1;
}

void ReliabilityPicture::paintAxes(QPainter& painter, const QFont& font, const Colors& colors) const
{
    const QRect plot = plotRect();
    painter.setFont(sized(font, 11));
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
    painter.translate(area.left() + 2, plot.bottom());
    painter.rotate(-90);
    painter.drawText(QRect(0, 0, plot.height(), 16), Qt::AlignCenter, tr("accuracy, %"));
    painter.restore();
    painter.setPen(colors.secondary);
    painter.setFont(sized(font, 10));
    painter.drawText(QRect(area.left(), plot.bottom() + 4, kLeft - 6, 14), Qt::AlignRight | Qt::AlignVCenter,
                     tr("images"));
}

void ReliabilityPicture::paintBin(QPainter& painter, const QFont& font, int bin, const Colors& colors) const
{
    const engine::ReliabilityBin& b = bins[static_cast<std::size_t>(bin)];
    if (b.count == 0)
        return;
    const QRectF bar = barRect(bin);
    painter.setPen(Qt::NoPen);
    painter.fillRect(bar, bin == emphasized ? colors.accent : colors.bar);
    const double claimed = yAt(b.meanConfidence);
    const QRectF gap(QPointF(bar.left(), std::min(claimed, bar.top())),
                     QPointF(bar.right(), std::max(claimed, bar.top())));
    painter.fillRect(gap, QBrush(colors.wrong, Qt::BDiagPattern));
    painter.setPen(QPen(colors.wrong, 1.5));
    painter.drawLine(QPointF(bar.left(), claimed), QPointF(bar.right(), claimed));
    painter.setPen(bin == emphasized ? colors.text : colors.secondary);
    painter.setFont(sized(font, 10));
    painter.drawText(QRectF(xAt(b.low) - 6, plotRect().bottom() + 4, xAt(b.high) - xAt(b.low) + 12, 14),
                     Qt::AlignCenter, shortCount(b.count));
}

void ReliabilityPicture::paintLegend(QPainter& painter, const QFont& font, const Colors& colors) const
{
    painter.setFont(sized(font, 11));
    const QFontMetrics metrics(painter.font());
    int x = plotRect().left();
    const auto add = [&](const QString& text, auto paintKey) {
        constexpr int kKey = 16;
        paintKey(QRect(x, area.top() + 7, kKey, 10));
        painter.setPen(colors.secondary);
        const int width = metrics.horizontalAdvance(text);
        painter.drawText(QRect(x + kKey + 6, area.top() + 2, width + 4, 20), Qt::AlignVCenter, text);
        x += kKey + width + 24;
    };
    add(tr("accuracy"), [&](const QRect& key) { painter.fillRect(key, colors.bar); });
    add(tr("gap to confidence"), [&](const QRect& key) {
        painter.fillRect(key, QBrush(colors.wrong, Qt::BDiagPattern));
        painter.setPen(QPen(colors.wrong, 1.5));
        painter.drawLine(key.topLeft(), key.topRight());
    });
    add(tr("perfect calibration"), [&](const QRect& key) {
        painter.setPen(QPen(colors.text, 1, Qt::DashLine));
        painter.drawLine(key.bottomLeft(), key.topRight());
    });
}

void ReliabilityPicture::paint(QPainter& painter, const QFont& font, const Colors& colors) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    paintAxes(painter, font, colors);
    for (int i = 0; i < binCount(); ++i)
        paintBin(painter, font, i, colors);
    painter.setPen(QPen(colors.text, 1, Qt::DashLine));
    painter.drawLine(QPointF(xAt(0), yAt(0)), QPointF(xAt(1), yAt(1)));
    paintLegend(painter, font, colors);
}

QString binText(const engine::ReliabilityBin& bin)
{
    const QString range =
        tr("confidence %1–%2 %").arg(100 * bin.low, 0, 'f', 1).arg(100 * bin.high, 0, 'f', 1);
    if (bin.count == 0)
        return tr("%1: no images").arg(range);
    return tr("%1: %2, %3 correct, mean confidence %4")
        .arg(range, core::imagesText(bin.count), core::shareText(bin.accuracy(), 1),
             core::shareText(bin.meanConfidence, 1));
}

QString calibrationText(const engine::EvaluationMetrics& metrics)
{
    if (metrics.total == 0)
        return {};
    const auto total = static_cast<double>(metrics.total);
    double confidence = 0;
    for (const engine::ReliabilityBin& bin : metrics.bins)
        confidence += bin.meanConfidence * static_cast<double>(bin.count) / total;
    const double accuracy = static_cast<double>(metrics.correct) / total;
    const QString error =
        tr("Expected calibration error %1 %, the average gap between confidence and accuracy.")
            .arg(100 * metrics.calibrationError, 0, 'f', 2);
    constexpr double kAlike = 5e-5; // smaller differences are rounded away below
    const char* verdict = std::abs(confidence - accuracy) < kAlike ? "Overall, confidence matches accuracy"
                          : confidence > accuracy                  ? "Overall, the model is overconfident"
                                                                   : "Overall, the model is underconfident";
    return tr("%1 %2: mean confidence %3 %, accuracy %4.")
        .arg(error, tr(verdict))
        .arg(100 * confidence, 0, 'f', 2)
        .arg(core::shareText(accuracy));
}

} // namespace ui
