#include "core/runs/RunRecorder.h"

#include "core/PlainModel.h"
#include "core/RecordedRun.h"
#include "support/Files.h"
#include "support/Results.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <set>
#include <thread>

using core::RunRecorder;
using engine::ErrorCode;
using test::areSame;
using test::failsWith;
using test::makeModel;
using test::succeeds;

namespace
{

class RunRecorderTest : public testing::Test
{
protected:
    RunRecorderTest()
    {
        m_config.epochs = 3;
        m_config.batchSize = 16;
        m_config.learningRate = 0.05;
        m_config.threads = 2;
        m_data.id = "some-data";
        m_data.title = "Some data";
        m_data.classNames = {"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"};
    }

    engine::Result<std::unique_ptr<RunRecorder>> createNumbered() const
    {
        return RunRecorder::createNumbered(m_runs, m_config, m_data);
    }
    engine::Result<std::unique_ptr<RunRecorder>> createAt(const QString& folder) const
    {
        return RunRecorder::createAt(folder, m_runs, m_config, m_data);
    }
    /// The name of the folder that a new recorder takes.
    QString nextName() const
    {
        const auto recorder = createNumbered();
        EXPECT_TRUE(succeeds(recorder));
        return recorder ? QFileInfo((*recorder)->folder()).fileName() : QString();
    }
    void makeRun(const char* name) const
    {
        EXPECT_TRUE(QDir().mkpath(QDir(m_runs).filePath(QString::fromUtf8(name))));
    }
    QStringList runs() const { return QDir(m_runs).entryList(QDir::AllEntries | QDir::NoDotAndDotDot); }
    QString path(const char* name) const { return m_root.filePath(QLatin1String(name)); }
    static engine::Result<engine::SavedModel> read(const RunRecorder& recorder)
    {
        return engine::readSavedModel(recorder.folder().toStdString());
    }

    QTemporaryDir m_root;
    QString m_runs = m_root.filePath(QStringLiteral("some/runs"));
    engine::TrainingConfig m_config;
    engine::DatasetSplits m_data;
};

void expectSame(const engine::EpochReport& found, const engine::EpochReport& wanted)
{
    EXPECT_EQ(found.epoch, wanted.epoch);
    EXPECT_EQ(found.trainLoss, wanted.trainLoss);
    EXPECT_EQ(found.trainCorrect, wanted.trainCorrect);
    EXPECT_EQ(found.trainTotal, wanted.trainTotal);
    EXPECT_EQ(found.testLoss, wanted.testLoss);
    EXPECT_EQ(found.testCorrect, wanted.testCorrect);
    EXPECT_EQ(found.testTotal, wanted.testTotal);
    EXPECT_EQ(found.trainSeconds, wanted.trainSeconds);
    EXPECT_EQ(found.testSeconds, wanted.testSeconds);
}

/// Before the first batch.
engine::TrainingState stateOf(const engine::TrainingConfig& config)
{
    engine::TrainingState state;
    state.config = config;
    state.model = test::tinyVgg();
    state.trainSize = 100;
    state.parameters = engine::flatWeights(makeModel());
    return state;
}

engine::TrainingOutcome stoppedOutcome(const engine::ModelSnapshot& model,
                                       std::vector<engine::EpochReport> epochs)
{
    return {model, std::move(epochs), true, std::nullopt};
}

} // namespace

TEST_F(RunRecorderTest, numbersTheFirstRunOne)
{
    const auto recorder = createNumbered();
    ASSERT_TRUE(succeeds(recorder));
    EXPECT_EQ((*recorder)->folder(), QDir(m_runs).filePath(QStringLiteral("1")));
    EXPECT_EQ((*recorder)->weightsPath(), QDir(m_runs).filePath(QStringLiteral("1/weights.pt")));
    EXPECT_TRUE(QFileInfo((*recorder)->folder()).isDir());
}

TEST_F(RunRecorderTest, countsOnFromTheLargestNumber)
{
    makeRun("3");
    makeRun("10");
    makeRun("9");
    EXPECT_EQ(nextName(), QStringLiteral("11"));
}

