#include "ui/pages/inspect/ScaleLegend.h"

#include "ui/models/FeatureMaps.h"

#include <QPainter>

namespace ui
{
namespace
{

constexpr int kBarHeight = 8;
constexpr int kWidth = 168;

} // namespace

ScaleLegend::ScaleLegend(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    setObjectName(QStringLiteral("scaleLegend"));
    setLimit(1);
}

QSize ScaleLegend::sizeHint() const
{
    return {kWidth, kBarHeight + 17};
}

void ScaleLegend::setLimit(float limit)
{
    m_limit = limit;
    const QString end = scaleText(static_cast<double>(limit));
    setAccessibleName(limit == 0 ? tr("All values are 0, which has no color")
                                 : tr("Colors from −%1 (orange) over 0 to %1 (blue)").arg(end));
    setToolTip(
        tr("Orange is negative, blue is positive, zero has no color.\nThe limits are −%1 and %1.").arg(end));
    update();
}

void ScaleLegend::setOnBlack(bool isOnBlack)
{
    m_isOnBlack = isOnBlack;
    update();
}

void ScaleLegend::paintBar(QPainter& painter, const QRect& bar, const DivergingScale& scale,
                           const QColor& frame)
{
    for (int x = 0; x < bar.width(); ++x) {
        const float share = 2.0F * static_cast<float>(x) / static_cast<float>(bar.width() - 1) - 1;
        painter.fillRect(bar.left() + x, bar.top(), 1, bar.height(),
                         QColor(scale.colorOf(share * scale.limit())));
    }
    painter.setPen(frame);
    painter.drawRect(bar.adjusted(0, 0, -1, -1));
}

void ScaleLegend::paintEvent(QPaintEvent*)
{
    const Colors colors = currentColors();
    QPainter painter(this);
    paintBar(painter, {0, 0, width(), kBarHeight},
             DivergingScale(m_limit, m_isOnBlack ? darkColors() : colors), colors.fieldBorder);
    QFont small = font();
    small.setPixelSize(11);
    painter.setFont(small);
    painter.setPen(colors.secondary);
    const QRect numbers(0, kBarHeight + 1, width(), height() - kBarHeight - 1);
    const QString end = scaleText(static_cast<double>(m_limit));
    if (m_limit == 0) { // no limits to label
        painter.drawText(numbers, Qt::AlignCenter, tr("0 everywhere"));
        return;
    }
    painter.drawText(numbers, Qt::AlignLeft | Qt::AlignVCenter, QStringLiteral("−") + end);
    painter.drawText(numbers, Qt::AlignCenter, QStringLiteral("0"));
    painter.drawText(numbers, Qt::AlignRight | Qt::AlignVCenter, QLatin1Char('+') + end);
}

} // namespace ui
