// Paints list rows that consist of a name and, below it in secondary color, an explanation.
#pragma once

#include <QStyledItemDelegate>

namespace ui
{

class ChoiceDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    static constexpr int kRowHeight = 40;
    static constexpr int kExplanationRole = Qt::UserRole; ///< QString

    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace ui
