// What pictures for paper and slides have in common: fonts in points, title and quiet line, dark on white
// whatever the window's theme is.
#pragma once

#include <QFont>
#include <QPainter>

namespace ui
{

inline constexpr int kPaperMargin = 24;

QFont paperFont(int points, QFont::Weight weight = QFont::Normal);

/// At the top of a picture that is `width` points wide; takes 50 points below the margin.
void paintPaperTitles(QPainter& painter, int width, const QString& title, const QString& subtitle);
/// Room that paintPaperTitles() needs, margins included.
int paperTitlesWidth(const QString& title, const QString& subtitle);

} // namespace ui
