#include "ui/pages/inspect/NumberGrid.h"

#include "ui/models/FeatureMaps.h"
#include "ui/render/ConfusionCells.h"

namespace ui
{

void NumberGrid::paint(QPainter& painter, const QPoint& topLeft, const DivergingScale& scale) const
{
    const Colors colors = currentColors();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    QFont font = painter.font();
    font.setPixelSize(11);
    painter.setFont(font);
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column) {
            const int i = row * columns + column;
            const QRect cell(topLeft.x() + column * cellWidth, topLeft.y() + row * kCellHeight, cellWidth,
                             kCellHeight);
            const float value = values[static_cast<std::size_t>(i)];
            const bool isPadding = !real.isNull() && !real.contains(column, row);
            const QColor fill = isPadding ? colors.card : QColor(scale.colorOf(value));
            painter.fillRect(cell, fill);
            if (isPadding)
                painter.fillRect(cell, QBrush(colors.border, Qt::BDiagPattern));
            painter.setPen(colors.border);
            painter.drawRect(cell);
            painter.setPen(isPadding ? colors.secondary : textOn(fill));
            painter.drawText(cell, Qt::AlignCenter, isPadding ? QStringLiteral("0") : valueText(value));
        }
    }
    if (emphasized >= 0) {
        painter.setPen(QPen(colors.testSeries, 2));
        painter.drawRect(topLeft.x() + emphasized % columns * cellWidth,
                         topLeft.y() + emphasized / columns * kCellHeight, cellWidth, kCellHeight);
    }
    painter.restore();
}

} // namespace ui
