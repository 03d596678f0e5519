// Paints rows of a list to choose from: a name, and below it, quieter, what the name means.
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
