// Common parts of exported pictures for papers and slides: fonts in points, title and subtitle. Always dark
// on white, whatever the theme.
#pragma once

#include <QFont>
#include <QPainter>

namespace ui
{

inline constexpr int kPaperMargin = 24;

QFont paperFont(int points, QFont::Weight weight = QFont::Normal);

/// Paints at the top of a picture of `width` points; takes 50 points below the margin.
void paintPaperTitles(QPainter& painter, int width, const QString& title, const QString& subtitle);
/// Width that paintPaperTitles() needs, including margins.
int paperTitlesWidth(const QString& title, const QString& subtitle);

} // namespace ui
