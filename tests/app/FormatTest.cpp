#include "app/Format.h"

#include <gtest/gtest.h>

TEST(Format, saysNumbersAsCoreDoes)
{
    EXPECT_EQ(app::accuracyText(59'999, 60'000), "99.99 % (59999/60000)");
    EXPECT_EQ(app::countText(1'234'567), "1,234,567");
    EXPECT_EQ(app::durationText(3723), "1:02:03");
    EXPECT_EQ(app::sizeText(11'594'722), "11.6 MB");
}

TEST(Format, padsByCharactersNotBytes)
{
    EXPECT_EQ(app::padRight("ab", 4), "ab  ");
    EXPECT_EQ(app::padRight("お", 3), "お  ");
    EXPECT_EQ(app::padRight("abc", 2), "abc");
}
