#include "Studio.h"

#include <gtest/gtest.h>

TEST(Devices, printsWhatCanTrain)
{
    const Ended ended = Studio().run({QStringLiteral("devices")});
    EXPECT_EQ(ended.exitCode, 0);
    EXPECT_TRUE(ended.out.startsWith("cpu ")) << ended.out.toStdString();
    EXPECT_TRUE(ended.out.contains("thread")) << ended.out.toStdString();
    EXPECT_TRUE(ended.out.contains("gpu")) << ended.out.toStdString();
}

TEST(Devices, listsAsJson)
{
    const Ended ended = Studio().run({QStringLiteral("devices"), QStringLiteral("--json")});
    EXPECT_EQ(ended.exitCode, 0);
    const auto lines = ended.json();
    ASSERT_GE(lines.size(), 2u);
    EXPECT_EQ(lines[0][QStringLiteral("device")].toString(), QStringLiteral("cpu"));
    EXPECT_TRUE(lines[0][QStringLiteral("usable")].toBool());
    EXPECT_GE(lines[0][QStringLiteral("threads")].toInt(), 1);
    for (const QJsonObject& line : lines) {
        EXPECT_FALSE(line[QStringLiteral("name")].toString().isEmpty());
        EXPECT_EQ(line[QStringLiteral("reason")].isNull(), line[QStringLiteral("usable")].toBool());
    }
}
