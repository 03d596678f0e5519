#include "ui/widgets/TileGrid.h"

namespace ui
{

TileGrid::TileGrid(QWidget* parent) : QListView(parent)
{
    setViewMode(QListView::ListMode); // icon mode takes far longer to lay out
    setFlow(QListView::LeftToRight);
    setWrapping(true);
    setResizeMode(QListView::Adjust);
    setUniformItemSizes(true);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

} // namespace ui
