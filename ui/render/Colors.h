// Color roles for the light and the dark theme. Painting code calls currentColors() each time, so that it
// follows theme changes without a reference to the theme.
#pragma once

#include <QColor>

class QPalette;

namespace ui
{

struct Colors {
    QColor ground; ///< page background, behind the cards
    QColor card;
    QColor border;
    QColor fieldBorder;
    QColor text;
    QColor secondary; ///< secondary text
    QColor accent;
    QColor accentSoft; ///< behind selected items
    QColor onAccent;   ///< text on the accent
    QColor right;
    QColor wrong;
    QColor errorHeat; ///< cells with the most errors
    QColor testSeries;
    QColor validationSeries;
    QColor trainRaw; ///< the unsmoothed training series
    QColor bar;      ///< histogram bars
    QColor grid;     ///< lines in charts
    QColor mapZero;  ///< zero in feature maps and weights; values go over a middle color to an end color
    QColor mapPositive;
    QColor mapPositiveEnd;
    QColor mapNegative;
    QColor mapNegativeEnd;
    QColor rail;
    QColor railText;
    QColor railActive;
};

Colors lightColors();
Colors darkColors();

bool isDark(const QPalette& palette);
/// Colors for the application's palette. A widget's palette does not work, because style sheets change it.
Colors currentColors();

} // namespace ui
