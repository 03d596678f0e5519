#include "ui/render/ConfusionPicture.h"

#include "core/Format.h"
#include "ui/render/Colors.h"
#include "ui/render/ConfusionPainter.h"
#include "ui/render/PaperPicture.h"
#include "ui/render/PictureBytes.h"

#include <QCoreApplication>
#include <algorithm>

namespace ui
{
namespace
{

constexpr int kTitleHeight = 58;
constexpr int kAxisTitle = 24;
constexpr int kMarginColumn = 58; ///< width of the recall column and height of the precision row
constexpr int kLegendWidth = 96;

QString tr(const char* text)
{
    return QCoreApplication::translate("ui::ConfusionPicture", text);
}

QString precisionLabel()
{
    return tr("precision %");
}

/// Positions of all parts.
struct Layout {
    explicit Layout(const ConfusionPicture& picture) : count(std::max(1, picture.cells.classCount()))
    {
        const ConfusionCells& cells = picture.cells;
        constexpr int kFewClasses = 12;
        constexpr int kManyClasses = 30;
        cell = count <= kFewClasses ? 46 : count <= kManyClasses ? 32 : 24;
        font = count <= kFewClasses ? 13 : count <= kManyClasses ? 10 : 8;
        const QFontMetrics metrics(paperFont(std::max(font, 9)));
        for (int i = 0; i < cells.classCount(); ++i)
            widestName = std::max(widestName, metrics.horizontalAdvance(cells.className(i)));
        areNamesUpright = widestName > cell - 6;
        const int widestLabel = QFontMetrics(marginFont()).horizontalAdvance(precisionLabel());
        grid = QRect(kPaperMargin + std::max(kAxisTitle + widestName, widestLabel) + 8,
                     kPaperMargin + kTitleHeight + kAxisTitle + (areNamesUpright ? widestName + 8 : 22),
                     count * cell, count * cell);
        size = QSize(std::max(grid.right() + kMarginColumn + kLegendWidth + kPaperMargin,
                              paperTitlesWidth(picture.title, picture.subtitle)),
                     std::max(grid.bottom() + kMarginColumn, grid.top() + 160) + kPaperMargin);
    }

    /// For recall and precision.
    QFont marginFont() const { return paperFont(std::max(font - 1, 8)); }

    QRect cellAt(int row, int column) const
    {
        return {grid.left() + column * cell, grid.top() + row * cell, cell, cell};
    }

