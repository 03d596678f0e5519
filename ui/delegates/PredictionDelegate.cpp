#include "ui/delegates/PredictionDelegate.h"

#include "ui/models/PredictionListModel.h"
#include "ui/style/Colors.h"

#include <QImage>
#include <QPainter>
#include <QPainterPath>

namespace ui
{
namespace
{

constexpr int kImageSide = 112; // 4 screen pixels for one of MNIST's
constexpr int kLine = 16;
constexpr int kFrame = 2;
constexpr int kGap = 4; ///< to the tile beside

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

    painter->setClipPath(outline);
    painter->setRenderHint(QPainter::SmoothPixmapTransform, false);
    const QRect area(tile.toRect().topLeft() + QPoint(kFrame, kFrame), QSize(kImageSide, kImageSide));
    painter->fillRect(area, Qt::black);
    const auto image = index.data(PredictionListModel::ImageRole).value<QImage>();
    const QSize size = image.size().scaled(area.size(), Qt::KeepAspectRatio);
    painter->drawImage(
        QRect(area.topLeft() + QPoint((area.width() - size.width()) / 2, (area.height() - size.height()) / 2),
              size),
        image);
    painter->setClipping(false);

    QFont font = option.font;
    font.setPixelSize(11);
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
    line.translate(0, kLine);
    painter->setPen(isRight ? colors.right : colors.secondary);
    painter->drawText(line, Qt::AlignVCenter,
                      QFontMetrics(font).elidedText(index.data(PredictionListModel::TruthTextRole).toString(),
                                                    Qt::ElideRight, line.width()));

    painter->setPen(QPen(isSelected ? colors.accent : verdict, kFrame));
    painter->drawPath(outline);
    painter->restore();
}

QSize PredictionDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {kImageSide + 2 * (kFrame + kGap), kImageSide + 3 * kLine + 8 + 2 * (kFrame + kGap)};
}

} // namespace ui
