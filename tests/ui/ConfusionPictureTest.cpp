#include "ui/render/ConfusionPicture.h"
#include "ui/render/Colors.h"
#include "ui/style/Theme.h"

#include <QApplication>
#include <QSvgRenderer>
#include <gtest/gtest.h>

namespace
{

ui::ConfusionCells cells(bool errorsFirst = true, ui::ConfusionUnit unit = ui::ConfusionUnit::Counts)
{
    engine::ConfusionMatrix matrix(3);
    for (int i = 0; i < 90; ++i)
        matrix.add(0, 0);
    for (int i = 0; i < 10; ++i)
        matrix.add(0, 2);
    for (int i = 0; i < 5; ++i)
        matrix.add(1, 0);
    for (int i = 0; i < 15; ++i)
        matrix.add(1, 1);
    return {matrix, {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}, unit, errorsFirst};
}

ui::ConfusionPicture picture()
{
    return ui::titledPicture(cells(), QStringLiteral("Letters"), QStringLiteral("test images"));
}

int pixelsOf(const QImage& image, const QColor& color)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            count += image.pixelColor(x, y).rgb() == color.rgb();
    }
    return count;
}

} // namespace

TEST(ConfusionCells, sayCountsOrPercent)
{
    EXPECT_EQ(cells().text(0, 2), QStringLiteral("10"));
    EXPECT_EQ(cells().text(2, 2), QString());
    EXPECT_EQ(cells(true, ui::ConfusionUnit::RowShare).text(1, 0), QStringLiteral("25.0"));
    EXPECT_EQ(cells(true, ui::ConfusionUnit::ColumnShare).text(0, 2), QStringLiteral("100.0"));
    EXPECT_EQ(cells().recallText(0), QStringLiteral("90.0"));
    EXPECT_EQ(cells().recallText(2), QStringLiteral("–")); // without images there is none
    EXPECT_EQ(cells().precisionText(2), QStringLiteral("0.0"));
}

TEST(ConfusionCells, keepTheDiagonalOutOfTheScaleWhereErrorsComeFirst)
{
    const ui::Colors colors = ui::lightColors();
    EXPECT_EQ(cells().largest(), 10);
    EXPECT_EQ(cells().fill(0, 2, colors), ui::errorHeat(1, colors));
    EXPECT_EQ(cells(false).largest(), 90);
    EXPECT_EQ(cells(false).fill(0, 2, colors), ui::errorHeat(1.0 / 9, colors));
    EXPECT_EQ(cells().fill(0, 1, colors).rgb(), colors.card.rgb());
}

TEST(ConfusionCells, writeLegiblyOnEveryFill)
{
    for (const ui::Colors& colors : {ui::lightColors(), ui::darkColors()}) {
        EXPECT_EQ(ui::textOn(ui::errorHeat(1, colors)).lightness() > 128, colors.card == QColor(Qt::white));
        for (const double share : {0.0, 0.3, 1.0}) {
            const QColor fill = ui::errorHeat(share, colors);
            EXPECT_GT(std::abs(ui::textOn(fill).lightness() - fill.lightness()), 60);
        }
    }
}

TEST(ConfusionPicture, hasThePromisedSizeAndTheMatrixsColors)
{
    const QSize size = sizeOf(picture());
    for (const int scale : {1, 2, 4}) {
        const QImage image = QImage::fromData(confusionPng(picture(), scale), "PNG");
        ASSERT_EQ(image.size(), size * scale);
        EXPECT_EQ(image.pixelColor(1, 1), QColor(Qt::white));
        const ui::Colors colors = ui::lightColors();
        // Most of a cell of 46 points is fill; the digits and lines take the rest.
        const int cell = 46 * 46 * scale * scale;
        EXPECT_GT(pixelsOf(image, ui::errorHeat(1, colors)), cell / 2);
        EXPECT_GT(pixelsOf(image, ui::errorHeat(0.5, colors)), cell / 2);
        EXPECT_LT(pixelsOf(image, ui::errorHeat(0.5, colors)), cell * 3 / 2);
    }
}

TEST(ConfusionPicture, isDarkOnWhiteFromTheDarkThemeToo)
{
    ui::Theme theme(*qApp, core::ThemeChoice::Light);
    const QImage light = confusionImage(picture(), 2);
    const QByteArray lightSvg = confusionSvg(picture());
    theme.setChoice(core::ThemeChoice::Dark);
    EXPECT_TRUE(confusionImage(picture(), 2) == light);
    EXPECT_EQ(confusionSvg(picture()), lightSvg);
}

TEST(ConfusionPicture, isASvgThatOpens)
{
    QSvgRenderer renderer(confusionSvg(picture()));
    ASSERT_TRUE(renderer.isValid());
    EXPECT_EQ(renderer.viewBox().size(), sizeOf(picture()));
}

TEST(ConfusionPicture, hasRoomForItsTitle)
{
    const ui::ConfusionPicture titled = ui::titledPicture(
        cells(),
        QStringLiteral("a folder with a name that goes on and on, as names of folders may do at times"),
        QStringLiteral("test images"));
    EXPECT_GT(sizeOf(titled).width(), sizeOf(picture()).width());
    const QImage image = confusionImage(titled, 1);
    for (int y = 0; y < image.height(); ++y)
        EXPECT_EQ(image.pixelColor(image.width() - 20, y), QColor(Qt::white)) << "cut at the margin";
}

TEST(ConfusionCells, saysAHundredPercentOnlyWhereAllIsRight)
{
    engine::ConfusionMatrix matrix(2);
    for (int i = 0; i < 3000; ++i)
        matrix.add(0, 0);
    matrix.add(0, 1);
    matrix.add(1, 1);
    const ui::ConfusionCells one(matrix, {}, ui::ConfusionUnit::RowShare, true);
    EXPECT_EQ(one.recallText(0), QStringLiteral("99.9"));
    EXPECT_EQ(one.text(0, 0), QStringLiteral("99.9"));
    EXPECT_EQ(one.recallText(1), QStringLiteral("100.0"));
}

TEST(ConfusionPicture, growsWithClassesAndLongNames)
{
    QStringList names;
    for (int i = 0; i < 62; ++i)
        names << QStringLiteral("class number %1").arg(i);
    const ui::ConfusionPicture large =
        ui::titledPicture({engine::ConfusionMatrix(62), names, ui::ConfusionUnit::Counts, true},
                          QStringLiteral("Letters"), QStringLiteral("test images"));
    EXPECT_GT(sizeOf(large).width(), 62 * 20 + 80);
    EXPECT_FALSE(confusionImage(large, 1).isNull());
}
