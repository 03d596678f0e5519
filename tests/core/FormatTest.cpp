#include "core/Format.h"

#include <QLocale>
#include <gtest/gtest.h>

namespace
{

class Format : public testing::Test
{
protected:
    Format() { QLocale::setDefault(QLocale(QLocale::English)); }
    ~Format() override { QLocale::setDefault(m_before); }

private:
    QLocale m_before;
};

} // namespace

TEST_F(Format, saysAccuracyAsPercentAndCounts)
{
    EXPECT_EQ(core::accuracyText(9752, 10000), QStringLiteral("97.52 % (9752/10000)"));
    EXPECT_EQ(core::accuracyText(0, 2000), QStringLiteral("0.00 % (0/2000)"));
    EXPECT_EQ(core::accuracyText(2000, 2000), QStringLiteral("100.00 % (2000/2000)"));
    EXPECT_EQ(core::accuracyText(0, 0), QStringLiteral("0.00 % (0/0)"));
}

TEST_F(Format, neverRoundsUpToAllRight)
{
    EXPECT_EQ(core::accuracyText(59'999, 60'000), QStringLiteral("99.99 % (59999/60000)"));
    EXPECT_EQ(core::shareText(0.99999, 1), QStringLiteral("99.9 %"));
    EXPECT_EQ(core::shareText(1.0, 1), QStringLiteral("100.0 %"));
    EXPECT_EQ(core::percentText(2999, 3000, 1), QStringLiteral("99.9 %"));
}

TEST_F(Format, groupsThousandsAsTheLanguageDoes)
{
    EXPECT_EQ(core::countText(0), QStringLiteral("0"));
    EXPECT_EQ(core::countText(999), QStringLiteral("999"));
    EXPECT_EQ(core::countText(7740), QStringLiteral("7,740"));
    EXPECT_EQ(core::countText(1'234'567), QStringLiteral("1,234,567"));
    QLocale::setDefault(QLocale(QLocale::German));
    EXPECT_EQ(core::countText(1'234'567), QStringLiteral("1.234.567"));
    EXPECT_EQ(core::percentText(1, 8), QStringLiteral("12.50 %"));
}

TEST_F(Format, countsImages)
{
    EXPECT_EQ(core::imagesText(0), QStringLiteral("0 images"));
    EXPECT_EQ(core::imagesText(1), QStringLiteral("1 image"));
    EXPECT_EQ(core::imagesText(60'000), QStringLiteral("60,000 images"));
}

TEST_F(Format, saysHowMuchMoreOrLess)
{
    EXPECT_EQ(core::changeText(5, 5), QStringLiteral("no change"));
    EXPECT_EQ(core::changeText(5, 1029), QStringLiteral("+1,024"));
    EXPECT_EQ(core::changeText(8, 5), QStringLiteral("−3"));
}

TEST_F(Format, saysDurationsAsAClock)
{
    EXPECT_EQ(core::durationText(-1), QStringLiteral("0:00"));
    EXPECT_EQ(core::durationText(7.4), QStringLiteral("0:07"));
    EXPECT_EQ(core::durationText(59.6), QStringLiteral("1:00"));
    EXPECT_EQ(core::durationText(125), QStringLiteral("2:05"));
    EXPECT_EQ(core::durationText(3660), QStringLiteral("1:01:00"));
}

TEST_F(Format, saysSizesInMillionsOfBytes)
{
    EXPECT_EQ(core::sizeText(11'594'722), QStringLiteral("11.6 MB"));
}
