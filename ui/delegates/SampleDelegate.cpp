#include "ui/delegates/SampleDelegate.h"

#include "ui/models/SampleListModel.h"
#include "ui/render/Colors.h"
#include "ui/render/TilePainter.h"

#include <QAbstractItemView>
#include <QScrollBar>
#include <QStyle>

namespace ui
{

void SampleDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                           const QModelIndex& index) const
{
    const Colors colors = currentColors();
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const bool isHovered = option.state.testFlag(QStyle::State_MouseOver);
    Tile tile;
    tile.image = index.data(SampleListModel::ImageRole).value<QImage>();
    tile.caption = index.data(Qt::DisplayRole).toString();
    tile.captionColor = isSelected ? colors.accent : colors.text;
    tile.background = isSelected ? colors.accentSoft : colors.card;
    tile.frame = isSelected || isHovered ? colors.accent : colors.fieldBorder;
    tile.frameWidth = isSelected ? 2.5 : 1.5;
    const QRect bounds = QStyle::alignedRect(Qt::LeftToRight, Qt::AlignCenter, tileSize(), option.rect);
    paintTile(*painter, bounds.adjusted(3, 3, -3, -3), tile);
}

QSize SampleDelegate::tileSize() const
{
    return {m_imageSide + 10, m_imageSide + 10 + kTileCaptionHeight};
}

QSize SampleDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const
{
    QSize size = tileSize();
    if (const auto* view = qobject_cast<const QAbstractItemView*>(option.widget)) {
        // QListView lays out in this width: all but the last pixel, without a scroll bar that may not be
        // visible.
        const int scrollBar =
            view->style()->pixelMetric(QStyle::PM_ScrollBarExtent, nullptr, view->verticalScrollBar());
        const int room = view->maximumViewportSize().width() - scrollBar - 1;
        const int columns = room / size.width();
        if (columns > 0)
            size.setWidth(room / columns);
    }
    return size;
}

} // namespace ui
