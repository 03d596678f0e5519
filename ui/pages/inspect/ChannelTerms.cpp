#include "ui/pages/inspect/ChannelTerms.h"

#include "ui/render/ConfusionCells.h"

#include <QKeyEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <functional>

namespace ui
{
namespace
{

constexpr int kRowHeight = 40;
constexpr int kPicture = 34;
constexpr int kNameWidth = 48;
constexpr int kSign = 16; ///< width of "×" and "="
constexpr int kNumberWidth = 58;
constexpr int kFootLine = 22;
constexpr int kGridMargin = 6;
constexpr int kFeatureHeight = 26; ///< of a row without pictures
constexpr int kFeatureNumber = 50;
constexpr int kLargestPicture = 168; ///< in the opened row
constexpr int kCaption = 18;

/// As large as fits into a square of `room`, at an integer number of screen pixels per cell if possible.
QSize fitted(const QSize& cells, int room)
{
    const int scale = room / std::max(cells.width(), cells.height());
    return scale > 0 ? cells * scale : cells.scaled(room, room, Qt::KeepAspectRatio);
}

} // namespace

ChannelTerms::ChannelTerms(QWidget* parent)
    : QWidget(parent),
      m_belowScale(1, currentColors()),
      m_kernelScale(1, currentColors())
{
    setObjectName(QStringLiteral("channelTerms"));
    setAccessibleName(tr("Terms of the sum, one row per channel"));
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

bool ChannelTerms::hasKernels() const
{
    return !m_arithmetic.terms.empty() && !m_arithmetic.terms.front().kernel.empty();
}

bool ChannelTerms::areFeatures() const
{
    return m_below.isFlat;
}

int ChannelTerms::rowHeight() const
{
    return areFeatures() ? kFeatureHeight : kRowHeight;
}

QString ChannelTerms::nameOf(int channel) const
{
    if (m_below.isFlat)
        return m_below.count > 1 ? tr("unit %1").arg(channel) : tr("feature %1").arg(channel);
    if (!m_below.unitNames.isEmpty())
        return m_below.nameOf(channel);
    return m_below.count == 1 ? m_below.name : tr("unit %1").arg(channel);
}

void ChannelTerms::setArithmetic(const engine::CellArithmetic& arithmetic, const Below& below, float value)
{
    const QSize before = sizeHint();
    m_arithmetic = arithmetic;
    m_below = below.maps;
    m_hasBias = below.hasBias;
    m_belowScale = DivergingScale(below.maps.largestMagnitude(), currentColors());
    m_kernelScale = DivergingScale(below.kernelLimit, currentColors());
    m_value = value;
    m_largestTerm = std::abs(arithmetic.bias);
    for (const engine::ChannelTerm& term : arithmetic.terms)
        m_largestTerm = std::max(m_largestTerm, std::abs(term.sum));
    m_opened = std::clamp(m_opened, 0, std::max(0, termCount() - 1));
    if (sizeHint() != before)
        tellHeight();
    update();
}

void ChannelTerms::clear()
{
    m_arithmetic = {};
    tellHeight();
    update();
}

void ChannelTerms::tellHeight()
{
    updateGeometry();
    Q_EMIT heightChanged(sizeHint().height());
}

NumberGrid ChannelTerms::gridOf(std::span<const float> values) const
{
    NumberGrid grid{values, m_arithmetic.window.height, m_arithmetic.window.width, -1, {}};
    grid.cellWidth = std::clamp((width() - 1) / std::max(1, grid.columns), NumberGrid::kSmallestCellWidth,
                                NumberGrid::kCellWidth);
    return grid;
}

QSize ChannelTerms::gridSize() const
{
    return gridOf({}).size();
}

bool ChannelTerms::areGridsStacked() const
{
    return hasKernels() && 2 * gridSize().width() + 2 * kSign > width();
}

bool ChannelTerms::areNumbersShown() const
{
    return gridSize().width() <= width();
}

int ChannelTerms::openedHeight() const
{
    if (areFeatures())
        return 0;
    if (!areNumbersShown())
        return pictureSize().height() + kCaption + kGridMargin;
    const int height = gridSize().height() + 2 * kGridMargin;
    return areGridsStacked() ? 2 * height : height;
}

QSize ChannelTerms::pictureSize() const
{
    const int pictures = hasKernels() ? 3 : 1;
    const int room = std::min((width() - 8 - (pictures - 1) * kSign) / pictures, kLargestPicture);
    return fitted({m_arithmetic.window.width, m_arithmetic.window.height}, std::max(8, room));
}

QRect ChannelTerms::rowRect(int term) const
{
    return {0, term * rowHeight() + (term > m_opened ? openedHeight() : 0), width(), rowHeight()};
}

int ChannelTerms::footTop() const
{
    return termCount() * rowHeight() + openedHeight();
}

QSize ChannelTerms::sizeHint() const
{
    if (termCount() == 0)
        return {300, 0};
    return {300, footTop() + (hasKernels() ? 2 * kFootLine + 4 : 0)};
}

QSize ChannelTerms::minimumSizeHint() const
{
    return {260, sizeHint().height()};
}

QRect ChannelTerms::numberRect(const QRect& row) const
{
    return {row.right() - kNumberWidth, row.top(), kNumberWidth - 4, row.height()};
}

void ChannelTerms::paintEvent(QPaintEvent* event)
{
    if (termCount() == 0)
        return;
    QPainter painter(this);
    for (int term = 0; term < termCount(); ++term) {
        if (!event->rect().intersects(rowRect(term)))
            continue;
        if (areFeatures())
            paintFeature(painter, term);
        else
            paintTerm(painter, term);
    }
    if (!areFeatures() && areNumbersShown())
        paintNumbers(painter, m_opened);
    else if (!areFeatures())
        paintPictures(painter, m_opened);
    if (hasKernels())
        paintFoot(painter);
}

void ChannelTerms::paintTerm(QPainter& painter, int index)
{
    const Colors colors = currentColors();
    const engine::ChannelTerm& term = m_arithmetic.terms[static_cast<std::size_t>(index)];
    const QRect row = rowRect(index);
    if (index == m_opened && termCount() > 1) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setBrush(colors.accentSoft);
        painter.setPen(hasFocus() ? QPen(colors.accent) : QPen(Qt::NoPen));
        painter.drawRoundedRect(QRectF(row).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
        painter.setRenderHint(QPainter::Antialiasing, false);
    }
    const int top = row.top() + (kRowHeight - kPicture) / 2;
    int x = 4;
    painter.setPen(colors.secondary);
    painter.drawText(QRect(x, row.top(), kNameWidth, kRowHeight), Qt::AlignVCenter, nameOf(term.channel));
    x += kNameWidth;
    const QRect picture(x, top, kPicture, kPicture);
    if (term.channel < m_below.count)
        painter.drawImage(picture,
                          mapImage(m_below.map(term.channel), m_below.height, m_below.width, m_belowScale));
    const double wide = static_cast<double>(kPicture) / m_below.width;
    const double high = static_cast<double>(kPicture) / m_below.height;
    const engine::CellRectangle& window = m_arithmetic.window;
    const QRectF mark(picture.left() + window.left * wide, picture.top() + window.top * high,
                      window.width * wide, window.height * high);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(Qt::black, 3));
    painter.drawRect(mark.intersected(picture));
    painter.setPen(QPen(Qt::white, 1));
    painter.drawRect(mark.intersected(picture));
    painter.setPen(colors.fieldBorder);
    painter.drawRect(picture.adjusted(-1, -1, 0, 0));
    x += kPicture;
    if (!term.kernel.empty()) {
        painter.setPen(colors.text);
        painter.drawText(QRect(x, row.top(), kSign, kRowHeight), Qt::AlignCenter, QStringLiteral("×"));
        x += kSign;
        const QRect kernel(x, top, kPicture, kPicture);
        painter.drawImage(kernel, mapImage(term.kernel, window.height, window.width, m_kernelScale));
        painter.setPen(colors.fieldBorder);
        painter.drawRect(kernel.adjusted(-1, -1, 0, 0));
        x += kPicture;
    }
    painter.setPen(colors.text);
    painter.drawText(QRect(x, row.top(), kSign, kRowHeight), Qt::AlignCenter, QStringLiteral("="));
    x += kSign;
    paintSum(painter, row, x, term.sum);
}

void ChannelTerms::paintSum(QPainter& painter, const QRect& row, int left, double sum)
{
    const Colors colors = currentColors();
    const QRect number = numberRect(row);
    // A bar from the center: which channels raise the sum, and which lower it.
    constexpr int kBar = 12;
    const QRectF track(left + 4, row.top() + (row.height() - kBar) / 2.0, number.left() - left - 8, kBar);
    if (hasKernels() && track.width() > 20 && m_largestTerm > 0 && std::isfinite(sum)) {
        const double length = sum / m_largestTerm * track.width() / 2;
        painter.fillRect(
            QRectF(track.center().x() + std::min(0.0, length), track.top(), std::abs(length), track.height()),
            sum < 0 ? colors.mapNegative : colors.mapPositive);
        painter.setPen(colors.fieldBorder);
        painter.drawLine(QPointF(track.center().x(), track.top() - 3),
                         QPointF(track.center().x(), track.bottom() + 3));
    }
    painter.setPen(colors.text);
    painter.drawText(number, Qt::AlignVCenter | Qt::AlignRight, valueText(sum));
}

void ChannelTerms::paintFeature(QPainter& painter, int index)
{
    const Colors colors = currentColors();
    const engine::ChannelTerm& term = m_arithmetic.terms[static_cast<std::size_t>(index)];
    const QRect row = rowRect(index);
    if (index == m_opened && hasFocus()) {
        painter.setPen(colors.accent);
        painter.drawRect(row.adjusted(0, 0, -1, -1));
    }
    int x = 4;
    painter.setPen(colors.secondary);
    const int nameWidth = fontMetrics().horizontalAdvance(nameOf(m_arithmetic.terms.back().channel)) + 8;
    painter.drawText(QRect(x, row.top(), nameWidth, row.height()), Qt::AlignVCenter, nameOf(term.channel));
    x += nameWidth;
    const auto paintNumber = [&](float value, const DivergingScale& scale) {
        const QRect cell(x, row.top() + 3, kFeatureNumber, row.height() - 6);
        const QColor fill(scale.colorOf(value));
        painter.fillRect(cell, fill);
        painter.setPen(colors.fieldBorder);
        painter.drawRect(cell.adjusted(0, 0, -1, -1));
        painter.setPen(textOn(fill));
        painter.drawText(cell, Qt::AlignCenter, valueText(static_cast<double>(value)));
        x += kFeatureNumber;
    };
    const auto paintSign = [&](const QString& sign) {
        painter.setPen(colors.text);
        painter.drawText(QRect(x, row.top(), kSign, row.height()), Qt::AlignCenter, sign);
        x += kSign;
    };
    paintNumber(term.window.front(), m_belowScale);
    if (!term.kernel.empty()) {
        paintSign(QStringLiteral("×"));
        paintNumber(term.kernel.front(), m_kernelScale);
    }
    paintSign(QStringLiteral("="));
    paintSum(painter, row, x, term.sum);
}

void ChannelTerms::paintNumbers(QPainter& painter, int index)
{
    const Colors colors = currentColors();
    const engine::ChannelTerm& term = m_arithmetic.terms[static_cast<std::size_t>(index)];
    const engine::CellRectangle& window = m_arithmetic.window;
    NumberGrid grid = gridOf(term.window);
    grid.real = QRect(0, 0, window.width, window.height)
                    .intersected(QRect(-window.left, -window.top, m_below.width, m_below.height));
    if (m_arithmetic.kind == engine::LayerKind::MaxPool)
        grid.emphasized = m_arithmetic.chosen;
    QPoint at(4, rowRect(index).bottom() + kGridMargin);
    grid.paint(painter, at, m_belowScale);
    if (term.kernel.empty())
        return;
    const QSize size = grid.size();
    painter.setPen(colors.text);
    if (areGridsStacked()) {
        at.ry() += size.height() + 2 * kGridMargin - 2;
    } else {
        painter.drawText(QRect(at.x() + size.width(), at.y(), kSign, size.height()), Qt::AlignCenter,
                         QStringLiteral("×"));
        at.rx() += size.width() + kSign;
    }
    gridOf(term.kernel).paint(painter, at, m_kernelScale);
}

void ChannelTerms::paintPictures(QPainter& painter, int index)
{
    const Colors colors = currentColors();
    const engine::ChannelTerm& term = m_arithmetic.terms[static_cast<std::size_t>(index)];
    const engine::CellRectangle& window = m_arithmetic.window;
    QRect picture(QPoint(4, rowRect(index).bottom() + 3), pictureSize());
    QFont small = font();
    small.setPixelSize(11);
    const auto paint = [&](const std::vector<float>& values, const DivergingScale& scale,
                           const QString& caption) {
        painter.drawImage(picture, mapImage(values, window.height, window.width, scale));
        painter.setPen(colors.fieldBorder);
        painter.drawRect(picture.adjusted(-1, -1, 0, 0));
        painter.setPen(colors.secondary);
        painter.setFont(small);
        painter.drawText(
            QRect(picture.left() - kSign / 2, picture.bottom() + 2, picture.width() + kSign, kCaption),
            Qt::AlignCenter, caption);
        painter.setFont(font());
    };
    const auto paintSign = [&](const QString& sign) {
        painter.setPen(colors.text);
        painter.drawText(QRect(picture.right() + 1, picture.top(), kSign, picture.height()), Qt::AlignCenter,
                         sign);
        picture.translate(picture.width() + kSign, 0);
    };
    paint(term.window, m_belowScale, tr("%1×%2 values").arg(window.height).arg(window.width));
    if (term.kernel.empty())
        return;
    paintSign(QStringLiteral("×"));
    paint(term.kernel, m_kernelScale, tr("their weights"));
    std::vector<float> products(term.window.size());
    std::ranges::transform(term.window, term.kernel, products.begin(), std::multiplies());
    float limit = 0;
    for (const float value : products)
        limit = std::isfinite(value) ? std::max(limit, std::abs(value)) : limit;
    paintSign(QStringLiteral("="));
    paint(products, DivergingScale(limit, colors), tr("products"));
}

void ChannelTerms::paintFoot(QPainter& painter)
{
    const Colors colors = currentColors();
    QRect line(0, footTop(), width(), kFootLine);
    painter.setPen(colors.secondary);
    painter.drawText(line.adjusted(4, 0, 0, 0), Qt::AlignVCenter, m_hasBias ? tr("+ bias") : tr("no bias"));
    painter.setPen(colors.text);
    painter.drawText(numberRect(line), Qt::AlignVCenter | Qt::AlignRight,
                     m_hasBias ? valueText(m_arithmetic.bias) : QStringLiteral("–"));
    painter.setPen(colors.fieldBorder);
    painter.drawLine(numberRect(line).left() - 6, line.bottom() + 1, line.right(), line.bottom() + 1);
    line.translate(0, kFootLine + 2);
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    painter.setFont(bold);
    painter.setPen(colors.text);
    painter.drawText(line.adjusted(4, 0, 0, 0), Qt::AlignVCenter, tr("sum"));
    painter.drawText(numberRect(line), Qt::AlignVCenter | Qt::AlignRight, valueText(m_value));
}

void ChannelTerms::open(int term)
{
    if (term < 0 || term >= termCount() || term == m_opened)
        return;
    m_opened = term;
    tellHeight();
    update();
    Q_EMIT openedChanged(rowRect(term).adjusted(0, 0, 0, openedHeight()));
}

void ChannelTerms::mousePressEvent(QMouseEvent* event)
{
    for (int term = 0; term < termCount(); ++term) {
        if (rowRect(term).contains(event->pos())) {
            open(term);
            break; // the rows have moved
        }
    }
    event->accept();
}

void ChannelTerms::mouseReleaseEvent(QMouseEvent* event)
{
    event->accept(); // already handled by the press
}

void ChannelTerms::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Down)
        open(m_opened + 1);
    else if (event->key() == Qt::Key_Up)
        open(m_opened - 1);
    else
        QWidget::keyPressEvent(event);
}

void ChannelTerms::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    tellHeight(); // the grids may now fit side by side
}

} // namespace ui
