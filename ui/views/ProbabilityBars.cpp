#include "ui/views/ProbabilityBars.h"

#include "core/Format.h"
#include "ui/render/Colors.h"

#include <QEvent>
#include <QFontMetrics>
#include <QHelpEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <algorithm>
#include <cmath>

namespace ui
{
namespace
{

constexpr int kLowestRow = 20;
constexpr int kHighestRow = 28;
constexpr int kRowsWithoutScrolling = 12;
constexpr int kGap = 10;
constexpr int kBarHeight = 14;

QFont boldOf(QFont font)
{
    font.setWeight(QFont::DemiBold);
    return font;
}

} // namespace

ProbabilityBars::ProbabilityBars(QWidget* parent) : QAbstractScrollArea(parent)
{
    setAccessibleName(tr("Probability of each class"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    viewport()->setAutoFillBackground(false);
}

void ProbabilityBars::setProbabilities(std::vector<float> probabilities, const QStringList& classNames,
                                       std::optional<int> label)
{
    m_probabilities = std::move(probabilities);
    m_label = label;
    m_prediction = -1;
    for (std::size_t i = 0; i < m_probabilities.size(); ++i) {
        const bool isHigher =
            m_prediction < 0 || m_probabilities[i] > m_probabilities[static_cast<std::size_t>(m_prediction)];
        if (!std::isnan(m_probabilities[i]) && isHigher)
            m_prediction = static_cast<int>(i);
    }
    if (classNames != m_classNames) {
        m_classNames = classNames;
        measure();
    }
    QStringList spoken;
    for (int i = 0; i < classCount() && !m_probabilities.empty(); ++i)
        spoken << describe(i);
    setAccessibleDescription(spoken.join(QStringLiteral("; ")));
    viewport()->update();
}

void ProbabilityBars::measure()
{
    const QFontMetrics metrics(boldOf(font()));
    m_widestName = 0;
    for (const QString& name : m_classNames)
        m_widestName = std::max(m_widestName, metrics.horizontalAdvance(name));
    arrange();
    updateGeometry();
}

void ProbabilityBars::arrange()
{
    const int room = viewport()->height();
    verticalScrollBar()->setSingleStep(rowHeight());
    verticalScrollBar()->setPageStep(room);
    verticalScrollBar()->setRange(0, std::max(0, classCount() * rowHeight() - room));
    // The keyboard is only needed for scrolling.
    setFocusPolicy(verticalScrollBar()->maximum() > 0 ? Qt::StrongFocus : Qt::NoFocus);
}

int ProbabilityBars::rowHeight() const
{
    return std::clamp(viewport()->height() / std::max(1, classCount()), kLowestRow, kHighestRow);
}

QRect ProbabilityBars::rowRect(int index) const
{
    return {0, index * rowHeight() - verticalScrollBar()->value(), viewport()->width(), rowHeight()};
}

QRect ProbabilityBars::trackRect(int index) const
{
    const QFontMetrics metrics(boldOf(font()));
    const int nameWidth = std::min(m_widestName + 1, viewport()->width() / 3);
    const int valueWidth = metrics.horizontalAdvance(QStringLiteral("100.0 %"));
    const int markWidth = m_label ? metrics.horizontalAdvance(tr("true")) + kGap : 0;
    const QRect row = rowRect(index);
    const int left = nameWidth + kGap;
    const int right = row.width() - valueWidth - markWidth - kGap;
    return {left, row.top() + (row.height() - kBarHeight) / 2, std::max(20, right - left), kBarHeight};
}

QSize ProbabilityBars::sizeHint() const
{
    const int rows = std::clamp(classCount(), 1, kRowsWithoutScrolling);
    return {280, rows * (kLowestRow + kHighestRow) / 2};
}

QSize ProbabilityBars::minimumSizeHint() const
{
    return {170, kLowestRow * std::clamp(classCount(), 1, 10)};
}

QString ProbabilityBars::valueText(int index) const
{
    const auto i = static_cast<std::size_t>(index);
    if (i >= m_probabilities.size())
        return {};
    return std::isnan(m_probabilities[i]) ? QStringLiteral("–") : core::probabilityText(m_probabilities[i]);
}

QString ProbabilityBars::describe(int index) const
{
    const QString text = tr("%1: %2").arg(m_classNames.value(index), valueText(index));
    const QString role = index == m_prediction ? index == m_label ? tr("predicted and true") : tr("predicted")
                         : index == m_label ? tr("true class")
                                               : QString();
    return role.isEmpty() ? text : tr("%1 (%2)").arg(text, role);
}

void ProbabilityBars::paintRow(QPainter& painter, int index) const
{
    const Colors colors = currentColors();
    const QRect row = rowRect(index);
    const QRect track = trackRect(index);
    const bool isPrediction = index == m_prediction;
    const bool isTrue = index == m_label;
    const QFont bold = boldOf(font());

    painter.setFont(bold);
    painter.setPen(colors.text);
    painter.drawText(
        QRect(0, row.top(), track.left() - kGap, row.height()), Qt::AlignVCenter,
        QFontMetrics(bold).elidedText(m_classNames.value(index), Qt::ElideRight, track.left() - kGap));

    painter.setPen(Qt::NoPen);
    painter.setBrush(colors.grid);
    painter.drawRoundedRect(track, 3, 3);
    const auto i = static_cast<std::size_t>(index);
    const double share =
        i < m_probabilities.size() && !std::isnan(m_probabilities[i]) ? m_probabilities[i] : 0;
    painter.setBrush(!isPrediction ? colors.bar
                     : !m_label    ? colors.accent
                     : isTrue      ? colors.right
                                   : colors.wrong);
    if (share > 0) {
        QRectF bar(track);
        bar.setWidth(std::max(1.0, track.width() * std::min(share, 1.0)));
        const double radius = std::min(3.0, bar.width() / 2);
        painter.drawRoundedRect(bar, radius, radius);
    }

    const int afterTrack = track.right() + 1 + kGap;
    const int valueWidth = QFontMetrics(bold).horizontalAdvance(QStringLiteral("100.0 %"));
    painter.setFont(isPrediction ? bold : font());
    painter.setPen(isPrediction ? colors.text : colors.secondary);
    painter.drawText(QRect(afterTrack, row.top(), valueWidth, row.height()),
                     Qt::AlignVCenter | Qt::AlignRight, valueText(index));
    if (isTrue) {
        painter.setFont(bold);
        painter.setPen(colors.text);
        painter.drawText(QRect(afterTrack + valueWidth + kGap, row.top(), row.width(), row.height()),
                         Qt::AlignVCenter, tr("true"));
    }
}

void ProbabilityBars::paintEvent(QPaintEvent* event)
{
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    for (int i = 0; i < classCount(); ++i) {
        if (rowRect(i).intersects(event->rect()))
            paintRow(painter, i);
    }
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(currentColors().accent);
        painter.drawRoundedRect(QRectF(viewport()->rect()).adjusted(.5, .5, -.5, -.5), 4, 4);
    }
}

void ProbabilityBars::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    arrange();
}

void ProbabilityBars::changeEvent(QEvent* event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        measure();
}

bool ProbabilityBars::viewportEvent(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QAbstractScrollArea::viewportEvent(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int index = (help->pos().y() + verticalScrollBar()->value()) / rowHeight();
    if (index >= 0 && index < static_cast<int>(m_probabilities.size())) {
        const double probability = m_probabilities[static_cast<std::size_t>(index)];
        QToolTip::showText(help->globalPos(),
                           std::isnan(probability)
                               ? describe(index)
                               : tr("%1 · probability %2").arg(describe(index)).arg(probability, 0, 'g', 6),
                           this, rowRect(index));
    } else {
        QToolTip::hideText();
    }
    return true;
}

} // namespace ui
