#include "Hover.h"
#include "ui/pages/draw/FeatureMapStrip.h"
#include "ui/pages/inspect/FeatureMapFlow.h"
#include "ui/pages/inspect/FeatureMapGrid.h"
#include "ui/pages/inspect/ScaleLegend.h"
#include "ui/style/Theme.h"

#include <QApplication>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <cmath>
#include <gtest/gtest.h>
#include <limits>

using Index = ui::FeatureMapView::Index;

namespace
{

/// Every value of unit u is `scale` times u, those of odd units negative.
ui::FeatureMaps countedMaps(const char* name, int count, int side, float scale = 1)
{
    ui::FeatureMaps maps{QLatin1String(name), QStringLiteral("ReLU"), count, side, side, {}};
    for (int unit = 0; unit < count; ++unit) {
        const float value = scale * static_cast<float>(unit % 2 == 0 ? unit : -unit);
        maps.values.insert(maps.values.end(), static_cast<std::size_t>(side * side), value);
    }
    return maps;
}

QColor middleOf(ui::FeatureMapView& view, Index index)
{
    const QPoint middle = view.tileRect(index).center();
    return view.viewport()->grab().toImage().pixelColor(middle);
}

class FeatureMapView : public testing::Test
{
protected:
    FeatureMapView()
    {
        grid.resize(500, 300);
        strip.resize(700, 200);
        strip.move(0, 400);
        grid.show();
        strip.show();
    }

    ui::Theme theme{*qApp, core::ThemeChoice::Light};
    ui::FeatureMapGrid grid;
    ui::FeatureMapStrip strip;
};

} // namespace

TEST_F(FeatureMapView, hasNoColorAtZeroAndOneToEitherSide)
{
    grid.setMaps(countedMaps("block_1.1", 4, 28));
    EXPECT_FLOAT_EQ(grid.limitOf(0), 3);
    const ui::DivergingScale scale(3, ui::lightColors());
    EXPECT_EQ(middleOf(grid, {0, 0}), ui::lightColors().mapZero);
    EXPECT_EQ(middleOf(grid, {0, 1}), QColor(scale.colorOf(-1)));
    EXPECT_EQ(middleOf(grid, {0, 2}), QColor(scale.colorOf(2)));
    EXPECT_EQ(middleOf(grid, {0, 3}), ui::lightColors().mapNegativeEnd);
    EXPECT_NE(scale.colorOf(-1), scale.colorOf(1));
}

TEST_F(FeatureMapView, followsTheTheme)
{
    grid.setMaps(countedMaps("block_1.1", 2, 28));
    theme.setChoice(core::ThemeChoice::Dark);
    EXPECT_EQ(middleOf(grid, {0, 0}), ui::darkColors().mapZero);
    EXPECT_EQ(middleOf(grid, {0, 1}), ui::darkColors().mapNegativeEnd);
}

TEST_F(FeatureMapView, keepsEveryValueASharpSquare)
{
    ui::FeatureMaps maps{QStringLiteral("conv"), QStringLiteral("Conv2d"), 1, 2, 2, {1, -1, 0, 1}};
    grid.setMaps(maps);
    const QRect tile = grid.tileRect({0, 0});
    const QImage image = grid.viewport()->grab().toImage().copy(tile);
    const ui::Colors colors = ui::lightColors();
    for (int y = 1; y < image.height() - 1; ++y) {
        for (int x = 1; x < image.width() - 1; ++x) {
            const float value = maps.at(0, y / (image.height() / 2), x / (image.width() / 2));
            const QColor expected = value > 0   ? colors.mapPositiveEnd
                                    : value < 0 ? colors.mapNegativeEnd
                                                : colors.mapZero;
            ASSERT_EQ(image.pixelColor(x, y), expected) << x << ' ' << y;
        }
    }
}

TEST_F(FeatureMapView, hasAScaleALayerOrOneForAll)
{
    QSignalSpy changed(&strip, &ui::FeatureMapView::scaleChanged);
    strip.setLayers({countedMaps("block_1.1", 3, 28), countedMaps("block_1.4", 3, 14, 10)});
    EXPECT_FLOAT_EQ(strip.limitOf(0), 2);
    EXPECT_FLOAT_EQ(strip.limitOf(1), 20);
    EXPECT_EQ(middleOf(strip, {0, 2}), ui::lightColors().mapPositiveEnd);
    strip.setScale(ui::FeatureMapView::Scale::Shared);
    EXPECT_FLOAT_EQ(strip.limitOf(0), 20);
    EXPECT_EQ(middleOf(strip, {0, 2}), QColor(ui::DivergingScale(20, ui::lightColors()).colorOf(2)));
    EXPECT_EQ(middleOf(strip, {1, 2}), ui::lightColors().mapPositiveEnd);
    EXPECT_EQ(changed.count(), 2);
}

