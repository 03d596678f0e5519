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

KeptDigit forTesting(KeptDigit digit)
{
    digit.isForTesting = true;
    return digit;
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
        ASSERT_TRUE(succeeds(core::keepDigits(m_own, {digit(i, static_cast<std::uint8_t>(i))})));
    const auto digits = core::readKeptDigits(m_own);
    ASSERT_TRUE(succeeds(digits));
    ASSERT_EQ(digits->size(), 5U);
    EXPECT_EQ((*digits)[2], digit(2, 2));
    EXPECT_EQ((*digits)[3], forTesting(digit(3, 3)));
}

TEST_F(KeptDigitsTest, removesOneAndPutsItBackWhereItWas)
{
    ASSERT_TRUE(core::keepDigits(m_own, {digit(1), digit(2), digit(3)}));
    const auto before = core::readKeptDigits(m_own);
    const KeptDigit two = (*before)[1];
    const auto left = core::removeKeptDigit(m_own, two);
    ASSERT_TRUE(succeeds(left));
    EXPECT_EQ(*left, (std::vector<KeptDigit>{(*before)[0], (*before)[2]}));
    EXPECT_EQ(*core::removeKeptDigit(m_own, two), *left) << "it is gone already";
    EXPECT_EQ(*core::restoreKeptDigit(m_own, two, 1), *before);
    EXPECT_EQ(core::restoreKeptDigit(m_own, two, 77)->back(), two) << "there are fewer by now";
}

TEST_F(KeptDigitsTest, dealsEachClassOutToTrainingAndTestingInTurn)
{
    ASSERT_TRUE(core::keepDigits(m_own, {digit(0, 1), digit(0, 2), digit(0, 3), digit(1, 4), digit(1, 5)}));
    const auto splits = core::splitKept(*core::readKeptDigits(m_own));
    EXPECT_EQ(splits.train, (std::vector<KeptDigit>{digit(0, 1), digit(0, 3), digit(1, 5)}));
    EXPECT_EQ(splits.test, (std::vector<KeptDigit>{forTesting(digit(0, 2)), forTesting(digit(1, 4))}));
    EXPECT_FALSE(core::splitKept({digit(0), digit(2)}).isUsable()) << "none to test on";
    EXPECT_TRUE(core::splitKept({digit(0), forTesting(digit(1))}).isUsable());
}

/// Else a model would be tested on what it was trained on.
TEST_F(KeptDigitsTest, leavesADigitInItsHalfWhateverBecomesOfTheOthers)
{
    std::vector<KeptDigit> sevens;
    for (std::uint8_t ink = 1; ink <= 6; ++ink)
        sevens.push_back(digit(7, ink));
    ASSERT_TRUE(core::keepDigits(m_own, sevens));
    const auto before = core::readKeptDigits(m_own);
    ASSERT_TRUE(core::removeKeptDigit(m_own, before->front())); // for testing
    ASSERT_TRUE(core::keepDigits(m_own, {digit(7, 7), digit(7, 8)}));
    const auto after = core::readKeptDigits(m_own);
    ASSERT_EQ(after->size(), 7U);
    for (std::size_t i = 0; i < 5; ++i)
        EXPECT_EQ((*after)[i], (*before)[i + 1]);
    EXPECT_TRUE((*after)[5].isForTesting) << "the half that has lost one gets the next";
    EXPECT_TRUE((*after)[6].isForTesting);
    EXPECT_EQ(core::splitKept(*after).test.size(), 4U);
}

TEST_F(KeptDigitsTest, readsAFileOfBeforeThereWereHalves)
{
    ASSERT_TRUE(core::keepDigits(m_own, {digit(0, 1), digit(1, 2), digit(0, 3), digit(1, 4), digit(0, 5)}));
    const auto whole = core::readKeptDigits(m_own);
    std::string old = test::readFile(file("digits.jsonl"));
    for (const std::string half : {"\"half\":\"train\",", "\"half\":\"test\","}) {
        for (auto at = old.find(half); at != std::string::npos; at = old.find(half))
            old.erase(at, half.size());
    }
    ASSERT_EQ(old.find("half"), std::string::npos);
    test::writeFile(file("digits.jsonl"), old);
    const auto read = core::readKeptDigits(m_own);
    ASSERT_TRUE(succeeds(read));
    EXPECT_EQ(*read, *whole);
}

TEST_F(KeptDigitsTest, isADataSetOfTheCatalogAsSoonAsThereIsSomethingInBothHalves)
{
    EXPECT_NE(m_catalog.find(QStringLiteral("my-digits")), nullptr);
    ASSERT_TRUE(core::keepDigits(m_own, {digit(0)}));
    EXPECT_FALSE(m_catalog.locate(m_catalog.ownDigits()));
    EXPECT_TRUE(failsWith(m_catalog.load(QStringLiteral("my-digits")), ErrorCode::NotFound, {"not enough"}));

    ASSERT_TRUE(core::keepDigits(m_own, {digit(7, 77)}));
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
    std::vector<KeptDigit> digits = *core::readKeptDigits(m_own);
    EXPECT_TRUE(core::isMadeOf(loaded->splits, digits));
    digits[1].pixels[100] = 78;
    EXPECT_FALSE(core::isMadeOf(loaded->splits, digits));
    digits.pop_back();
    EXPECT_FALSE(core::isMadeOf(loaded->splits, digits));

    ASSERT_TRUE(core::removeKeptDigit(m_own, forTesting(digit(7, 77))));
    EXPECT_FALSE(m_catalog.locate(m_catalog.ownDigits()));
}

