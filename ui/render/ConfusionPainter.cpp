#include "ui/render/ConfusionPainter.h"

#include "ui/render/Colors.h"

namespace ui
{

void paintConfusionCell(QPainter& painter, const QRect& area, const ConfusionCells& cells, int trueClass,
                        int predictedClass, const Colors& colors)
{
    const QColor fill = cells.fill(trueClass, predictedClass, colors);
    painter.fillRect(area, fill);
    painter.setPen(colors.border);
    painter.drawRect(area.adjusted(-1, -1, 0, 0)); // shared with the neighboring cells
    const bool isQuietDiagonal = trueClass == predictedClass && cells.isErrorsFirst();
    painter.setPen(isQuietDiagonal ? colors.right : textOn(fill));
    painter.drawText(area, Qt::AlignCenter, cells.text(trueClass, predictedClass));
}

} // namespace ui
