#include "app/Format.h"

#include <gtest/gtest.h>

TEST(Format, saysAccuracyAsPercentAndCounts)
{
    EXPECT_EQ(app::accuracyText(9752, 10000), "97.52 % (9752/10000)");
    EXPECT_EQ(app::accuracyText(0, 2000), "0.00 % (0/2000)");
    EXPECT_EQ(app::accuracyText(2000, 2000), "100.00 % (2000/2000)");
    EXPECT_EQ(app::accuracyText(0, 0), "0.00 % (0/0)");
}

TEST(Format, neverRoundsUpToAllRight)
{
    EXPECT_EQ(app::accuracyText(59'999, 60'000), "99.99 % (59999/60000)");
}

TEST(Format, groupsThousands)
{
    EXPECT_EQ(app::grouped(0), "0");
    EXPECT_EQ(app::grouped(999), "999");
    EXPECT_EQ(app::grouped(7740), "7,740");
    EXPECT_EQ(app::grouped(1'234'567), "1,234,567");
}

TEST(Format, saysDurationsAsAClock)
{
    EXPECT_EQ(app::clockText(-1), "0:00");
    EXPECT_EQ(app::clockText(7.4), "0:07");
    EXPECT_EQ(app::clockText(59.6), "1:00");
    EXPECT_EQ(app::clockText(3723), "1:02:03");
}

TEST(Format, padsByCharactersNotBytes)
{
    EXPECT_EQ(app::padRight("ab", 4), "ab  ");
    EXPECT_EQ(app::padRight("お", 3), "お  ");
    EXPECT_EQ(app::padRight("abc", 2), "abc");
}
