// The real program, killed at each of its writes while it keeps digits or sets a damaged file aside. What the
// next start finds are digits of before or after, and IDX files that are theirs.
#include "Studio.h"

#include "core/catalog/DatasetCatalog.h"
#include "core/catalog/KeptDigitsFile.h"
#include "engine/data/IdxFolder.h"
#include "support/Files.h"
#include "support/Results.h"

#include <QDir>
#include <gtest/gtest.h>

namespace
{

using Digits = std::vector<core::KeptDigit>;

const QString kDatasets = QStringLiteral("home/.local/share/tinyvgg-studio/datasets");
const QString kOwn = kDatasets + QStringLiteral("/my-digits");
constexpr int kKilled = 128 + 9;

class KilledKeep : public testing::Test
{
protected:
    QString own() const { return m_studio.path(kOwn); }
    std::filesystem::path truth() const { return own().toStdString() + "/digits.jsonl"; }
    /// The digits of the fixture, one of each class.
    Ended keep() const { return m_studio.runShell(QStringLiteral("\"$STUDIO\" ") + kKeep); }
    /// Killed at this write; the exit code is kKilled if there are so many.
    Ended killed(const QString& arguments, int at) const
    {
        return m_studio.runShell(
            QStringLiteral("KILL_AT=%1 KILL_BELOW=%2 LD_PRELOAD=" KILL_SWITCH
                           " ASAN_OPTIONS=$ASAN_OPTIONS:verify_asan_link_order=0 \"$STUDIO\" %3; exit $?")
                .arg(at)
                .arg(m_studio.path(kDatasets), arguments));
    }
    void empty() const { std::filesystem::remove_all(m_studio.path(kDatasets).toStdString()); }
    QStringList files() const { return QDir(own()).entryList(QDir::Files | QDir::Hidden, QDir::Name); }

    /// As a start of the program finds it: the data set, then the IDX files beside it.
    void expectDataset(const Digits& digits) const
    {
        const core::DatasetCatalog catalog(
            {m_studio.path(kDatasets), {}, m_studio.runsFolder(), QString(), QString()});
        const auto loaded = catalog.load(QLatin1String(core::kOwnDigitsId));
        if (digits.empty()) {
            EXPECT_TRUE(test::failsWith(loaded, engine::ErrorCode::NotFound));
            EXPECT_EQ(files(), QStringList());
            return;
        }
        ASSERT_TRUE(test::succeeds(loaded));
        EXPECT_TRUE(core::isMadeOf(loaded->splits, digits));
        const auto idx = engine::readIdxFolder(own().toStdString(), "own", "Own");
        ASSERT_TRUE(test::succeeds(idx));
        EXPECT_TRUE(core::isMadeOf(*idx, digits));
    }

    static inline const QString kKeep =
        QStringLiteral("datasets keep " FIXTURES_FOLDER "/drawing/digits.jsonl");

    Studio m_studio;
};

} // namespace

TEST_F(KilledKeep, leavesTheDigitsOfBeforeOrAfterAndTheFilesThatAreTheirs)
{
    for (const int keptBefore : {0, 1}) {
        empty();
        for (int i = 0; i < keptBefore; ++i)
            ASSERT_EQ(keep().exitCode, 0);
        const Digits before = *core::readKeptDigits(own());
        ASSERT_EQ(keep().exitCode, 0);
        const Digits after = *core::readKeptDigits(own());
        ASSERT_EQ(after.size(), before.size() + 10);
        int deaths = 0;
        int ofBefore = 0;
        for (int exitCode = kKilled; exitCode == kKilled;) {
            SCOPED_TRACE(testing::Message() << "killed at write " << deaths + 1);
            empty();
            for (int i = 0; i < keptBefore; ++i)
                ASSERT_TRUE(core::keepDigits(own(), before));
            const Ended ended = killed(kKeep, deaths + 1);
            exitCode = ended.exitCode;
            ASSERT_TRUE(exitCode == kKilled || exitCode == 0) << exitCode << ended.err.toStdString();
            const auto digits = core::readKeptDigits(own());
            ASSERT_TRUE(test::succeeds(digits));
            EXPECT_TRUE(*digits == before || *digits == after);
            expectDataset(*digits);
            EXPECT_LE(files().size(), 5) << "left behind: " << files().join(QLatin1Char(' ')).toStdString();
            ofBefore += *digits == before ? 1 : 0;
            deaths += exitCode == kKilled ? 1 : 0;
        }
        EXPECT_GE(ofBefore, 4) << "creating, writing, flushing and renaming the digits";
        EXPECT_GE(deaths - ofBefore, 16) << "and the four files made of them";
    }
}

TEST_F(KilledKeep, leavesTheDamagedFileUntilTheSoundDigitsAreInANewOne)
{
    ASSERT_EQ(keep().exitCode, 0);
    const Digits sound = *core::readKeptDigits(own());
    const std::string damaged = test::readFile(truth()) + "{\"label\":1";
    int deaths = 0;
    for (int exitCode = kKilled; exitCode == kKilled;) {
        SCOPED_TRACE(testing::Message() << "killed at write " << deaths + 1);
        for (const QString& name : files().filter(QStringLiteral("damaged")))
            QFile::remove(QDir(own()).filePath(name));
        test::writeFile(truth(), damaged);
        exitCode = killed(QStringLiteral("datasets repair my-digits"), deaths + 1).exitCode;
        ASSERT_TRUE(exitCode == kKilled || exitCode == 0) << exitCode;
        deaths += exitCode == kKilled ? 1 : 0;
        if (test::readFile(truth()) == damaged) { // to be repaired again
            EXPECT_TRUE(test::failsWith(core::refreshKeptDigits(own()), engine::ErrorCode::BadFormat));
            ASSERT_TRUE(core::setDamagedDigitsAside(own()));
        }
        EXPECT_EQ(*core::readKeptDigits(own()), sound);
        expectDataset(sound);
        EXPECT_EQ(test::readFile(own().toStdString() + "/digits.jsonl.damaged-1"), damaged);
    }
    EXPECT_GE(deaths, 5);
}
