// The roles that colors play, for the light and the dark theme. Whoever paints asks for the colors when it
// paints, so it needs no reference to the theme and follows every change of it.
#pragma once

#include <QColor>

class QPalette;

namespace ui
{

struct Colors {
    QColor ground; ///< behind the cards
    QColor card;
    QColor border;
    QColor fieldBorder;
    QColor text;
    QColor secondary; ///< text of less weight
    QColor accent;
    QColor accentSoft; ///< behind what is chosen
    QColor onAccent;   ///< text on the accent
    QColor right;
    QColor wrong;
    QColor errorHeat; ///< where most errors are
    QColor testSeries;
    QColor validationSeries;
    QColor trainRaw; ///< the unsmoothed training series
    QColor bar;      ///< histogram bars
    QColor grid;     ///< lines in charts
    QColor mapZero;  ///< feature maps and weights: none; from here to either side over a middle to an end
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
/// Those of the application's palette. A widget's own will not do: a style sheet changes it.
Colors currentColors();

} // namespace ui