TEST_F(FeatureMapView, hasNoCurrentMapThatIsNotThere)
{
    grid.setMaps(countedMaps("classifier.1", 1, 10));
    for (const Index index : {Index{0, 5}, Index{1, 0}, Index{0, -1}}) {
        grid.setCurrent({0, 0});
        grid.setCurrent(index);
        EXPECT_FALSE(grid.current().isValid());
        EXPECT_TRUE(grid.accessibleDescription().isEmpty());
    }
}

TEST_F(FeatureMapView, describesTheNumbersAsTheyAreNow)
{
    grid.setMaps(countedMaps("block_1.1", 4, 28));
    grid.setCurrent({0, 2});
    EXPECT_TRUE(grid.accessibleDescription().contains(QStringLiteral("max 2.000")));
    grid.setMaps(countedMaps("block_1.1", 4, 28, 3));
    EXPECT_TRUE(grid.accessibleDescription().contains(QStringLiteral("max 6.000")));
}

TEST_F(FeatureMapView, bringsTheCurrentMapIntoSightWhenItIsShown)
{
    grid.setMaps(countedMaps("block_1.1", 128, 28));
    grid.hide();
    grid.setCurrent({0, 127});
    grid.show();
    EXPECT_TRUE(grid.viewport()->rect().contains(grid.tileRect({0, 127})));
}

TEST_F(FeatureMapView, isChosenFromWithTheMouse)
{
    strip.setLayers({countedMaps("block_1.1", 10, 28), countedMaps("block_1.4", 10, 14)});
    QSignalSpy chosen(&strip, &ui::FeatureMapView::chosen);
    QTest::mouseClick(strip.viewport(), Qt::LeftButton, {}, strip.tileRect({1, 4}).center());
    ASSERT_EQ(chosen.count(), 1);
    EXPECT_EQ(chosen[0][0].toInt(), 1);
    EXPECT_EQ(chosen[0][1].toInt(), 4);
    const QRect tile = strip.tileRect({1, 4});
    EXPECT_EQ(chosen[0][2].toInt(), (tile.center().y() - tile.top()) * 14 / tile.height());
    EXPECT_EQ(chosen[0][3].toInt(), (tile.center().x() - tile.left()) * 14 / tile.width());
    EXPECT_EQ(strip.current(), (Index{1, 4}));
    QTest::mouseClick(strip.viewport(), Qt::LeftButton, {}, QPoint(2, 2)); // a name
    EXPECT_EQ(chosen.count(), 1);
}

TEST_F(FeatureMapView, isChosenFromWithTheKeyboard)
{
    strip.setLayers({countedMaps("block_1.1", 10, 28), countedMaps("block_1.4", 4, 14)});
    QSignalSpy chosen(&strip, &ui::FeatureMapView::chosen);
    QTest::keyClick(&strip, Qt::Key_Right);
    EXPECT_EQ(strip.current(), (Index{0, 0}));
    QTest::keyClick(&strip, Qt::Key_Right);
    EXPECT_EQ(strip.current(), (Index{0, 1}));
    QTest::keyClick(&strip, Qt::Key_End);
    EXPECT_EQ(strip.current(), (Index{0, 9}));
    QTest::keyClick(&strip, Qt::Key_Down);
    EXPECT_EQ(strip.current(), (Index{1, 3})) << "the last that is there";
    QTest::keyClick(&strip, Qt::Key_Down);
    EXPECT_EQ(strip.current(), (Index{1, 3}));
    QTest::keyClick(&strip, Qt::Key_Up);
    QTest::keyClick(&strip, Qt::Key_Home);
    EXPECT_EQ(strip.current(), (Index{0, 0}));
    EXPECT_EQ(chosen.count(), 6);
}

