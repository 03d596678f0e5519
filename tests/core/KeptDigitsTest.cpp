#include "core/session/KeptDigits.h"

#include "core/catalog/DatasetCatalog.h"
#include "support/Files.h"
#include "support/Results.h"
#include "support/WaitUntil.h"

#include <gtest/gtest.h>

using core::KeptDigit;
using core::KeptDigits;
using engine::ErrorCode;
using test::failsWith;
using test::succeeds;
using test::waitUntil;

namespace
{

KeptDigit digit(int label, std::uint8_t ink = 200)
{
    return {label, std::vector<std::uint8_t>(784, ink)};
}

class KeptDigitsTest : public testing::Test
{
protected:
    core::StudioFolders folders() const
    {
        return {path("datasets"), {}, path("runs"), path("settings.ini"), path("verdicts")};
    }
    QString path(const char* name) const { return QString::fromStdString((m_folder / name).string()); }
    std::filesystem::path file(const char* name) const
    {
        return std::filesystem::path(m_own.toStdString()) / name;
    }

    test::TemporaryFolder m_folder;
    core::DatasetCatalog m_catalog{folders()};
    QString m_own = m_catalog.ownDigitsFolder();
};

} // namespace

TEST_F(KeptDigitsTest, growsAndComesBackAsItWas)
{
    EXPECT_TRUE(core::readKeptDigits(m_own)->empty()) << "no folder yet";
    for (int i = 0; i < 5; ++i)
        ASSERT_TRUE(succeeds(core::keepDigit(m_own, digit(i, static_cast<std::uint8_t>(i)))));
    const auto digits = core::readKeptDigits(m_own);
    ASSERT_TRUE(succeeds(digits));
    ASSERT_EQ(digits->size(), 5U);
    EXPECT_EQ((*digits)[3], digit(3, 3));
}

TEST_F(KeptDigitsTest, takesTheLastBack)
{
    ASSERT_TRUE(core::keepDigit(m_own, digit(1)));
    ASSERT_TRUE(core::keepDigit(m_own, digit(2)));
    const auto left = core::removeLastKeptDigit(m_own);
    ASSERT_TRUE(succeeds(left));
    EXPECT_EQ(*left, std::vector<KeptDigit>{digit(1)});
    ASSERT_TRUE(core::removeLastKeptDigit(m_own));
    EXPECT_TRUE(core::removeLastKeptDigit(m_own)->empty()) << "nothing to take back";
}

TEST_F(KeptDigitsTest, dealsEachClassOutToTrainingAndTestingInTurn)
{
    const auto splits = core::splitKept({digit(0, 1), digit(0, 2), digit(0, 3), digit(1, 4), digit(1, 5)});
    EXPECT_EQ(splits.train, (std::vector<KeptDigit>{digit(0, 1), digit(0, 3), digit(1, 5)}));
    EXPECT_EQ(splits.test, (std::vector<KeptDigit>{digit(0, 2), digit(1, 4)}));
    EXPECT_FALSE(core::splitKept({digit(0), digit(2)}).isUsable()) << "none to test on";
    EXPECT_TRUE(core::splitKept({digit(0), digit(1)}).isUsable());
}

TEST_F(KeptDigitsTest, isADataSetOfTheCatalogAsSoonAsThereIsSomethingInBothHalves)
{
    EXPECT_NE(m_catalog.find(QStringLiteral("my-digits")), nullptr);
    ASSERT_TRUE(core::keepDigit(m_own, digit(0)));
    EXPECT_FALSE(m_catalog.locate(m_catalog.ownDigits()));
    EXPECT_TRUE(failsWith(m_catalog.load(QStringLiteral("my-digits")), ErrorCode::NotFound, {"not enough"}));

    ASSERT_TRUE(core::keepDigit(m_own, digit(7, 77)));
    ASSERT_TRUE(m_catalog.locate(m_catalog.ownDigits()));
    const auto loaded = m_catalog.load(QStringLiteral("my-digits"));
    ASSERT_TRUE(succeeds(loaded));
    EXPECT_EQ(loaded->splits.title, "My digits");
    EXPECT_EQ(loaded->splits.train.size(), 1U);
    EXPECT_EQ(loaded->splits.train.classCount(), 10) << "whatever labels there are";
    ASSERT_EQ(loaded->splits.test.size(), 1U);
    EXPECT_EQ(loaded->splits.test.label(0), 7);
    EXPECT_EQ(loaded->splits.test.image(0)[100], 77);
    EXPECT_EQ(loaded->verification, core::Verification::NotApplicable);

    ASSERT_TRUE(core::removeLastKeptDigit(m_own));
    EXPECT_FALSE(m_catalog.locate(m_catalog.ownDigits()));
}

TEST_F(KeptDigitsTest, refusesWhatIsNoDigit)
{
    EXPECT_TRUE(failsWith(core::keepDigit(m_own, digit(10)), ErrorCode::BadValue));
    EXPECT_TRUE(failsWith(core::keepDigit(m_own, {3, {1, 2}}), ErrorCode::BadValue, {"784"}));
}

TEST_F(KeptDigitsTest, namesTheLineThatIsDamagedAndLeavesTheFile)
{
    ASSERT_TRUE(core::keepDigit(m_own, digit(1)));
    const std::string good = test::readFile(file("digits.jsonl"));
    for (const char* bad : {"{}", "{\"label\":11,\"pixels\":\"\"}", "{\"label\":1,\"pixels\":\"AAAA\"}",
                            "{\"label\":1,\"pixels\":\"?\"}", "[", "seven"}) {
        const std::string content = good + bad + "\n";
        test::writeFile(file("digits.jsonl"), content);
        EXPECT_TRUE(failsWith(core::readKeptDigits(m_own), ErrorCode::BadFormat, {"digits.jsonl", "line 2"}));
        EXPECT_TRUE(failsWith(core::keepDigit(m_own, digit(2)), ErrorCode::BadFormat));
        EXPECT_EQ(test::readFile(file("digits.jsonl")), content);
    }
}

TEST_F(KeptDigitsTest, worksOffTheGuiThreadInTheOrderOfTheCalls)
{
    {
        KeptDigits kept(m_own);
        int changes = 0;
        QObject::connect(&kept, &KeptDigits::changed, &kept, [&] { ++changes; });
        kept.load();
        for (const int label : {3, 3, 4})
            kept.keep(digit(label));
        kept.removeLast();
        EXPECT_TRUE(kept.digits().empty()) << "never at once";
        ASSERT_TRUE(waitUntil([&] { return changes == 5; }));
        EXPECT_EQ(kept.digits().size(), 2U);
        EXPECT_EQ(kept.counts()[3], 2);
        EXPECT_TRUE(kept.isUsable());
        kept.keep(digit(9));
    }
    EXPECT_EQ(core::readKeptDigits(m_own)->size(), 3U) << "what was asked for is done before it is gone";
}

TEST_F(KeptDigitsTest, tellsWhatCannotBeWritten)
{
    test::writeFile(m_folder / "datasets", "a file where the folder should be");
    KeptDigits kept(m_own);
    std::optional<engine::Error> error;
    QObject::connect(&kept, &KeptDigits::failed, &kept, [&](const engine::Error& found) { error = found; });
    kept.keep(digit(1));
    ASSERT_TRUE(waitUntil([&] { return error.has_value(); }));
    EXPECT_TRUE(error->code == ErrorCode::CannotWrite || error->code == ErrorCode::CannotRead);
}