TEST_F(RunRecorderTest, countsOnNextToStrangeNames)
{
    for (const char* name : {"4", "best", "7a", "-9", "1.5", "0x20", " ", "٨", "12 copy", ".hidden"})
        makeRun(name);
    EXPECT_EQ(nextName(), QStringLiteral("5"));
}

TEST_F(RunRecorderTest, countsOnNextToNumbersThatAreNoRuns)
{
    for (const char* name : {"4", "2147483647", "2147483648", "1000000000", "99999999999999999999"})
        makeRun(name);
    EXPECT_EQ(nextName(), QStringLiteral("5"));
}

TEST_F(RunRecorderTest, leavesOutANumberThatAFileHas)
{
    makeRun("4");
    test::writeFile(QDir(m_runs).filePath(QStringLiteral("5")).toStdString(), "a file");
    EXPECT_EQ(nextName(), QStringLiteral("6"));
    EXPECT_EQ(runs(), (QStringList{QStringLiteral("4"), QStringLiteral("5")}));
}

TEST_F(RunRecorderTest, givesTwoRecordersDifferentNumbers)
{
    const auto first = createNumbered();
    const auto second = createNumbered();
    ASSERT_TRUE(first && second);
    EXPECT_EQ(runs(), (QStringList{QStringLiteral("1"), QStringLiteral("2")}));
    EXPECT_NE((*first)->folder(), (*second)->folder());
}