TEST_F(FeatureMapView, movesByRowsInTheGrid)
{
    grid.setMaps(countedMaps("block_1.1", 10, 28));
    const int columns = [&] {
        int n = 1;
        while (n < 10 && grid.tileRect({0, n}).top() == grid.tileRect({0, 0}).top())
            ++n;
        return n;
    }();
    ASSERT_LT(columns, 10);
    grid.setCurrent({0, 1});
    QTest::keyClick(&grid, Qt::Key_Down);
    EXPECT_EQ(grid.current(), (Index{0, 1 + columns}));
    QTest::keyClick(&grid, Qt::Key_Up);
    QTest::keyClick(&grid, Qt::Key_Up);
    EXPECT_EQ(grid.current(), (Index{0, 1}));
}

TEST_F(FeatureMapView, reportsTheCellUnderThePointer)
{
    grid.setMaps(countedMaps("block_1.1", 4, 28));
    QSignalSpy hovered(&grid, &ui::FeatureMapView::hovered);
    const QRect tile = grid.tileRect({0, 3});
    test::hover(grid.viewport(), tile.topLeft() + QPoint(tile.width() - 1, 0));
    ASSERT_FALSE(hovered.isEmpty());
    EXPECT_EQ(hovered.back(), QList<QVariant>({0, 3, 0, 27}));
    test::hover(grid.viewport(), tile.bottomRight() + QPoint(3, 3));
    EXPECT_EQ(hovered.back()[0].toInt(), -1);
}

TEST_F(FeatureMapView, saysWhichUnitItsRangeAndTheNumberUnderThePointer)
{
    grid.setMaps(countedMaps("block_1.1", 4, 28));
    EXPECT_EQ(grid.toolTipAt(grid.tileRect({0, 3}).center()),
              QStringLiteral("block_1.1 ReLU, unit 3 of 4: min −3.000, mean −3.000, max −3.000\n"
                             "row 13, column 13: −3.000"));
    EXPECT_EQ(grid.toolTipAt({0, 0}), QString());
}

TEST_F(FeatureMapView, keepsTheCurrentMapWhenNumbersChange)
{
    strip.setLayers({countedMaps("block_1.1", 10, 28)});
    strip.setCurrent({0, 7});
    strip.setLayers({countedMaps("block_1.1", 10, 28, 2)});
    EXPECT_EQ(strip.current(), (Index{0, 7}));
    strip.setLayers({countedMaps("block_1.1", 3, 28)});
    EXPECT_FALSE(strip.current().isValid());
}

TEST_F(FeatureMapView, bringsADistantMapIntoSight)
{
    grid.setMaps(countedMaps("block_1.1", 128, 28));
    ASSERT_GT(grid.verticalScrollBar()->maximum(), 0);
    grid.setCurrent({0, 127});
    EXPECT_TRUE(grid.viewport()->rect().contains(grid.tileRect({0, 127})));
    strip.setLayers({countedMaps("block_1.1", 128, 28)});
    strip.setCurrent({0, 127});
    EXPECT_TRUE(strip.viewport()->rect().contains(strip.tileRect({0, 127})));
}

TEST_F(FeatureMapView, drawsWhatIsNoNumberGray)
{
    ui::FeatureMaps maps = countedMaps("conv", 2, 28);
    maps.values.front() = std::numeric_limits<float>::quiet_NaN();
    maps.values.back() = std::numeric_limits<float>::infinity();
    grid.setMaps(maps);
    EXPECT_FLOAT_EQ(grid.limitOf(0), 1);
    const ui::DivergingScale scale(1, ui::lightColors());
    EXPECT_EQ(QColor(scale.colorOf(maps.values.front())), ui::lightColors().secondary);
    EXPECT_EQ(QColor(scale.colorOf(maps.values.back())), ui::lightColors().mapPositiveEnd);
}

