#include "ui/render/Thinning.h"

#include <cmath>
#include <gtest/gtest.h>

namespace
{

QPointF wave(std::size_t i)
{
    return {static_cast<double>(i), std::sin(static_cast<double>(i) * 0.37)};
}

} // namespace

TEST(Thinning, keepsFewPointsAsTheyAre)
{
    const auto points = ui::thinned(20, 20, 10, wave);
    ASSERT_EQ(points.size(), 20);
    EXPECT_EQ(points[7], wave(7));
}

TEST(Thinning, boundsTheNumberOfPoints)
{
    EXPECT_LE(ui::thinned(100'000, 100'000, 300, wave).size(), 600);
    EXPECT_TRUE(ui::thinned(0, 0, 300, wave).isEmpty());
}

TEST(Thinning, losesNoPeak)
{
    const auto spiky = [](std::size_t i) {
        return QPointF(static_cast<double>(i), i == 12'345 ? 99.0 : i == 54'321 ? -99.0 : 0.0);
    };
    double lowest = 0;
    double highest = 0;
    for (const QPointF& point : ui::thinned(100'000, 100'000, 200, spiky)) {
        lowest = std::min(lowest, point.y());
        highest = std::max(highest, point.y());
    }
    EXPECT_EQ(lowest, -99);
    EXPECT_EQ(highest, 99);
}

TEST(Thinning, keepsTheOrder)
{
    const auto points = ui::thinned(10'000, 10'000, 100, wave);
    for (qsizetype i = 1; i < points.size(); ++i)
        EXPECT_LT(points[i - 1].x(), points[i].x());
}

TEST(Thinning, keepsWhatItKeptWhenMoreCome)
{
    const auto before = ui::thinned(5'000, 20'000, 100, wave);
    const auto after = ui::thinned(9'000, 20'000, 100, wave);
    ASSERT_EQ(before.size(), 2 * 25);
    ASSERT_EQ(after.size(), 2 * 45);
    EXPECT_EQ(after.first(before.size()), before);
}

TEST(Thinning, takesMoreThanWereExpected)
{
    EXPECT_EQ(ui::thinned(20'000, 5'000, 100, wave), ui::thinned(20'000, 20'000, 100, wave));
}

TEST(Thinning, leavesOutWhatIsNotFinite)
{
    const auto broken = [](std::size_t i) {
        return QPointF(static_cast<double>(i), i % 3 == 0 ? std::nan("") : i % 3 == 1 ? HUGE_VAL : 1.0);
    };
    for (const std::size_t count : {std::size_t{30}, std::size_t{30'000}}) {
        const auto points = ui::thinned(count, count, 100, broken);
        EXPECT_FALSE(points.isEmpty());
        for (const QPointF& point : points)
            EXPECT_EQ(point.y(), 1.0);
    }
}

TEST(NiceStep, isOneTwoOrFiveTimesAPowerOfTen)
{
    EXPECT_DOUBLE_EQ(ui::niceStep(1, 5), 0.2);
    EXPECT_DOUBLE_EQ(ui::niceStep(3, 5), 1);
    EXPECT_DOUBLE_EQ(ui::niceStep(100, 5), 20);
    EXPECT_DOUBLE_EQ(ui::niceStep(0.021, 5), 0.005);
    EXPECT_DOUBLE_EQ(ui::niceStep(5625, 8), 1000);
    EXPECT_DOUBLE_EQ(ui::niceStep(0, 5), 1) << "no range to divide";
}
