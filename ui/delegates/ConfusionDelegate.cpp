#include "ui/delegates/ConfusionDelegate.h"

#include "ui/models/ConfusionModel.h"
#include "ui/style/Colors.h"

#include <QPainter>

namespace ui
{

void ConfusionDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const
{
    const auto* model = qobject_cast<const ConfusionModel*>(index.model());
    const Colors colors = currentColors();
    const QString text = index.data().toString();
    painter->save();
    QFont font = option.font;
    constexpr int kLargest = 13;
    font.setPixelSize(std::clamp(option.rect.width() / 3, kSmallestFont, kLargest));
    painter->setFont(font);
    if (model == nullptr || !model->isCount(index)) {
        painter->setPen(colors.secondary);
        painter->drawText(option.rect, Qt::AlignCenter, text);
        painter->restore();
        return;
    }
    const QColor fill = model->cells().fill(index.row(), index.column(), colors);
    painter->fillRect(option.rect, fill);
    painter->setPen(colors.border);
    painter->drawRect(option.rect.adjusted(-1, -1, 0, 0));
    const bool isQuietDiagonal = index.row() == index.column() && model->cells().isErrorsFirst();
    painter->setPen(isQuietDiagonal ? colors.right : textOn(fill));
    painter->drawText(option.rect, Qt::AlignCenter, text);
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
