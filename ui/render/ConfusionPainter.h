// How a cell of a confusion matrix looks, on the screen and on paper.
#pragma once

#include "ui/render/ConfusionCells.h"

#include <QPainter>

namespace ui
{

/// Fill, border and number, in the painter's font.
void paintConfusionCell(QPainter& painter, const QRect& area, const ConfusionCells& cells, int trueClass,
                        int predictedClass, const Colors& colors);

} // namespace ui
