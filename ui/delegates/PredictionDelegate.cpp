#include "ui/delegates/PredictionDelegate.h"

#include "ui/models/PredictionListModel.h"
#include "ui/render/Colors.h"
#include "ui/render/ConfusionCells.h"

#include <QImage>
#include <QPainter>
#include <QPainterPath>

namespace ui
{
namespace
{

constexpr int kImageSide = 112; // 4 screen pixels per MNIST pixel
constexpr int kLine = 16;
constexpr int kFrame = 2;
constexpr int kGap = 4; ///< between tiles
constexpr int kBadge = 18;

bool hasOther(const QModelIndex& index)
{
    return !index.data(PredictionListModel::OtherTextRole).toString().isEmpty();
}

void paintImage(QPainter& painter, const QRect& area, const QModelIndex& index)
{
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    painter.fillRect(area, Qt::black);
    const auto image = index.data(PredictionListModel::ImageRole).value<QImage>();
    const QSize size = image.size().scaled(area.size(), Qt::KeepAspectRatio);
    painter.drawImage(
        QRect(area.topLeft() + QPoint((area.width() - size.width()) / 2, (area.height() - size.height()) / 2),
              size),
        image);
}

void paintBadge(QPainter& painter, const QRect& badge, const QString& text, const QColor& fill)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    painter.drawRoundedRect(badge, 4, 4);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(textOn(fill));
    painter.drawText(badge, Qt::AlignCenter, text);
}

/// Overlays on the image: the verdict and a note mark at the top, the annotators' label at the bottom.
void paintJudgement(QPainter& painter, const QRect& area, const QFont& font, const QModelIndex& index,
                    const Colors& colors)
{
    QFont bold = font;
    bold.setBold(true);
    painter.setFont(bold);
    QRect badge(area.right() - kBadge - 2, area.top() + 3, kBadge, kBadge);
    const QString verdict = index.data(PredictionListModel::VerdictLetterRole).toString();
    if (!verdict.isEmpty()) {
        paintBadge(painter, badge, verdict, colors.accent);
        badge.translate(-kBadge - 3, 0);
    }
    if (index.data(PredictionListModel::HasNoteRole).toBool())
        paintBadge(painter, badge, QStringLiteral("✎"), colors.accentSoft);
    const QString rejected = index.data(PredictionListModel::RejectedTextRole).toString();
    if (!rejected.isEmpty()) {
        const QRect strip(area.left(), area.bottom() - kBadge + 1, area.width(), kBadge);
        painter.fillRect(strip, colors.testSeries);
        painter.setPen(textOn(colors.testSeries));
        painter.drawText(strip, Qt::AlignCenter,
                         QFontMetrics(bold).elidedText(rejected, Qt::ElideRight, strip.width() - 4));
    }
}

} // namespace

void PredictionDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                               const QModelIndex& index) const
{
    const Colors colors = currentColors();
    const bool isRight = index.data(PredictionListModel::IsRightRole).toBool();
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const QColor verdict = isRight ? colors.right : colors.wrong;
    const QRectF tile = QRectF(option.rect).adjusted(kGap, kGap, -kGap, -kGap);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    QPainterPath outline;
    outline.addRoundedRect(tile, 6, 6);
    painter->fillPath(outline, isSelected ? colors.accentSoft : colors.card);

    QFont font = option.font;
    font.setPixelSize(11);
    painter->setClipPath(outline);
    const QRect area(tile.toRect().topLeft() + QPoint(kFrame, kFrame), QSize(kImageSide, kImageSide));
    paintImage(*painter, area, index);
    paintJudgement(*painter, area, font, index, colors);
    painter->setClipping(false);

    QRect line(area.left() + 5, area.bottom() + 4, area.width() - 8, kLine);
    painter->setFont(font);
    painter->setPen(colors.secondary);
    painter->drawText(line, Qt::AlignVCenter, index.data().toString());
    line.translate(0, kLine);
    font.setBold(true);
    painter->setFont(font);
    painter->setPen(verdict);
    const QString confidence = index.data(PredictionListModel::ConfidenceTextRole).toString();
    const int widest = line.width() - QFontMetrics(option.font).horizontalAdvance(confidence) - 4;
    const QString prediction = QFontMetrics(font).elidedText(
        index.data(PredictionListModel::PredictionTextRole).toString(), Qt::ElideRight, widest);
    painter->drawText(line, Qt::AlignVCenter, prediction);
    const int width = QFontMetrics(font).horizontalAdvance(prediction);
    font.setBold(false);
    painter->setFont(font);
    painter->setPen(colors.text);
    painter->drawText(line.adjusted(width + 5, 0, 0, 0), Qt::AlignVCenter, confidence);
    const auto drawLine = [&](int role, const QColor& color) {
        line.translate(0, kLine);
        painter->setPen(color);
        painter->drawText(
            line, Qt::AlignVCenter,
            QFontMetrics(font).elidedText(index.data(role).toString(), Qt::ElideRight, line.width()));
    };
    drawLine(PredictionListModel::TruthTextRole, isRight ? colors.right : colors.secondary);
    if (hasOther(index)) {
        drawLine(PredictionListModel::OtherTextRole,
                 index.data(PredictionListModel::IsOtherRightRole).toBool() ? colors.right : colors.wrong);
    }

    painter->setPen(QPen(isSelected ? colors.accent : verdict, kFrame));
    painter->drawPath(outline);
    painter->restore();
}

QSize PredictionDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const
{
    const int lines = hasOther(index) ? 4 : 3;
    return {kImageSide + 2 * (kFrame + kGap), kImageSide + lines * kLine + 8 + 2 * (kFrame + kGap)};
}

} // namespace ui
