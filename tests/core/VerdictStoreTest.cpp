#include "core/evaluation/VerdictStore.h"

#include "EvaluatedSplits.h"
#include "core/evaluation/VerdictFile.h"
#include "support/Files.h"
#include "support/WaitUntil.h"

#include <QFile>
#include <gtest/gtest.h>

using core::ImageKey;
using core::Judgement;
using core::Verdict;
using test::waitUntil;

namespace
{

constexpr ImageKey kImage = {true, 947};
constexpr ImageKey kOther = {false, 947};

class VerdictStoreTest : public testing::Test
{
protected:
    VerdictStoreTest() { reopen(); }

    /// As after a new start of the program.
    void reopen()
    {
        store.reset();
        store = std::make_unique<core::VerdictStore>(folder());
        store->open(QStringLiteral("mnist"));
        EXPECT_TRUE(waitUntil([&] { return store->isOpen() || store->isDamaged(); }));
    }
    QString folder() const { return QString::fromStdString((m_folder / "verdicts").string()); }
    QString path() const { return core::verdictsPath(folder(), QStringLiteral("mnist")); }
    core::Verdicts onDisk() const { return core::readVerdicts(path(), QStringLiteral("mnist")).value(); }

    test::TemporaryFolder m_folder;
    std::unique_ptr<core::VerdictStore> store;
};

} // namespace

TEST_F(VerdictStoreTest, keepsVerdictsAndNotesOfEveryImage)
{
    int changes = 0;
    QObject::connect(store.get(), &core::VerdictStore::changed, store.get(), [&] { ++changes; });
    store->setVerdict(kImage, Verdict::LabelWrong);
    store->setNote(kImage, QStringLiteral("a nine"));
    store->setVerdict(kOther, Verdict::ModelErred);
    store->setVerdict(kOther, Verdict::ModelErred); // no change
    EXPECT_EQ(changes, 3);
    EXPECT_EQ(store->judgement(kImage), (Judgement{Verdict::LabelWrong, QStringLiteral("a nine")}));
    reopen();
    EXPECT_EQ(store->judgement(kImage), (Judgement{Verdict::LabelWrong, QStringLiteral("a nine")}));
    EXPECT_EQ(store->judgement(kOther), (Judgement{Verdict::ModelErred, {}}));
    EXPECT_EQ(store->verdicts().size(), 2U);
    store->setVerdict(kOther, std::nullopt);
    EXPECT_EQ(store->verdicts().size(), 1U);
    reopen();
    EXPECT_TRUE(store->judgement(kOther).isEmpty());
}

TEST_F(VerdictStoreTest, isOnDiskSoonWithoutBeingClosed)
{
    for (std::uint32_t i = 0; i < 100; ++i)
        store->setVerdict({true, i}, Verdict::Unreadable);
    EXPECT_TRUE(waitUntil([&] { return onDisk().size() == 100; }));
}

TEST_F(VerdictStoreTest, isUndoneAndDoneAgain)
{
    EXPECT_FALSE(store->canUndo());
    store->setVerdict(kImage, Verdict::LabelWrong);
    store->setNote(kImage, QStringLiteral("a nine"));
    store->undo();
    EXPECT_EQ(store->judgement(kImage), (Judgement{Verdict::LabelWrong, {}}));
    store->undo();
    EXPECT_TRUE(store->judgement(kImage).isEmpty());
    EXPECT_FALSE(store->canUndo());
    store->undo(); // nothing
    store->redo();
    EXPECT_EQ(store->judgement(kImage).verdict, Verdict::LabelWrong);
    EXPECT_TRUE(store->canRedo());
    store->setVerdict(kOther, Verdict::Unreadable); // another way was taken
    EXPECT_FALSE(store->canRedo());
    store->undo();
    reopen();
    EXPECT_EQ(store->verdicts(), (core::Verdicts{{kImage, {Verdict::LabelWrong, {}}}}));
}

TEST_F(VerdictStoreTest, keepsDataSetsApart)
{
    store->setVerdict(kImage, Verdict::LabelWrong);
    store->open(QStringLiteral("kmnist"));
    EXPECT_FALSE(store->isOpen());
    store->setVerdict(kImage, Verdict::Unreadable); // not yet: what there is was not read
    ASSERT_TRUE(waitUntil([&] { return store->isOpen(); }));
    EXPECT_TRUE(store->verdicts().empty());
    EXPECT_FALSE(store->canUndo());
    store->setVerdict(kImage, Verdict::ModelErred);
    store->open(QStringLiteral("mnist"));
    ASSERT_TRUE(waitUntil([&] { return store->isOpen(); }));
    EXPECT_EQ(store->judgement(kImage).verdict, Verdict::LabelWrong);
}

