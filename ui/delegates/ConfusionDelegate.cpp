#include "ui/delegates/ConfusionDelegate.h"

#include "ui/models/ConfusionModel.h"
#include "ui/render/Colors.h"
#include "ui/render/ConfusionPainter.h"

#include <QPainter>

namespace ui
{

void ConfusionDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const
{
    const auto* model = qobject_cast<const ConfusionModel*>(index.model());
    const Colors colors = currentColors();
    painter->save();
    QFont font = option.font;
    constexpr int kLargest = 13;
    font.setPixelSize(std::clamp(option.rect.width() / 3, kSmallestFont, kLargest));
    painter->setFont(font);
    if (model == nullptr || !model->isCount(index)) {
        painter->setPen(colors.secondary);
        painter->drawText(option.rect, Qt::AlignCenter, index.data().toString());
        painter->restore();
        return;
    }
    paintConfusionCell(*painter, option.rect, model->cells(), index.row(), index.column(), colors);
    if (option.state.testFlag(QStyle::State_Selected)) {
        painter->setPen(QPen(colors.text, 2));
        painter->drawRect(option.rect.adjusted(1, 1, -2, -2));
    } else if (option.state.testFlag(QStyle::State_MouseOver)) {
        painter->setPen(QPen(colors.accent, 1.5));
        painter->drawRect(option.rect.adjusted(1, 1, -2, -2));
    }
    painter->restore();
}

} // namespace ui
