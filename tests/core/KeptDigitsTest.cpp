#include "core/session/KeptDigits.h"

#include "core/catalog/DatasetCatalog.h"
#include "engine/data/IdxFolder.h"
#include "support/Files.h"
#include "support/Results.h"
#include "support/TinyKnownDataset.h"
#include "support/WaitUntil.h"

#include <functional>
#include <gtest/gtest.h>
#include <map>

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

TEST_F(KeptDigitsTest, usesTheDigitsAndMakesFilesThatAreNotTheirsAnew)
{
    ASSERT_TRUE(core::keepDigits(m_own, {digit(0, 1), digit(1, 2), digit(2, 3), digit(3, 4)}));
    const std::vector<KeptDigit> digits = *core::readKeptDigits(m_own);
    std::map<std::string, std::string> whole;
    for (const char* name : engine::kIdxFileNames)
        whole[name] = test::readFile(file(name));
    const std::vector<std::function<void(const std::filesystem::path&)>> faults = {
        [](const auto& path) { std::filesystem::remove(path); },
        [](const auto& path) { test::writeFile(path, test::readFile(path).substr(0, 9)); },
        [](const auto& path) { test::writeFile(path, test::readFile(path) + "more"); },
        [](const auto& path) {
            std::string bytes = test::readFile(path);
            bytes.back() ^= 1; // another pixel or label, as of an earlier state
            test::writeFile(path, bytes);
        },
    };
    for (const QString& name : {QStringLiteral("my-digits"), m_own}) {
        for (const auto& fault : faults) {
            for (const auto& [damaged, bytes] : whole) {
                fault(file(damaged.c_str()));
                EXPECT_TRUE(m_catalog.locate(m_catalog.ownDigits()));
                const auto loaded = m_catalog.load(name);
                ASSERT_TRUE(succeeds(loaded));
                EXPECT_TRUE(core::isMadeOf(loaded->splits, digits));
                EXPECT_EQ(loaded->splits.id, name.toStdString());
                EXPECT_EQ(test::readFile(file(damaged.c_str())), bytes);
            }
        }
    }
}

TEST_F(KeptDigitsTest, removesTheFilesWhereAHalfHasBecomeEmpty)
{
    ASSERT_TRUE(core::keepDigits(m_own, {digit(0), digit(1)}));
    const std::string labels = test::readFile(file(engine::kIdxFileNames[1]));
    ASSERT_TRUE(core::removeKeptDigit(m_own, digit(0)));
    for (const char* name : engine::kIdxFileNames)
        EXPECT_FALSE(std::filesystem::exists(file(name)));
    test::writeFile(file(engine::kIdxFileNames[1]), labels); // as if it had been killed before
    EXPECT_TRUE(failsWith(m_catalog.load(QStringLiteral("my-digits")), ErrorCode::NotFound, {"not enough"}));
    EXPECT_FALSE(std::filesystem::exists(file(engine::kIdxFileNames[1])));
}

TEST_F(KeptDigitsTest, leavesAFolderWithoutKeptDigitsAlone)
{
    test::writeIdxFolder(m_own, test::makeTinyKnownDataset().plain);
    const std::string labels = test::readFile(file(engine::kIdxFileNames[1]));
    EXPECT_TRUE(core::refreshKeptDigits(m_own)->empty());
    EXPECT_EQ(test::readFile(file(engine::kIdxFileNames[1])), labels);
    EXPECT_FALSE(m_catalog.locate(m_catalog.ownDigits()));
    EXPECT_TRUE(succeeds(m_catalog.load(m_own))) << "an ordinary folder";
}

