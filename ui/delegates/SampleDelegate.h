// Paints rows of a SampleListModel as tiles.
#pragma once

#include <QStyledItemDelegate>

namespace ui
{

class SampleDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    /// Side of the image in pixels; frame and caption come on top.
    void setImageSide(int side) { m_imageSide = side; }
    int imageSide() const { return m_imageSide; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    /// In a view, the tiles of a row share its full width.
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    QSize tileSize() const;

    int m_imageSide = 56;
};

} // namespace ui