TEST_F(VerdictStoreTest, leavesADamagedFileAloneUntilItIsSetAside)
{
    store->setVerdict(kImage, Verdict::LabelWrong);
    store.reset();
    test::writeFile(path().toStdString(), "nonsense");
    store = std::make_unique<core::VerdictStore>(folder());
    std::vector<engine::Error> failures;
    QObject::connect(store.get(), &core::VerdictStore::failed, store.get(),
                     [&](const engine::Error& error) { failures.push_back(error); });
    store->open(QStringLiteral("mnist"));
    ASSERT_TRUE(waitUntil([&] { return store->isDamaged(); }));
    ASSERT_EQ(failures.size(), 1U);
    EXPECT_NE(failures[0].message.find(path().toStdString()), std::string::npos);
    store->setVerdict(kImage, Verdict::Unreadable);
    EXPECT_TRUE(store->verdicts().empty());
    EXPECT_EQ(test::readFile(path().toStdString()), "nonsense");

    store->setDamagedFileAside();
    ASSERT_TRUE(waitUntil([&] { return store->isOpen(); }));
    store->setVerdict(kImage, Verdict::Unreadable);
    EXPECT_TRUE(waitUntil([&] { return QFile::exists(path()) && onDisk().size() == 1; }));
    EXPECT_EQ(test::readFile(path().toStdString() + ".damaged-1"), "nonsense");
}

TEST_F(VerdictStoreTest, triesAgainWhatCouldNotBeWritten)
{
    std::vector<engine::Error> failures;
    QObject::connect(store.get(), &core::VerdictStore::failed, store.get(),
                     [&](const engine::Error& error) { failures.push_back(error); });
    test::writeFile(m_folder / "verdicts", "a file where the folder should be");
    store->setVerdict(kImage, Verdict::LabelWrong);
    ASSERT_TRUE(waitUntil([&] { return failures.size() == 1; }));
    EXPECT_EQ(store->judgement(kImage).verdict, Verdict::LabelWrong) << "not lost";
    std::filesystem::remove(m_folder / "verdicts");
    store->setVerdict(kOther, Verdict::ModelErred);
    EXPECT_TRUE(waitUntil([&] { return QFile::exists(path()) && onDisk().size() == 2; }));
    EXPECT_EQ(failures.size(), 1U);
}

TEST_F(VerdictStoreTest, countsWhatTheErrorsTurnedOutToBe)
{
    auto split = test::evaluatedSplit({0, 1, 2, 0, 1}, {1, 1, 0, 2, 0}, {0.9F, 0.9F, 0.8F, 0.7F, 0.6F});
    const core::Verdicts verdicts = {{{true, 0}, {Verdict::LabelWrong, QStringLiteral("=\"x\"")}},
                                     {{true, 1}, {Verdict::Unreadable, {}}},
                                     {{true, 2}, {Verdict::ModelErred, {}}},
                                     {{true, 3}, {std::nullopt, QStringLiteral("hm, well")}},
                                     {{false, 4}, {Verdict::ModelErred, {}}}, // a training image
                                     {{true, 99}, {Verdict::ModelErred, {}}}};
    const core::VerdictCounts counts = core::countVerdicts(*split, verdicts);
    EXPECT_EQ(counts.errors, 4U);
    EXPECT_EQ(counts.judgedErrors(), 2U);
    EXPECT_EQ(counts.ofErrors, (std::array<std::size_t, 3>{1, 1, 0}));
    EXPECT_EQ(counts.ofTheRight, (std::array<std::size_t, 3>{0, 0, 1}));
    using Positions = std::vector<std::uint32_t>;
    EXPECT_EQ(core::positionsWith(Verdict::LabelWrong, *split, verdicts), (Positions{0}));
    EXPECT_EQ(core::positionsWith(std::nullopt, *split, verdicts), (Positions{0, 1, 2}));
    EXPECT_EQ(core::verdictsCsv(*split, verdicts),
              "index,label,prediction,label_probability,verdict,note\n"
              "0,\"0\",\"1\",0.05,\"the label is wrong\",\"=\"\"x\"\"\"\n"
              "1,\"1\",\"1\",0.9,\"unreadable\",\"\"\n"
              "2,\"2\",\"0\",0.1,\"the model erred\",\"\"\n"
              "3,\"0\",\"2\",0.15,\"\",\"hm, well\"\n");
    split->kind = core::SplitKind::Train;
    split->indices = {10, 11, 4, 13, 14};
    EXPECT_EQ(core::positionsWith(std::nullopt, *split, verdicts), (Positions{2}));
}