TEST_F(KeptDigitsTest, refusesWhatIsNoDigit)
{
    EXPECT_TRUE(failsWith(core::keepDigits(m_own, {digit(10)}), ErrorCode::BadValue));
    EXPECT_TRUE(failsWith(core::keepDigits(m_own, {digit(4), {3, {1, 2}}}), ErrorCode::BadValue, {"784"}));
    EXPECT_TRUE(core::readKeptDigits(m_own)->empty()) << "all or none";
}

TEST_F(KeptDigitsTest, namesTheLineThatIsDamagedAndLeavesTheFile)
{
    ASSERT_TRUE(core::keepDigits(m_own, {digit(1)}));
    const std::string good = test::readFile(file("digits.jsonl"));
    for (const char* bad : {"{}", "{\"label\":11,\"pixels\":\"\"}", "{\"label\":1,\"pixels\":\"AAAA\"}",
                            "{\"label\":1,\"pixels\":\"?\"}",
                            "{\"half\":\"other\",\"label\":1,\"pixels\":\"?\"}", "[", "seven"}) {
        const std::string content = good + bad + "\n";
        test::writeFile(file("digits.jsonl"), content);
        EXPECT_TRUE(failsWith(core::readKeptDigits(m_own), ErrorCode::BadFormat, {"digits.jsonl", "line 2"}));
        EXPECT_TRUE(failsWith(core::keepDigits(m_own, {digit(2)}), ErrorCode::BadFormat));
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
        kept.undo();
        EXPECT_TRUE(kept.digits().empty()) << "never at once";
        ASSERT_TRUE(waitUntil([&] { return changes == 5; }));
        EXPECT_EQ(kept.digits().size(), 2U);
        EXPECT_EQ(kept.counts()[3], 2);
        EXPECT_TRUE(kept.isUsable());
        kept.keep(digit(9));
    }
    EXPECT_EQ(core::readKeptDigits(m_own)->size(), 3U) << "what was asked for is done before it is gone";
}

TEST_F(KeptDigitsTest, undoesOneChangeAfterTheOther)
{
    ASSERT_TRUE(core::keepDigits(m_own, {digit(5)}));
    KeptDigits kept(m_own);
    int changes = 0;
    QObject::connect(&kept, &KeptDigits::changed, &kept, [&] { ++changes; });
    const auto isDone = [&](int count) { return waitUntil([&] { return changes == count; }); };
    kept.load();
    ASSERT_TRUE(isDone(1));
    EXPECT_FALSE(kept.lastChange()) << "of an earlier time";
    kept.keep(digit(6));
    ASSERT_TRUE(isDone(2));
    const std::vector<KeptDigit> both = kept.digits();
    kept.remove(0);
    kept.remove(0); // before it is known what there is: the same one was meant
    ASSERT_TRUE(isDone(3));
    EXPECT_EQ(kept.digits(), std::vector<KeptDigit>{both[1]});
    ASSERT_TRUE(kept.lastChange());
    EXPECT_TRUE(kept.lastChange()->isRemoval);
    EXPECT_EQ(kept.lastChange()->digit, both[0]);

    kept.undo();
    ASSERT_TRUE(isDone(4));
    EXPECT_EQ(kept.digits(), both) << "at its place, in its half";
    ASSERT_TRUE(kept.lastChange());
    EXPECT_FALSE(kept.lastChange()->isRemoval);
    kept.undo();
    ASSERT_TRUE(isDone(5));
    EXPECT_EQ(kept.digits(), std::vector<KeptDigit>{both[0]});
    EXPECT_FALSE(kept.lastChange());
    kept.undo();
    ASSERT_TRUE(isDone(6));
    EXPECT_EQ(kept.digits().size(), 1U) << "nothing is left to undo";
    EXPECT_EQ(*core::readKeptDigits(m_own), kept.digits());
}

TEST_F(KeptDigitsTest, reportsWhatCannotBeWritten)
{
    test::writeFile(m_folder / "datasets", "a file where the folder should be");
    KeptDigits kept(m_own);
    std::optional<engine::Error> error;
    QObject::connect(&kept, &KeptDigits::failed, &kept, [&](const engine::Error& found) { error = found; });
    kept.keep(digit(1));
    ASSERT_TRUE(waitUntil([&] { return error.has_value(); }));
    EXPECT_TRUE(error->code == ErrorCode::CannotWrite || error->code == ErrorCode::CannotRead);
}
