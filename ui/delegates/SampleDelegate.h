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

    /// The image's side in pixels; the tile adds its frame and caption.
    void setImageSide(int side) { m_imageSide = side; }
    int imageSide() const { return m_imageSide; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    /// In a view, tiles share the room of a whole row between them.
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    QSize tileSize() const;

    int m_imageSide = 56;
};

} // namespace ui
