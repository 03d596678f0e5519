// Paints a cell of a confusion matrix, on screen and in exported pictures.
#pragma once

#include "ui/render/ConfusionCells.h"

#include <QPainter>

namespace ui
{

/// Background, border and number, in the painter's font.
void paintConfusionCell(QPainter& painter, const QRect& area, const ConfusionCells& cells, int trueClass,
                        int predictedClass, const Colors& colors);

} // namespace ui
