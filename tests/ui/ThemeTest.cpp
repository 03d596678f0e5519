#include "ui/style/Theme.h"

#include <QApplication>
#include <QPalette>
#include <QToolButton>
#include <cmath>
#include <gtest/gtest.h>

namespace
{

// Relative luminance and contrast ratio of the Web Content Accessibility Guidelines 2.1.
double luminance(const QColor& color)
{
    const auto linear = [](double c) {
        return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(static_cast<double>(color.redF())) +
           0.7152 * linear(static_cast<double>(color.greenF())) +
           0.0722 * linear(static_cast<double>(color.blueF()));
}

double contrast(const QColor& a, const QColor& b)
{
    const double high = std::max(luminance(a), luminance(b));
    const double low = std::min(luminance(a), luminance(b));
    return (high + 0.05) / (low + 0.05);
}

} // namespace

TEST(Theme, textCanBeReadInBothThemes)
{
    for (const ui::Colors& colors : {ui::lightColors(), ui::darkColors()}) {
        for (const QColor& ground : {colors.card, colors.ground, colors.accentSoft})
            EXPECT_GE(contrast(colors.text, ground), 7);
        for (const QColor& ground : {colors.card, colors.ground})
            EXPECT_GE(contrast(colors.secondary, ground), 4.5);
        EXPECT_GE(contrast(colors.onAccent, colors.accent), 4.5);
        EXPECT_GE(contrast(colors.railText, colors.rail), 4.5);
        EXPECT_GE(contrast(colors.wrong, colors.card), 4.0);
    }
}

TEST(Theme, choiceDecidesThePalette)
{
    ui::Theme theme(*qApp, core::ThemeChoice::Dark);
    EXPECT_TRUE(ui::isDark(QApplication::palette()));
    EXPECT_EQ(ui::currentColors().card, ui::darkColors().card);
    theme.setChoice(core::ThemeChoice::Light);
    EXPECT_FALSE(ui::isDark(QApplication::palette()));
    EXPECT_EQ(ui::currentColors().card, ui::lightColors().card);
}

TEST(Theme, theStyleSheetHasNoColorLeftToFillIn)
{
    const ui::Theme theme(*qApp, core::ThemeChoice::Light);
    ASSERT_FALSE(qApp->styleSheet().isEmpty());
    EXPECT_FALSE(
        qApp->styleSheet().mid(qApp->styleSheet().indexOf(QLatin1String("*/"))).contains(QLatin1Char('@')));
}

TEST(Theme, aDisabledToolButtonLooksDifferent)
{
    for (const core::ThemeChoice choice : {core::ThemeChoice::Light, core::ThemeChoice::Dark}) {
        const ui::Theme theme(*qApp, choice);
        QToolButton button;
        button.setText(QStringLiteral("Undo"));
        const QImage enabled = button.grab().toImage();
        button.setEnabled(false);
        EXPECT_NE(button.grab().toImage(), enabled);
    }
}
