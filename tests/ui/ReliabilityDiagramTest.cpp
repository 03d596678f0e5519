#include "ui/charts/ReliabilityDiagram.h"

#include "ui/render/Colors.h"
#include "ui/style/Theme.h"

#include <QApplication>
#include <QImage>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

namespace
{

/// Four bins: none, 20 images at 40 % of which half are right, 1 at 60 % wrong, 12,000 at 90 % of which 9,000
/// are.
engine::EvaluationMetrics metrics()
{
    engine::EvaluationMetrics result;
    result.bins = {
        {0, .25, 0, 0, 0}, {.25, .5, 20, 10, .4}, {.5, .75, 1, 0, .6}, {.75, 1, 12'000, 9'000, .9}};
    for (const engine::ReliabilityBin& bin : result.bins) {
        result.total += bin.count;
        result.correct += bin.correct;
    }
    result.calibrationError = .15;
    return result;
}

class ReliabilityDiagram : public testing::Test
{
protected:
    ReliabilityDiagram()
    {
        diagram.resize(560, 440);
        diagram.setBins(metrics().bins);
        diagram.show();
        EXPECT_TRUE(QTest::qWaitForWindowExposed(&diagram));
    }

    QPoint middleOf(int bin) const
    {
        const QRect plot = diagram.plotRect();
        return {plot.left() + (2 * bin + 1) * plot.width() / 8, plot.center().y()};
    }

    ui::ReliabilityDiagram diagram;
};

} // namespace

TEST_F(ReliabilityDiagram, hasBarsAsHighAsTheAccuracy)
{
    for (const auto choice : {core::ThemeChoice::Light, core::ThemeChoice::Dark}) {
        const ui::Theme theme(*qApp, choice);
        const ui::Colors colors = ui::currentColors();
        const QImage image = diagram.grab().toImage();
        const QRect plot = diagram.plotRect();
        const auto heightOf = [&](int bin) {
            const int x = middleOf(bin).x() + 9; // beside the diagonal
            int height = 0;
            for (int y = plot.top(); y < plot.top() + plot.height(); ++y)
                height += image.pixelColor(x, y).rgb() == colors.bar.rgb() ? 1 : 0;
            return height;
        };
        EXPECT_EQ(heightOf(0), 0);
        EXPECT_GT(heightOf(1), .4 * plot.height() - 3); // from where on the gap is hatched over it
        EXPECT_LT(heightOf(1), .5 * plot.height() + 3);
        EXPECT_EQ(heightOf(2), 0);
        EXPECT_NEAR(heightOf(3), .75 * plot.height(), 3);
        EXPECT_NEAR(diagram.barRect(3).height(), .75 * plot.height(), .01);
    }
}

TEST_F(ReliabilityDiagram, saysWhatEachBinHolds)
{
    EXPECT_EQ(diagram.describe(0), QStringLiteral("confidence 0.0–25.0 %: no images"));
    EXPECT_EQ(diagram.describe(1),
              QStringLiteral("confidence 25.0–50.0 %: 20 images, 50.0 % correct, mean confidence 40.0 %"));
    EXPECT_TRUE(diagram.describe(2).contains(QStringLiteral("1 image, 0.0 % correct")));
    EXPECT_TRUE(diagram.accessibleDescription().contains(diagram.describe(3)));
    EXPECT_FALSE(diagram.accessibleDescription().contains(diagram.describe(0)));
}

TEST_F(ReliabilityDiagram, isReadWithThePointerAndTheArrowKeys)
{
    QSignalSpy chosen(&diagram, &ui::ReliabilityDiagram::binChosen);
    QTest::mouseMove(&diagram, middleOf(3));
    EXPECT_EQ(diagram.currentBin(), 3);
    QTest::keyClick(&diagram, Qt::Key_Left);
    EXPECT_EQ(diagram.currentBin(), 2);
    QTest::keyClick(&diagram, Qt::Key_Right);
    QTest::keyClick(&diagram, Qt::Key_Right);
    EXPECT_EQ(diagram.currentBin(), 3) << "the last";
    ASSERT_GE(chosen.size(), 3);
    EXPECT_EQ(chosen.back().front().toInt(), 3);
    diagram.setBins(metrics().bins);
    EXPECT_EQ(diagram.currentBin(), -1);
    QTest::keyClick(&diagram, Qt::Key_Left);
    EXPECT_EQ(diagram.currentBin(), 3);
}

TEST(CalibrationText, saysWhichWayTheModelErrs)
{
    // (20 · .4 + .6 + 12,000 · .9) / 12,021 and 9,010 / 12,021.
    const QString text = ui::calibrationText(metrics());
    EXPECT_TRUE(text.startsWith(QStringLiteral("Expected calibration error 15.00 %"))) << text.toStdString();
    EXPECT_TRUE(text.contains(QStringLiteral("overconfident: mean confidence 89.91 %, accuracy 74.95 %")))
        << text.toStdString();
    engine::EvaluationMetrics modest = metrics();
    modest.correct = modest.total;
    EXPECT_TRUE(ui::calibrationText(modest).contains(QStringLiteral("underconfident")));
    EXPECT_EQ(ui::calibrationText({}), QString());
}
