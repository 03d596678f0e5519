// Tiles of one size, row by row, as many in a row as there is room for: tens of thousands of them are laid
// out at once.
#pragma once

#include <QListView>

namespace ui
{

class TileGrid : public QListView
{
    Q_OBJECT
public:
    explicit TileGrid(QWidget* parent = nullptr);
};

} // namespace ui
