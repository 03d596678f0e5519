#include "ui/delegates/LayerDelegate.h"

#include "ui/models/LayerTableModel.h"

#include <QPainter>

namespace ui
{
namespace
{

constexpr int kRowHeight = 39;
constexpr int kMargin = 5;

} // namespace

void LayerDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const
{
    const Colors colors = currentColors();
    const auto text = [&](int column) { return index.siblingAtColumn(column).data().toString(); };
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (isSelected || option.state.testFlag(QStyle::State_MouseOver)) {
        painter->setBrush(isSelected ? colors.accentSoft : colors.ground);
        const bool isFocused = isSelected && option.state.testFlag(QStyle::State_HasFocus);
        painter->setPen(isFocused ? QPen(colors.accent) : QPen(Qt::NoPen));
        painter->drawRoundedRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    }
    const QRect inside = option.rect.adjusted(kMargin, 3, -kMargin, -3);
    const QRect upper(inside.left(), inside.top(), inside.width(), inside.height() / 2 + 1);
    const QRect lower(inside.left(), upper.bottom(), inside.width(), inside.height() / 2);
    QFont bold = option.font;
    bold.setWeight(QFont::DemiBold);
    painter->setFont(bold);
    painter->setPen(isSelected ? colors.accent : colors.text);
    painter->drawText(upper, Qt::AlignVCenter | Qt::AlignLeft, text(LayerTableModel::Name));
    const int nameWidth = QFontMetrics(bold).horizontalAdvance(text(LayerTableModel::Name)) + 5;
    QFont small = option.font;
    small.setPixelSize(11);
    painter->setPen(colors.secondary);
    QFont kind = option.font;
    kind.setPixelSize(12);
    painter->setFont(kind);
    const int shapeWidth = QFontMetrics(small).horizontalAdvance(text(LayerTableModel::Shape)) + 4;
    const QString kindText = text(LayerTableModel::Kind);
    // The shape stands above, or below where the kind needs the room.
    const bool isShapeBelow =
        nameWidth + QFontMetrics(kind).horizontalAdvance(kindText) + shapeWidth > upper.width();
    const QRect kindRect = upper.adjusted(nameWidth, 0, isShapeBelow ? 0 : -shapeWidth, 0);
    const QRect detailRect = lower.adjusted(0, 0, isShapeBelow ? -shapeWidth : 0, 0);
    painter->drawText(kindRect, Qt::AlignVCenter | Qt::AlignLeft,
                      QFontMetrics(kind).elidedText(kindText, Qt::ElideRight, kindRect.width()));
    painter->setFont(small);
    painter->drawText(isShapeBelow ? lower : upper, Qt::AlignVCenter | Qt::AlignRight,
                      text(LayerTableModel::Shape));
    painter->drawText(detailRect, Qt::AlignVCenter | Qt::AlignLeft,
                      QFontMetrics(small).elidedText(index.data(LayerTableModel::DetailRole).toString(),
                                                     Qt::ElideRight, detailRect.width()));
    painter->restore();
}

QSize LayerDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {180, kRowHeight};
}

} // namespace ui
