// Paints numbers in the cells of their map: how a window and a kernel are written out.
#pragma once

#include "ui/render/DivergingScale.h"

#include <QPainter>
#include <span>

namespace ui
{

struct NumberGrid {
    std::span<const float> values; ///< rows × columns
    int rows = 0;
    int columns = 0;
    int emphasized = -1; ///< framed: the largest of a pooling; −1 for none
    /// Of the cells that lie in the padding, which are drawn empty of color: columns and rows that are not.
    QRect real;

    static constexpr int kSmallestCellWidth = 38; ///< for "−0.123"
    static constexpr int kCellWidth = 44;
    static constexpr int kCellHeight = 20;
    int cellWidth = kCellWidth;
    QSize size() const { return {columns * cellWidth + 1, rows * kCellHeight + 1}; }
    void paint(QPainter& painter, const QPoint& topLeft, const DivergingScale& scale) const;
};

} // namespace ui
