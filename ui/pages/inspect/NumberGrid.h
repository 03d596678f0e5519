// Paints numbers in the cells of a map, for written-out windows and kernels.
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
    int emphasized = -1; ///< framed: the maximum of a pooling; −1 for none
    /// Columns and rows outside the padding. Cells in the padding are drawn without color.
    QRect real;

    static constexpr int kSmallestCellWidth = 38; ///< for "−0.123"
    static constexpr int kCellWidth = 44;
    static constexpr int kCellHeight = 20;
    int cellWidth = kCellWidth;
    QSize size() const { return {columns * cellWidth + 1, rows * kCellHeight + 1}; }
    void paint(QPainter& painter, const QPoint& topLeft, const DivergingScale& scale) const;
};

} // namespace ui