TEST_F(RunRecorderTest, givesRecordersOfTheSameMomentDifferentNumbers)
{
    constexpr std::size_t kCount = 8;
    std::vector<std::unique_ptr<RunRecorder>> recorders(kCount);
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < kCount; ++i) {
        threads.emplace_back([&, i] {
            if (auto recorder = createNumbered())
                recorders[i] = std::move(*recorder);
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    std::set<QString> folders;
    for (const auto& recorder : recorders) {
        ASSERT_TRUE(recorder);
        folders.insert(recorder->folder());
        EXPECT_EQ(QString::number(recorder->number().value_or(0)), QFileInfo(recorder->folder()).fileName());
    }
    EXPECT_EQ(folders.size(), kCount);
    EXPECT_EQ(runs().size(), static_cast<qsizetype>(kCount));
}

TEST_F(RunRecorderTest, leavesNoFolderWhereNothingWasRecorded)
{
    ASSERT_TRUE(createNumbered());
    EXPECT_TRUE(runs().isEmpty());
    ASSERT_TRUE(createAt(path("at")));
    EXPECT_FALSE(QFileInfo::exists(path("at")));
}

TEST_F(RunRecorderTest, leavesAnEmptyFolderThatWasThere)
{
    const QString folder = path("at");
    QDir().mkpath(folder);
    ASSERT_TRUE(createAt(folder));
    EXPECT_TRUE(QFileInfo(folder).isDir());
}

TEST_F(RunRecorderTest, leavesAFolderThatHoldsSomethingElse)
{
    const QString folder = path("at");
    QDir().mkpath(folder);
    test::writeFile(folder.toStdString() + "/notes.txt", "mine");
    ASSERT_TRUE(createAt(folder));
    EXPECT_EQ(test::readFile(folder.toStdString() + "/notes.txt"), "mine");
}

TEST_F(RunRecorderTest, makesTheFolderThatItIsGiven)
{
    const auto recorder = createAt(path("a/b/c"));
    ASSERT_TRUE(succeeds(recorder));
    EXPECT_EQ((*recorder)->folder(), path("a/b/c"));
    ASSERT_TRUE(succeeds((*recorder)->recordEpoch(test::reportOf(1), makeModel(), engine::Evaluation())));
    EXPECT_TRUE(QFileInfo::exists(path("a/b/c/weights.pt")));
}

TEST_F(RunRecorderTest, refusesAFolderThatHoldsWeights)
{
    const QString folder = path("at");
    QDir().mkpath(folder);
    test::writeFile(folder.toStdString() + "/weights.pt", "precious");
    EXPECT_TRUE(failsWith(createAt(folder), ErrorCode::CannotWrite, {folder.toStdString(), "weights.pt"}));
    EXPECT_EQ(test::readFile(folder.toStdString() + "/weights.pt"), "precious");
}

TEST_F(RunRecorderTest, refusesAFileInTheFoldersPlace)
{
    test::writeFile(path("some").toStdString(), "a file");
    EXPECT_TRUE(failsWith(createNumbered(), ErrorCode::CannotWrite, {m_runs.toStdString()}));
    EXPECT_TRUE(failsWith(createAt(path("some")), ErrorCode::CannotWrite, {path("some").toStdString()}));
    EXPECT_TRUE(failsWith(createAt(path("some/below")), ErrorCode::CannotWrite, {"below"}));
    EXPECT_EQ(test::readFile(path("some").toStdString()), "a file");
}

TEST_F(RunRecorderTest, refusesAFolderThatIsReadOnly)
{
    if (test::isRoot())
        GTEST_SKIP() << "root may write everywhere";
    QDir().mkpath(m_runs);
    std::filesystem::permissions(m_runs.toStdString(),
                                 std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec);
    EXPECT_TRUE(failsWith(createNumbered(), ErrorCode::CannotWrite, {m_runs.toStdString()}));
    std::filesystem::permissions(m_runs.toStdString(), std::filesystem::perms::owner_all);
}

TEST_F(RunRecorderTest, recordsEveryEpochWithTheNewestWeights)
{
    const auto recorder = createNumbered();
    ASSERT_TRUE(succeeds(recorder));
    for (int epoch = 1; epoch <= 3; ++epoch) {
        const auto model = makeModel(test::tinyVgg(), static_cast<unsigned>(epoch));
        ASSERT_TRUE(succeeds((*recorder)->recordEpoch(test::reportOf(epoch), model, engine::Evaluation())));
        const auto checkpoint = read(**recorder);
        ASSERT_TRUE(succeeds(checkpoint));
        EXPECT_TRUE(areSame(checkpoint->model, model));
        ASSERT_TRUE(checkpoint->record);
        EXPECT_EQ(checkpoint->record->config, m_config);
        EXPECT_EQ(checkpoint->record->datasetId, "some-data");
        EXPECT_EQ(checkpoint->record->datasetTitle, "Some data");
        EXPECT_EQ(checkpoint->record->classNames, m_data.classNames);
        EXPECT_FALSE(checkpoint->record->isStopped);
        ASSERT_EQ(checkpoint->record->epochs.size(), static_cast<std::size_t>(epoch));
        for (int i = 1; i <= epoch; ++i)
            expectSame(checkpoint->record->epochs[static_cast<std::size_t>(i) - 1], test::reportOf(i));
    }
    EXPECT_EQ(QDir((*recorder)->folder()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
              (QStringList{QStringLiteral("predictions.safetensors"), QStringLiteral("weights.json"),
                           QStringLiteral("weights.pt")}));
}

TEST_F(RunRecorderTest, keepsWhatWasRecorded)
{
    ASSERT_TRUE((*createNumbered())->recordEpoch(test::reportOf(1), makeModel(), engine::Evaluation()));
    EXPECT_EQ(runs(), QStringList{QStringLiteral("1")});
    EXPECT_EQ(nextName(), QStringLiteral("2"));
}

TEST_F(RunRecorderTest, takesTheLastEpochForTheOutcome)
{
    const auto recorder = createNumbered();
    ASSERT_TRUE(succeeds(recorder));
    const auto model = makeModel();
    ASSERT_TRUE((*recorder)->recordEpoch(test::reportOf(1), model, engine::Evaluation()));
    ASSERT_TRUE((*recorder)->recordOutcome({model, {test::reportOf(1)}, false, engine::Evaluation()}));
    const auto checkpoint = read(**recorder);
    ASSERT_TRUE(succeeds(checkpoint));
    EXPECT_TRUE(areSame(checkpoint->model, model));
    EXPECT_FALSE(checkpoint->record->isStopped);
    EXPECT_EQ(checkpoint->record->epochs.size(), 1U);
}

TEST_F(RunRecorderTest, recordsWeightsOfAStopWithinAnEpoch)
{
    const auto recorder = createNumbered();
    ASSERT_TRUE(succeeds(recorder));
    ASSERT_TRUE(
        (*recorder)->recordEpoch(test::reportOf(1), makeModel(test::tinyVgg(), 1), engine::Evaluation()));
    const auto younger = makeModel(test::tinyVgg(), 2);
    ASSERT_TRUE(succeeds((*recorder)->recordOutcome(stoppedOutcome(younger, {test::reportOf(1)}))));
    const auto checkpoint = read(**recorder);
    ASSERT_TRUE(succeeds(checkpoint));
    EXPECT_TRUE(areSame(checkpoint->model, younger));
    EXPECT_TRUE(checkpoint->record->isStopped);
    ASSERT_EQ(checkpoint->record->epochs.size(), 1U);
    expectSame(checkpoint->record->epochs[0], test::reportOf(1));
}

TEST_F(RunRecorderTest, doesNotTakeAStopBetweenTwoEpochsForOneWithin)
{
    const auto recorder = createNumbered();
    ASSERT_TRUE(succeeds(recorder));
    const auto model = makeModel();
    ASSERT_TRUE((*recorder)->recordEpoch(test::reportOf(1), model, engine::Evaluation()));
    // With an evaluation, as the trainer gives it: these weights are those of the last epoch's metrics.
    ASSERT_TRUE((*recorder)->recordOutcome({model, {test::reportOf(1)}, true, engine::Evaluation()}));
    const auto checkpoint = read(**recorder);
    ASSERT_TRUE(succeeds(checkpoint));
    EXPECT_TRUE(areSame(checkpoint->model, model));
    EXPECT_FALSE(checkpoint->record->isStopped);
}

TEST_F(RunRecorderTest, recordsAStopBeforeTheFirstEpochsEnd)
{
    const auto recorder = createNumbered();
    ASSERT_TRUE(succeeds(recorder));
    ASSERT_TRUE(succeeds((*recorder)->recordOutcome(stoppedOutcome(makeModel(), {}))));
    const auto checkpoint = read(**recorder);
    ASSERT_TRUE(succeeds(checkpoint));
    EXPECT_TRUE(checkpoint->record->isStopped);
    EXPECT_TRUE(checkpoint->record->epochs.empty());
}

TEST_F(RunRecorderTest, failsWhereTheFolderHasGone)
{
    const auto recorder = createNumbered();
    ASSERT_TRUE(succeeds(recorder));
    ASSERT_TRUE(QDir((*recorder)->folder()).removeRecursively());
    const std::string folder = (*recorder)->folder().toStdString();
    EXPECT_TRUE(failsWith((*recorder)->recordEpoch(test::reportOf(1), makeModel(), engine::Evaluation()),
                          ErrorCode::CannotWrite, {folder}));
    EXPECT_TRUE(failsWith((*recorder)->recordOutcome(stoppedOutcome(makeModel(), {})), ErrorCode::CannotWrite,
                          {folder}));
}

TEST_F(RunRecorderTest, hasNoStateBeforeOneIsKept)
{
    const auto recorder = createNumbered();
    ASSERT_TRUE(succeeds(recorder));
    const QString folder = (*recorder)->folder();
    ASSERT_TRUE(QDir(folder).removeRecursively()); // as good as a full disk, and fails for root too
    EXPECT_TRUE(failsWith((*recorder)->recordState(stateOf(m_config)), ErrorCode::CannotWrite, {"1"}));
    EXPECT_FALSE((*recorder)->hasRecordedState());
    ASSERT_TRUE(QDir().mkdir(folder));
    EXPECT_TRUE(succeeds((*recorder)->recordState(stateOf(m_config))));
    EXPECT_TRUE((*recorder)->hasRecordedState());
}

TEST_F(RunRecorderTest, isNotListedWhereItsFolderHasGone)
{
    {
        const auto recorder = createNumbered();
        ASSERT_TRUE(succeeds(recorder));
        ASSERT_TRUE(QDir().rmdir((*recorder)->folder()));
        EXPECT_FALSE((*recorder)->recordState(stateOf(m_config)));
    }
    EXPECT_TRUE((*core::RunStore::open(m_runs))->list()->empty());
}

TEST_F(RunRecorderTest, aContinuationOfWhichNothingIsKeptLeavesTheListAsItWas)
{
    {
        const auto recorder = createNumbered();
        ASSERT_TRUE(succeeds((*recorder)->recordState(stateOf(m_config))));
        ASSERT_TRUE(succeeds((*recorder)->recordEpoch(test::reportOf(1), makeModel(), engine::Evaluation())));
        ASSERT_TRUE(succeeds(
            (*recorder)->recordOutcome({makeModel(), {test::reportOf(1)}, false, engine::Evaluation()})));
    }
    const QString folder = QDir(m_runs).filePath(QStringLiteral("1"));
    engine::Checkpoint training{stateOf(m_config), {}};
    {
        const auto recorder = RunRecorder::resumeAt(folder, m_runs, training, m_data);
        ASSERT_TRUE(succeeds(recorder));
        ASSERT_TRUE(QDir(m_runs).rename(QStringLiteral("1"), QStringLiteral("away")));
        EXPECT_FALSE((*recorder)->recordState(stateOf(m_config)));
    }
    ASSERT_TRUE(QDir(m_runs).rename(QStringLiteral("away"), QStringLiteral("1")));
    EXPECT_EQ((*(*core::RunStore::open(m_runs))->find(1))->state, core::RunInfo::State::Finished);
}

TEST(RunPath, takesANumberForARunAndAllElseForAPath)
{
    core::StudioFolders folders;
    folders.runs = QStringLiteral("/data/runs");
    EXPECT_EQ(runPath(folders, QStringLiteral("12")), QStringLiteral("/data/runs/12"));
    for (const char* text : {"./12", "/some/where", "weights.pt", "-1", "12/", "1e3", ""})
        EXPECT_EQ(runPath(folders, QLatin1String(text)), QLatin1String(text));
}

TEST_F(RunRecorderTest, numbersAfterARunElsewhereAgreeWithTheList)
{
    const auto first = createNumbered();
    ASSERT_TRUE((*first)->recordEpoch(test::reportOf(1), makeModel(), engine::Evaluation()));
    const auto elsewhere = createAt(path("2024"));
    ASSERT_TRUE((*elsewhere)->recordEpoch(test::reportOf(1), makeModel(), engine::Evaluation()));
    const auto third = createNumbered();
    ASSERT_TRUE(succeeds(third));
    EXPECT_EQ((*elsewhere)->number(), 2);
    EXPECT_EQ((*third)->number(), 3);
    EXPECT_EQ((*third)->folder(), QDir(m_runs).filePath(QStringLiteral("3")));
    core::StudioFolders folders;
    folders.runs = m_runs;
    EXPECT_EQ(core::runPath(folders, QStringLiteral("2")), path("2024"));
    EXPECT_EQ(core::runPath(folders, QStringLiteral("1")),
              QDir(m_runs).absoluteFilePath(QStringLiteral("1")));
}

TEST_F(RunRecorderTest, aFolderOfOnesOwnIsTrainedInByOneProgramAtATimeToo)
{
    const QString folder = path("at");
    const auto first = createAt(folder);
    ASSERT_TRUE(succeeds(first));
    EXPECT_TRUE(failsWith(createAt(folder), ErrorCode::BadValue, {folder.toStdString(), "being trained"}));
    EXPECT_TRUE(QFileInfo(folder).isDir()) << "it is the first one's";
    EXPECT_TRUE(succeeds((*first)->recordState(stateOf(m_config))));
}

TEST_F(RunRecorderTest, removesWhatAKilledProgramHasLeftWhereItGoesOn)
{
    {
        const auto recorder = createNumbered();
        ASSERT_TRUE(succeeds((*recorder)->recordState(stateOf(m_config))));
    }
    const QString folder = QDir(m_runs).filePath(QStringLiteral("1"));
    for (const char* name : {"weights.pt.abc123.tmp", "weights.json.ABCDEF.tmp", "notes.txt",
                             "checkpoint.safetensors.000000.tmp", "predictions.safetensors.zzzzzz.tmp"})
        test::writeFile(folder.toStdString() + "/" + name, "half");
    ASSERT_TRUE(RunRecorder::resumeAt(folder, m_runs, {stateOf(m_config), {}}, m_data));
    EXPECT_EQ(QDir(folder).entryList(QDir::Files),
              (QStringList{QStringLiteral("checkpoint.safetensors"), QStringLiteral("notes.txt")}));
}

TEST_F(RunRecorderTest, isTrainedByOneProgramAtATime)
{
    const auto recorder = createNumbered();
    ASSERT_TRUE((*recorder)->recordEpoch(test::reportOf(1), makeModel(), engine::Evaluation()));
    const auto second = RunRecorder::resumeAt((*recorder)->folder(), m_runs, {}, m_data);
    EXPECT_TRUE(failsWith(second, ErrorCode::BadValue, {"being trained"}));
}

TEST_F(RunRecorderTest, namesALearningRateThatWasChangedOnTheWay)
{
    const auto recorder = createNumbered();
    ASSERT_TRUE(succeeds(recorder));
    engine::TrainingState state;
    state.config = m_config;
    state.model = test::tinyVgg();
    state.isLearningRateChanged = true;
    state.learningRateFactor = .2;
    ASSERT_TRUE((*recorder)->recordState(state));
    ASSERT_TRUE((*recorder)->recordEpoch(test::reportOf(1), makeModel(), engine::Evaluation()));
    const auto kept = read(**recorder);
    ASSERT_TRUE(succeeds(kept));
    ASSERT_TRUE(kept->record);
    ASSERT_TRUE(kept->record->changedLearningRate);
    EXPECT_DOUBLE_EQ(*kept->record->changedLearningRate, .01);
    const auto store = core::RunStore::open(m_runs);
    ASSERT_TRUE(succeeds(store));
    const auto listed = (*store)->list();
    ASSERT_TRUE(succeeds(listed));
    EXPECT_TRUE(listed->front().recipe.contains(QStringLiteral("learning rate 0.05, changed to 0.01")))
        << listed->front().recipe.toStdString();
}

TEST_F(RunRecorderTest, aRunOfWhichOnlyTheWeightsWereMissingIsFinished)
{
    {
        const auto recorder = createNumbered();
        ASSERT_TRUE(succeeds((*recorder)->recordState(stateOf(m_config))));
    }
    const QString folder = QDir(m_runs).filePath(QStringLiteral("1"));
    const auto known = [&] { return **(*core::RunStore::open(m_runs))->find(1); };
    EXPECT_EQ(known().state, core::RunInfo::State::Failed);
    engine::Checkpoint training{stateOf(m_config), {}};
    training.state.epochs = {test::reportOf(1), test::reportOf(2), test::reportOf(3)};
    {
        const auto recorder = RunRecorder::resumeAt(folder, m_runs, training, m_data);
        ASSERT_TRUE(succeeds(recorder));
        // All epochs are done: no state follows.
        ASSERT_TRUE(succeeds(
            (*recorder)->recordOutcome({makeModel(), training.state.epochs, false, engine::Evaluation()})));
    }
    EXPECT_EQ(known().state, core::RunInfo::State::Finished);
    EXPECT_EQ(known().epochsDone, 3);
    for (const char* name : {"weights.pt", "weights.json", "predictions.safetensors"})
        EXPECT_TRUE(QFileInfo::exists(QDir(folder).filePath(QLatin1String(name)))) << name;
}