    int count;
    int cell = 0;
    int font = 0;
    int widestName = 0;
    bool areNamesUpright = false;
    QRect grid;
    QSize size;
};

void drawTurned(QPainter& painter, const QRect& area, int flags, const QString& text)
{
    painter.save();
    painter.translate(area.left(), area.bottom());
    painter.rotate(-90);
    painter.drawText(QRect(0, 0, area.height(), area.width()), flags, text);
    painter.restore();
}

void paintAxisTitles(QPainter& painter, const Layout& layout, const Colors& colors)
{
    painter.setFont(paperFont(13, QFont::DemiBold));
    painter.setPen(colors.text);
    painter.drawText(QRect(layout.grid.left(), kPaperMargin + kTitleHeight, layout.grid.width(), kAxisTitle),
                     Qt::AlignCenter, tr("Predicted class"));
    drawTurned(painter, QRect(kPaperMargin, layout.grid.top(), kAxisTitle, layout.grid.height()),
               Qt::AlignCenter, tr("True class"));
}

void paintNames(QPainter& painter, const ConfusionCells& cells, const Layout& layout, const Colors& colors)
{
    painter.setFont(paperFont(std::max(layout.font, 9)));
    painter.setPen(colors.text);
    for (int i = 0; i < cells.classCount(); ++i) {
        const QRect cell = layout.cellAt(i, i);
        painter.drawText(
            QRect(layout.grid.left() - layout.widestName - 8, cell.top(), layout.widestName + 1, layout.cell),
            Qt::AlignVCenter | Qt::AlignRight, cells.className(i));
        if (layout.areNamesUpright) {
            drawTurned(painter,
                       QRect(cell.left(), layout.grid.top() - layout.widestName - 6, layout.cell,
                             layout.widestName + 1),
                       Qt::AlignVCenter | Qt::AlignLeft, cells.className(i));
        } else {
            painter.drawText(QRect(cell.left(), layout.grid.top() - 22, layout.cell, 20), Qt::AlignCenter,
                             cells.className(i));
        }
    }
}

void paintCells(QPainter& painter, const ConfusionCells& cells, const Layout& layout, const Colors& colors)
{
    painter.setFont(paperFont(layout.font));
    painter.setRenderHint(QPainter::Antialiasing, false); // avoids light seams between the cells
    for (int t = 0; t < cells.classCount(); ++t) {
        for (int p = 0; p < cells.classCount(); ++p) {
            paintConfusionCell(painter, layout.cellAt(t, p), cells, t, p, colors);
        }
    }
    painter.setPen(colors.fieldBorder);
    painter.drawRect(layout.grid.adjusted(-1, -1, 0, 0));
    painter.setRenderHint(QPainter::Antialiasing);
}

void paintMargins(QPainter& painter, const ConfusionCells& cells, const Layout& layout, const Colors& colors)
{
    painter.setPen(colors.secondary);
    painter.setFont(layout.marginFont());
    const int right = layout.grid.right() + 1;
    const int bottom = layout.grid.bottom() + 1;
    for (int i = 0; i < cells.classCount(); ++i) {
        const QRect cell = layout.cellAt(i, i);
        painter.drawText(QRect(right, cell.top(), kMarginColumn - 8, layout.cell),
                         Qt::AlignVCenter | Qt::AlignRight, cells.recallText(i));
        if (layout.cell >= 30) {
            painter.drawText(QRect(cell.left(), bottom + 4, layout.cell, 20), Qt::AlignCenter,
                             cells.precisionText(i));
        } else {
            drawTurned(painter, QRect(cell.left(), bottom + 4, layout.cell, 34),
                       Qt::AlignVCenter | Qt::AlignRight, cells.precisionText(i));
        }
    }
    painter.drawText(QRect(right, layout.grid.top() - 22, kMarginColumn - 8, 20),
                     Qt::AlignVCenter | Qt::AlignRight, tr("recall %"));
    painter.drawText(QRect(kPaperMargin, bottom + 4, layout.grid.left() - kPaperMargin - 8, 20),
                     Qt::AlignVCenter | Qt::AlignRight, precisionLabel());
}

void paintLegend(QPainter& painter, const ConfusionCells& cells, const Layout& layout, const Colors& colors)
{
    constexpr int kBarWidth = 16;
    const int height = std::min(layout.grid.height(), 240);
    const QRect bar(layout.grid.right() + kMarginColumn + 16, layout.grid.top(), kBarWidth, height);
    painter.setFont(paperFont(11));
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (int y = 0; y < height; ++y) {
        painter.fillRect(bar.left(), bar.bottom() - y, kBarWidth, 1, errorHeat((y + 0.5) / height, colors));
    }
    painter.setPen(colors.fieldBorder);
    painter.drawRect(bar);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(colors.secondary);
    const bool isCount = cells.unit() == ConfusionUnit::Counts;
    const auto label = [&](int y, double value) {
        painter.drawText(QRect(bar.right() + 6, y - 9, kLegendWidth - 30, 18), Qt::AlignVCenter,
                         isCount ? QString::number(value) : QStringLiteral("%1 %").arg(value, 0, 'f', 1));
    };
    label(bar.top() + 6, cells.largest());
    label(bar.bottom() - 5, 0);
    painter.drawText(QRect(bar.left() - 12, layout.grid.top() - 22, kLegendWidth, 18), Qt::AlignVCenter,
                     isCount ? (cells.isErrorsFirst() ? tr("errors") : tr("images"))
                     : cells.unit() == ConfusionUnit::RowShare ? tr("of the row")
                                                               : tr("of the column"));
}

void paint(QPainter& painter, const ConfusionPicture& picture)
{
    const Layout layout(picture);
    const Colors colors = lightColors();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(QRect(QPoint(0, 0), layout.size), Qt::white);
    paintPaperTitles(painter, layout.size.width(), picture.title, picture.subtitle);
    paintAxisTitles(painter, layout, colors);
    paintNames(painter, picture.cells, layout, colors);
    paintCells(painter, picture.cells, layout, colors);
    paintMargins(painter, picture.cells, layout, colors);
    paintLegend(painter, picture.cells, layout, colors);
}

} // namespace

ConfusionPicture titledPicture(ConfusionCells cells, const QString& datasetTitle, const QString& imagesName)
{
    const std::size_t correct = cells.matrix().correctCount();
    const std::size_t total = cells.matrix().total();
    const QString subtitle = tr("%1 of %2 %3 correct (%4)")
                                 .arg(core::countText(correct), core::countText(total), imagesName,
                                      core::percentText(correct, total));
    return {std::move(cells), tr("Confusion matrix · %1").arg(datasetTitle), subtitle};
}

QSize sizeOf(const ConfusionPicture& picture)
{
    return Layout(picture).size;
}

QImage confusionImage(const ConfusionPicture& picture, int scale)
{
    QImage image(sizeOf(picture) * scale, QImage::Format_RGB32);
    image.setDevicePixelRatio(scale);
    QPainter painter(&image);
    paint(painter, picture);
    return image;
}

QByteArray confusionPng(const ConfusionPicture& picture, int scale)
{
    return pngBytes(confusionImage(picture, scale));
}

QByteArray confusionSvg(const ConfusionPicture& picture)
{
    return svgBytes(sizeOf(picture), picture.title, [&](QPainter& painter) { paint(painter, picture); });
}

} // namespace ui