TEST_F(KeptDigitsTest, isNoDataSetWhileItIsDamaged)
{
    ASSERT_TRUE(core::keepDigits(m_own, {digit(0), digit(1)}));
    test::writeFile(file("digits.jsonl"), test::readFile(file("digits.jsonl")) + "{\"label\":");
    ASSERT_TRUE(std::filesystem::exists(file(engine::kIdxFileNames[0])));
    for (const QString& name : {QStringLiteral("my-digits"), m_own})
        EXPECT_TRUE(failsWith(m_catalog.load(name), ErrorCode::BadFormat, {"digits.jsonl", "line 3"}));
    EXPECT_TRUE(m_catalog.locate(m_catalog.ownDigits())) << "listed, so that it can be repaired";
}

TEST_F(KeptDigitsTest, setsADamagedFileAsideAndKeepsWhatCanBeRead)
{
    ASSERT_TRUE(core::keepDigits(m_own, {digit(0, 1), digit(1, 2), digit(2, 3)}));
    const std::vector<KeptDigit> sound = *core::readKeptDigits(m_own);
    const auto nothing = core::setDamagedDigitsAside(m_own);
    ASSERT_TRUE(succeeds(nothing));
    EXPECT_EQ(nothing->damagedLines, 0U);
    EXPECT_EQ(nothing->original, QString());

    const std::string lines = test::readFile(file("digits.jsonl"));
    const std::size_t second = lines.find('\n') + 1;
    for (const auto& [damage, count] :
         {std::pair{std::string("seven\n"), 1U},
          {std::string("\n\0\n \r\n{}\n", 9), 2U},
          {std::string(100'000, '[') + "\n", 1U},
          {"{\"label\":1,\"pixels\":\"" + std::string(50'000, 'A') + "\"}\n", 1U}}) {
        const std::string damaged = lines.substr(0, second) + damage + lines.substr(second);
        test::writeFile(file("digits.jsonl"), damaged);
        ASSERT_TRUE(failsWith(core::readKeptDigits(m_own), ErrorCode::BadFormat, {"line "}));
        const auto repaired = core::setDamagedDigitsAside(m_own);
        ASSERT_TRUE(succeeds(repaired));
        EXPECT_EQ(repaired->digits, sound);
        EXPECT_EQ(repaired->damagedLines, count);
        EXPECT_TRUE(repaired->original.startsWith(m_own + QStringLiteral("/digits.jsonl.damaged-")));
        EXPECT_EQ(test::readFile(repaired->original.toStdString()), damaged);
        EXPECT_EQ(*core::readKeptDigits(m_own), sound);
        ASSERT_TRUE(core::keepDigits(m_own, {digit(9)}));
        ASSERT_TRUE(core::removeKeptDigit(m_own, forTesting(digit(9))));
    }
    EXPECT_TRUE(std::filesystem::exists(file("digits.jsonl.damaged-4"))) << "no earlier one is overwritten";
}

TEST_F(KeptDigitsTest, canBeSetAsideInTheWindow)
{
    ASSERT_TRUE(core::keepDigits(m_own, {digit(0), digit(1)}));
    const std::vector<KeptDigit> sound = *core::readKeptDigits(m_own);
    test::writeFile(file("digits.jsonl"), test::readFile(file("digits.jsonl")) + "seven");
    KeptDigits kept(m_own);
    int failures = 0;
    std::optional<core::RepairedDigits> repair;
    QObject::connect(&kept, &KeptDigits::failed, &kept, [&] { ++failures; });
    QObject::connect(&kept, &KeptDigits::repaired, &kept, [&](const core::RepairedDigits& r) { repair = r; });
    kept.load();
    kept.keep(digit(5));
    ASSERT_TRUE(waitUntil([&] { return failures == 2; }));
    EXPECT_TRUE(kept.isDamaged());
    kept.setDamagedFileAside();
    ASSERT_TRUE(waitUntil([&] { return repair.has_value(); }));
    EXPECT_FALSE(kept.isDamaged());
    EXPECT_EQ(kept.digits(), sound);
    EXPECT_EQ(repair->damagedLines, 1U);
    kept.keep(digit(5));
    ASSERT_TRUE(waitUntil([&] { return kept.digits().size() == 3; }));
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