TEST_F(FeatureMapView, showsNumbersWithoutAPlaceAsCellsToChooseFrom)
{
    ui::FeatureMaps maps = countedMaps("layer_stack.1", 128, 1);
    maps.kind = QStringLiteral("Linear");
    maps.isFlat = true;
    ui::FeatureMapFlow flow;
    flow.resize(360, 300);
    flow.show();
    flow.setLayers({countedMaps("input", 1, 28), maps, countedMaps("block_1.1", 10, 28)});
    EXPECT_EQ(flow.tileRect({1, 0}).size(), flow.tileRect({1, 127}).size());
    EXPECT_LT(flow.tileRect({1, 0}).width(), flow.tileRect({2, 0}).width()) << "so that all are seen";
    flow.setFocus();
    flow.setCurrent({1, 0});
    QSignalSpy chosen(&flow, &ui::FeatureMapView::chosen);
    QTest::keyClick(&flow, Qt::Key_End);
    EXPECT_EQ(flow.current(), (Index{1, 127}));
    EXPECT_TRUE(flow.viewport()->rect().contains(flow.tileRect({1, 127})));
    QTest::keyClick(&flow, Qt::Key_Left);
    EXPECT_EQ(chosen.back(), QList<QVariant>({1, 126, -1, -1}));
    EXPECT_EQ(flow.toolTipAt(flow.tileRect({1, 126}).center()),
              QStringLiteral("layer_stack.1 Linear, unit 126 of 128: 126.000"));
}

TEST_F(FeatureMapView, namesUnitsThatHaveNames)
{
    ui::FeatureMaps maps = countedMaps("input", 3, 28);
    maps.unitNames = {QStringLiteral("red"), QStringLiteral("green"), QStringLiteral("blue")};
    grid.setMaps(maps);
    EXPECT_TRUE(
        grid.toolTipAt(grid.tileRect({0, 1}).center()).startsWith(QStringLiteral("input ReLU, green: min ")));
}

TEST_F(FeatureMapView, paintsWeightsOverColorsAsColors)
{
    ui::FeatureMaps templates = countedMaps("classifier.1", 2, 4);
    templates.planes = 3;
    templates.values.clear();
    for (const float weight : {0.0F, 0.0F, 0.0F, 2.0F, -2.0F, 0.0F})
        templates.values.insert(templates.values.end(), 16, weight);
    grid.setMaps(templates);
    EXPECT_EQ(middleOf(grid, {0, 0}), QColor(128, 128, 128)) << "0 is gray";
    EXPECT_EQ(middleOf(grid, {0, 1}), QColor(255, 0, 128)) << "red speaks for it, green against it";
    EXPECT_TRUE(
        grid.toolTipAt(grid.tileRect({0, 1}).center()).endsWith(QStringLiteral(": 2.000, −2.000, 0.000")));
}

TEST(ValueText, hasATrueMinusAndNoSignForNothing)
{
    EXPECT_EQ(ui::valueText(-0.12), QStringLiteral("−0.120"));
    EXPECT_EQ(ui::valueText(-0.0001), QStringLiteral("0.000"));
    EXPECT_EQ(ui::valueText(1.23456, 2), QStringLiteral("1.23"));
    EXPECT_EQ(ui::valueText(-std::numeric_limits<double>::infinity()), QStringLiteral("−∞"));
}

TEST(ValueText, hasDigitsAlsoOfSmallNumbersWhereTheyMatter)
{
    EXPECT_EQ(ui::smallValueText(-0.12), QStringLiteral("−0.120"));
    EXPECT_EQ(ui::smallValueText(0.0005), QStringLiteral("0.001"));
    EXPECT_EQ(ui::smallValueText(-0.000123), QStringLiteral("−1.2e−4"));
    EXPECT_EQ(ui::smallValueText(0), QStringLiteral("0.000"));
    EXPECT_EQ(ui::scaleText(2.345), QStringLiteral("2.35"));
    EXPECT_EQ(ui::scaleText(0.0123), QStringLiteral("0.012"));
    EXPECT_EQ(ui::scaleText(0.00314), QStringLiteral("0.0031"));
    EXPECT_EQ(ui::scaleText(0.0007), QStringLiteral("7.0e−4"));
    EXPECT_EQ(ui::scaleText(0.0000314), QStringLiteral("3.1e−5"));
}

TEST(ScaleLegend, namesItsEnds)
{
    ui::ScaleLegend legend;
    legend.setLimit(2.345f);
    EXPECT_TRUE(legend.accessibleName().contains(QStringLiteral("2.35")) ||
                legend.accessibleName().contains(QStringLiteral("2.34")));
    legend.setLimit(0);
    EXPECT_TRUE(legend.accessibleName().startsWith(QStringLiteral("All values are 0")));
    legend.setLimit(4e-6F); // a gradient of a network that is certain
    EXPECT_TRUE(legend.accessibleName().contains(QStringLiteral("4.0e−6")))
        << legend.accessibleName().toStdString();
}
