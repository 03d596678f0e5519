#include "ui/pages/evaluate/EpochPredictions.h"

#include "ui/render/Colors.h"

#include <QFontMetrics>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>

namespace ui
{
namespace
{

constexpr int kCellHeight = 38;
constexpr int kGap = 4;
constexpr int kNarrowest = 56;
constexpr int kWidest = 120;

QFont smallFont(QFont font, QFont::Weight weight = QFont::Normal)
{
    font.setPixelSize(11);
    font.setWeight(weight);
    return font;
}

} // namespace

EpochPredictions::EpochPredictions(QWidget* parent) : QWidget(parent)
{
    setAccessibleName(tr("Prediction after each epoch"));
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void EpochPredictions::setPredictions(std::vector<int> predictions, int label, const QStringList& classNames)
{
    m_predictions = std::move(predictions);
    m_label = label;
    m_classNames = classNames;
    const QFontMetrics metrics(smallFont(font(), QFont::DemiBold));
    int widest = metrics.horizontalAdvance(tr("epoch %1").arg(count()));
    QStringList spoken;
    for (int i = 0; i < count(); ++i) {
        const QString name = m_classNames.value(m_predictions[static_cast<std::size_t>(i)]);
        widest = std::max(widest, metrics.horizontalAdvance(name + QStringLiteral(" ✗")));
        spoken << describe(i);
    }
    m_cellWidth = std::clamp(widest + 16, kNarrowest, kWidest);
    setAccessibleDescription(spoken.join(QStringLiteral("; ")));
    updateGeometry();
    update();
}

QString EpochPredictions::describe(int epoch) const
{
    const int prediction = m_predictions[static_cast<std::size_t>(epoch)];
    return tr("epoch %1: %2, %3")
        .arg(epoch + 1)
        .arg(m_classNames.value(prediction), prediction == m_label ? tr("correct") : tr("wrong"));
}

int EpochPredictions::columns(int width) const
{
    return std::max(1, (width + kGap) / (m_cellWidth + kGap));
}

QRect EpochPredictions::cellRect(int epoch) const
{
    const int perRow = columns(width());
    return {(epoch % perRow) * (m_cellWidth + kGap), (epoch / perRow) * (kCellHeight + kGap), m_cellWidth,
            kCellHeight};
}

int EpochPredictions::heightForWidth(int width) const
{
    const int rows = (count() + columns(width) - 1) / columns(width);
    return std::max(0, rows * (kCellHeight + kGap) - kGap);
}

QSize EpochPredictions::sizeHint() const
{
    return {std::min(count(), 6) * (m_cellWidth + kGap), heightForWidth(width())};
}

QSize EpochPredictions::minimumSizeHint() const
{
    return {m_cellWidth, kCellHeight};
}

void EpochPredictions::paintEvent(QPaintEvent* event)
{
    const Colors colors = currentColors();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    for (int i = 0; i < count(); ++i) {
        const QRect cell = cellRect(i);
        if (!cell.intersects(event->rect()))
            continue;
        const int prediction = m_predictions[static_cast<std::size_t>(i)];
        const bool isRight = prediction == m_label;
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(isRight ? colors.right : colors.wrong, 1.5));
        painter.drawRoundedRect(QRectF(cell).adjusted(1, 1, -1, -1), 5, 5);
        painter.setFont(smallFont(font()));
        painter.setPen(colors.secondary);
        painter.drawText(QRect(cell.left(), cell.top() + 3, cell.width(), 15), Qt::AlignCenter,
                         tr("epoch %1").arg(i + 1));
        const QFont bold = smallFont(font(), QFont::DemiBold);
        const QString mark = isRight ? QStringLiteral(" ✓") : QStringLiteral(" ✗");
        const QFontMetrics metrics(bold);
        const QString name = metrics.elidedText(m_classNames.value(prediction), Qt::ElideRight,
                                                cell.width() - 10 - metrics.horizontalAdvance(mark));
        painter.setFont(bold);
        painter.setPen(colors.text);
        painter.drawText(QRect(cell.left(), cell.top() + 18, cell.width(), 16), Qt::AlignCenter, name + mark);
    }
}

bool EpochPredictions::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    for (int i = 0; i < count(); ++i) {
        if (cellRect(i).contains(help->pos())) {
            QToolTip::showText(help->globalPos(), describe(i), this, cellRect(i));
            return true;
        }
    }
    QToolTip::hideText();
    return true;
}

} // namespace ui
