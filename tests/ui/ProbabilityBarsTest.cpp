#include "ui/views/ProbabilityBars.h"

#include "ui/render/Colors.h"

#include <QApplication>
#include <QImage>
#include <QScrollBar>
#include <QTest>
#include <cmath>
#include <gtest/gtest.h>

namespace
{

QStringList digits(int count = 10)
{
    QStringList names;
    for (int i = 0; i < count; ++i)
        names << QString::number(i);
    return names;
}

std::vector<float> mostly(std::size_t first, float share, std::size_t second)
{
    std::vector<float> probabilities(10);
    probabilities[first] = share;
    probabilities[second] = 1 - share;
    return probabilities;
}

class ProbabilityBars : public testing::Test
{
protected:
    ProbabilityBars()
    {
        bars.resize(400, 260);
        bars.show();
    }

    /// Pixels of `color` on the middle line of a class's bar.
    int lengthOf(int index, const QColor& color)
    {
        const QImage image = bars.viewport()->grab().toImage();
        const QRect track = bars.trackRect(index);
        int length = 0;
        for (int x = track.left(); x <= track.right(); ++x)
            length += image.pixelColor(x, track.center().y()).rgb() == color.rgb() ? 1 : 0;
        return length;
    }

    ui::ProbabilityBars bars;
    ui::Colors colors = ui::currentColors();
};

} // namespace

TEST_F(ProbabilityBars, areAsLongAsTheProbabilities)
{
    bars.setProbabilities(mostly(7, 0.75F, 1), digits());
    const int whole = bars.trackRect(0).width();
    EXPECT_EQ(bars.prediction(), 7);
    EXPECT_NEAR(lengthOf(7, colors.accent), 0.75 * whole, 4);
    EXPECT_NEAR(lengthOf(1, colors.bar), 0.25 * whole, 4);
    EXPECT_EQ(lengthOf(2, colors.grid), whole);
    bars.setProbabilities(mostly(7, 1, 1), digits());
    EXPECT_EQ(lengthOf(7, colors.accent), whole);
}

TEST_F(ProbabilityBars, nameTheTrueClassInWordsToo)
{
    bars.setProbabilities(mostly(4, 0.75F, 9), digits(), 9);
    EXPECT_GT(lengthOf(4, colors.wrong), 100);
    EXPECT_TRUE(bars.accessibleDescription().contains(QStringLiteral("4: 75.0 % (predicted)")));
    EXPECT_TRUE(bars.accessibleDescription().contains(QStringLiteral("9: 25.0 % (true class)")));
    // "true" stands behind the percentage of its row, and of no other.
    const QImage image = bars.viewport()->grab().toImage();
    const auto hasMark = [&](int index) {
        const QRect row = bars.rowRect(index);
        for (int x = row.right() - 20; x <= row.right(); ++x) {
            for (int y = row.top(); y <= row.bottom(); ++y) {
                if (image.pixelColor(x, y).rgb() == colors.text.rgb())
                    return true;
            }
        }
        return false;
    };
    EXPECT_TRUE(hasMark(9));
    EXPECT_FALSE(hasMark(4));

    bars.setProbabilities(mostly(9, 0.75F, 4), digits(), 9);
    EXPECT_GT(lengthOf(9, colors.right), 100);
    EXPECT_TRUE(bars.accessibleDescription().contains(QStringLiteral("9: 75.0 % (predicted and true)")));
}

TEST_F(ProbabilityBars, showTheClassesBeforeThereIsAnyPrediction)
{
    bars.setProbabilities({}, digits());
    EXPECT_EQ(bars.classCount(), 10);
    EXPECT_EQ(bars.prediction(), -1);
    EXPECT_EQ(lengthOf(0, colors.grid), bars.trackRect(0).width());
    EXPECT_EQ(bars.accessibleDescription(), QString());
}

TEST_F(ProbabilityBars, showWhatIsNoNumberAsNone)
{
    std::vector<float> probabilities(10, std::nanf(""));
    bars.setProbabilities(probabilities, digits(), 3);
    EXPECT_EQ(bars.prediction(), -1);
    EXPECT_TRUE(bars.accessibleDescription().contains(QStringLiteral("3: – (true class)")));
    EXPECT_EQ(lengthOf(3, colors.grid), bars.trackRect(3).width());
    probabilities[5] = 0.5F;
    bars.setProbabilities(probabilities, digits());
    EXPECT_EQ(bars.prediction(), 5);
}

TEST_F(ProbabilityBars, scrollWhereTheyAreTooMany)
{
    bars.setProbabilities(mostly(1, 1, 2), digits());
    EXPECT_EQ(bars.verticalScrollBar()->maximum(), 0);
    EXPECT_EQ(bars.focusPolicy(), Qt::NoFocus);

    std::vector<float> probabilities(62);
    probabilities[61] = 1;
    bars.setProbabilities(probabilities, digits(62));
    EXPECT_GT(bars.verticalScrollBar()->maximum(), 0);
    EXPECT_EQ(bars.focusPolicy(), Qt::StrongFocus);
    EXPECT_FALSE(bars.viewport()->rect().contains(bars.rowRect(61)));
    bars.setFocus();
    const int before = bars.verticalScrollBar()->value();
    QTest::keyClick(&bars, Qt::Key_Down);
    EXPECT_GT(bars.verticalScrollBar()->value(), before);
    bars.verticalScrollBar()->setValue(bars.verticalScrollBar()->maximum());
    EXPECT_TRUE(bars.viewport()->rect().contains(bars.rowRect(61)));
    EXPECT_GT(lengthOf(61, colors.accent), 100);
}
