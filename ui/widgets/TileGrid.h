// Tiles of equal size, as many per row as fit. Fast enough to lay out tens of thousands of them.
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
