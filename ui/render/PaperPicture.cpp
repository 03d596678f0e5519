#include "ui/render/PaperPicture.h"

#include "ui/render/Colors.h"

#include <QFontMetrics>
#include <algorithm>

namespace ui
{
namespace
{

QFont titleFont()
{
    return paperFont(18, QFont::DemiBold);
}

QFont subtitleFont()
{
    return paperFont(12);
}

} // namespace

QFont paperFont(int points, QFont::Weight weight)
{
    QFont font;
    font.setPixelSize(points);
    font.setWeight(weight);
    return font;
}

void paintPaperTitles(QPainter& painter, int width, const QString& title, const QString& subtitle)
{
    const Colors colors = lightColors();
    const QRect line(kPaperMargin, kPaperMargin, width - 2 * kPaperMargin, 26);
    painter.setPen(colors.text);
    painter.setFont(titleFont());
    painter.drawText(line, Qt::AlignVCenter, title);
    painter.setPen(colors.secondary);
    painter.setFont(subtitleFont());
    painter.drawText(line.translated(0, 24), Qt::AlignVCenter, subtitle);
}

int paperTitlesWidth(const QString& title, const QString& subtitle)
{
    constexpr int kSafety = 4; // glyphs may extend beyond their advance
    return 2 * kPaperMargin + kSafety +
           std::max(QFontMetrics(titleFont()).horizontalAdvance(title),
                    QFontMetrics(subtitleFont()).horizontalAdvance(subtitle));
}

} // namespace ui
