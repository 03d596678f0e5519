#include "ui/delegates/ChoiceDelegate.h"

#include "ui/render/Colors.h"

#include <QPainter>

namespace ui
{

void ChoiceDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                           const QModelIndex& index) const
{
    const Colors colors = currentColors();
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const bool isHovered = option.state.testFlag(QStyle::State_MouseOver);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (isSelected || isHovered) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(isSelected ? colors.accentSoft : colors.ground);
        painter->drawRoundedRect(option.rect.adjusted(1, 1, -1, -1), 6, 6);
    }
    const QRect text = option.rect.adjusted(10, 3, -10, -3);
    const auto draw = [&](const QFont& font, const QColor& color, const QString& line, int alignment) {
        painter->setFont(font);
        painter->setPen(color);
        painter->drawText(text, alignment, QFontMetrics(font).elidedText(line, Qt::ElideRight, text.width()));
    };
    QFont name = option.font;
    name.setWeight(isSelected ? QFont::DemiBold : QFont::Normal);
    QFont explanation = option.font;
    explanation.setPixelSize(12);
    draw(name, isSelected ? colors.accent : colors.text, index.data().toString(), Qt::AlignTop);
    draw(explanation, colors.secondary, index.data(kExplanationRole).toString(), Qt::AlignBottom);
    painter->restore();
}

QSize ChoiceDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {0, kRowHeight};
}

} // namespace ui
