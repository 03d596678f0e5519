// Which data set, run and model a TrainingController is on between trainings; runs with lost files.
#include "TrainingControllerFixture.h"
#include "core/PlainModel.h"
#include "engine/storage/SavedModel.h"

using core::Continuation;
using test::waitUntil;

namespace
{

class OpenRun : public TrainingControllerFixture
{
protected:
    /// Two runs on `digits`, then a new start of the program.
    void SetUp() override
    {
        ASSERT_TRUE(choose(digits()));
        ASSERT_TRUE(train() && train());
        make();
        m_model.clear();
    }
    void lose(int number, const char* file) const
    {
        ASSERT_TRUE(QFile::remove(QDir(run(number)).filePath(QLatin1String(file))));
    }
    [[nodiscard]] bool open(int number)
    {
        const int before = static_cast<int>(m_log.count(QStringLiteral("runOpened")));
        return m_training->openRun(run(number)) && waitFor("runOpened", before + 1) && waitUntilIdle();
    }
    /// Waits until the run is listed: a new one may be so only after its first batch.
    core::RunInfo info(int number)
    {
        std::optional<core::RunInfo> listed;
        EXPECT_TRUE(waitUntil([&] {
            listed = (*core::RunStore::open(path("runs")))->find(number).value();
            return listed.has_value();
        }));
        return listed.value_or(core::RunInfo{});
    }
};

} // namespace

TEST_F(OpenRun, comesWithItsDataSetItsReportsAndItsModel)
{
    ASSERT_TRUE(open(1));
    EXPECT_EQ(m_log, (QStringList{QStringLiteral("datasetChanged"), QStringLiteral("runOpened")}));
    EXPECT_TRUE(m_isRequested);
    EXPECT_EQ(m_training->datasetId(), digits());
    EXPECT_EQ(m_training->run().folder, run(1));
    EXPECT_EQ(continuation(), Continuation::Extend);
    EXPECT_FALSE(m_training->run().damage);
    EXPECT_EQ(m_training->reports().batches().size(), 20U);
    EXPECT_EQ(m_training->reports().earlierBatches(), 20U);
    EXPECT_EQ(m_training->reports().epochs().size(), 2U);
    EXPECT_EQ(m_training->reports().plan()->batchesPerEpoch, 10);
    ASSERT_TRUE(m_training->model());
    EXPECT_EQ(m_training->model()->runFolder, run(1));
    EXPECT_TRUE(test::areSame(*m_training->model()->snapshot, *m_opened->model));

    ASSERT_TRUE(open(2));
    EXPECT_EQ(m_training->run().folder, run(2));
    EXPECT_EQ(m_log.count(QStringLiteral("datasetChanged")), 1) << "it is the same";
}

TEST_F(OpenRun, theNewestComesWithADataSetThatIsChosen)
{
    ASSERT_TRUE(choose(digits()));
    ASSERT_TRUE(waitFor("runOpened"));
    EXPECT_FALSE(m_isRequested);
    EXPECT_EQ(m_training->run().folder, run(2));
    ASSERT_TRUE(choose(others()));
    runEventLoop();
    EXPECT_TRUE(m_training->run().folder.isEmpty()) << "none was trained on it";
    EXPECT_EQ(m_training->model(), nullptr);
    EXPECT_FALSE(m_training->reports().plan());
    EXPECT_FALSE(m_training->canResume() || m_training->canExtend());
}

TEST_F(OpenRun, ofTwoRequestsTheLaterCounts)
{
    ASSERT_TRUE(choose(others()));
    ASSERT_TRUE(m_training->openRun(run(1)));
    ASSERT_TRUE(choose(others()));
    runEventLoop();
    EXPECT_EQ(m_training->datasetId(), others());
    EXPECT_TRUE(m_training->run().folder.isEmpty());

    ASSERT_TRUE(m_training->chooseDataset(others()));
    ASSERT_TRUE(m_training->openRun(run(1)));
    ASSERT_TRUE(m_training->openRun(run(2)));
    ASSERT_TRUE(waitFor("runOpened") && waitUntilIdle());
    runEventLoop();
    EXPECT_EQ(m_training->run().folder, run(2));
    EXPECT_EQ(m_log.count(QStringLiteral("runOpened")), 1);
}

TEST_F(OpenRun, aTrainingThatStartsComesBeforeTheNewestRun)
{
    ASSERT_TRUE(m_training->chooseDataset(digits()));
    ASSERT_TRUE(waitFor("datasetChanged"));
    const auto opened = m_log.count(QStringLiteral("runOpened")); // 1 if the list of runs came sooner
    if (m_training->start(request())) {
        ASSERT_TRUE(waitFor("finished"));
        runEventLoop();
    }
    EXPECT_EQ(m_training->run().folder, run(3));
    EXPECT_EQ(m_log.count(QStringLiteral("runOpened")), opened);
}

TEST_F(OpenRun, resumesARunThatIsNotTheCurrentOne)
{
    ASSERT_TRUE(choose(others()));
    ASSERT_TRUE(m_training->resume({run(1), 3, m_cpu}));
    EXPECT_EQ(m_training->state(), State::Preparing);
    ASSERT_TRUE(waitFor("finished") && waitUntilIdle());
    EXPECT_EQ(m_training->datasetId(), digits());
    EXPECT_EQ(m_training->run().folder, run(1));
    EXPECT_EQ(m_training->reports().epochs().size(), 3U);
    EXPECT_EQ(m_states, (std::vector<State>{State::Preparing, State::Training, State::Idle}));
}

TEST_F(OpenRun, canBeStoppedWhileARunToResumeIsRead)
{
    ASSERT_TRUE(m_training->resume({run(1), 3, m_cpu}));
    ASSERT_TRUE(m_training->stop());
    runEventLoop();
    EXPECT_EQ(m_log, QStringList{QStringLiteral("cancelled")});
    EXPECT_TRUE(m_training->run().folder.isEmpty());
    EXPECT_EQ(engine::readCheckpoint(run(1).toStdString())->state.epochs.size(), 2U);
}

TEST_F(OpenRun, withLostWeightsIsResumedToHaveThemAgain)
{
    const auto expected = engine::readSavedModel(run(1).toStdString());
    ASSERT_TRUE(expected);
    lose(1, "weights.pt");
    ASSERT_TRUE(open(1));
    EXPECT_EQ(continuation(), Continuation::Resume) << "though all its epochs are done";
    EXPECT_TRUE(test::areSame(*m_opened->model, expected->model)) << "its checkpoint has them";
    EXPECT_EQ(m_training->model(), nullptr);
    ASSERT_TRUE(m_training->resume(resumeRequest()));
    ASSERT_TRUE(waitFor("finished") && waitUntilIdle());
    const auto written = engine::readSavedModel(run(1).toStdString());
    ASSERT_TRUE(test::succeeds(written));
    EXPECT_TRUE(test::areSame(written->model, expected->model));
    EXPECT_EQ(written->record->epochs.size(), 2U);
    EXPECT_EQ(continuation(), Continuation::Extend);
    EXPECT_TRUE(m_training->model());
}

TEST_F(OpenRun, withWeightsOfAnEarlierEpochIsResumedToo)
{
    auto saved = *engine::readSavedModel(run(1).toStdString());
    saved.record->epochs.pop_back();
    ASSERT_TRUE(engine::writeSavedModel(run(1).toStdString(), saved));
    ASSERT_TRUE(open(1));
    EXPECT_EQ(continuation(), Continuation::Resume);
}

TEST_F(OpenRun, withALostCheckpointCanOnlyBeShownAndFineTuned)
{
    lose(1, "checkpoint.safetensors");
    ASSERT_TRUE(open(1));
    EXPECT_EQ(continuation(), Continuation::None);
    ASSERT_TRUE(m_training->run().damage);
    EXPECT_EQ(m_training->run().damage->code, engine::ErrorCode::NotFound);
    EXPECT_EQ(m_training->reports().epochs().size(), 2U) << "which the weights' description has";
    EXPECT_TRUE(m_training->reports().batches().empty());
    ASSERT_TRUE(m_training->model());
    EXPECT_FALSE(m_training->canResume() || m_training->canExtend());
    EXPECT_FALSE(m_training->extend(1, m_cpu));
    for (const std::optional<int> epochs : {std::optional<int>(), std::optional(5)}) {
        m_failure.reset();
        ASSERT_TRUE(m_training->resume(resumeRequest(epochs)));
        ASSERT_TRUE(m_failure);
        EXPECT_EQ(m_failure->error.message, m_training->run().damage->message);
    }
    core::TrainingRequest tuning = request();
    tuning.model = m_training->model();
    ASSERT_TRUE(m_training->start(tuning));
    ASSERT_TRUE(waitFor("finished"));
    EXPECT_EQ(m_training->run().folder, run(3));
}

TEST_F(OpenRun, withNothingThatCanBeReadFailsAndTheCurrentOneStays)
{
    ASSERT_TRUE(open(2));
    lose(1, "checkpoint.safetensors");
    lose(1, "weights.pt");
    ASSERT_TRUE(m_training->openRun(run(1)));
    ASSERT_TRUE(waitFor("runFailed"));
    EXPECT_EQ(m_error->code, engine::ErrorCode::NotFound);
    EXPECT_EQ(m_training->run().folder, run(2));
    EXPECT_TRUE(m_training->canExtend());

    ASSERT_TRUE(m_training->resume({run(1), {}, m_cpu}));
    ASSERT_TRUE(waitFor("failed"));
    EXPECT_TRUE(m_failure->isResume);
    EXPECT_EQ(m_training->run().folder, run(2));
    EXPECT_EQ(m_log.count(QStringLiteral("runFailed")), 1) << "it is reported once";
}

TEST_F(OpenRun, whoseDataSetIsGoneFailsAndTheCurrentOneStays)
{
    ASSERT_TRUE(choose(others()));
    ASSERT_TRUE(QDir(digits()).removeRecursively());
    ASSERT_TRUE(m_training->openRun(run(1)));
    ASSERT_TRUE(waitFor("runFailed"));
    EXPECT_EQ(m_error->code, engine::ErrorCode::NotFound);
    EXPECT_EQ(m_missingDataset, digits());
    EXPECT_EQ(m_training->datasetId(), others());
    EXPECT_FALSE(m_log.contains(QStringLiteral("datasetFailed"))) << "it is reported once";

    ASSERT_TRUE(m_training->resume({run(1), 3, m_cpu}));
    ASSERT_TRUE(waitFor("failed"));
    EXPECT_EQ(m_failure->dataset, digits());
    EXPECT_EQ(m_failure->error.code, engine::ErrorCode::NotFound);
    EXPECT_EQ(m_training->state(), State::Idle);
    EXPECT_TRUE(m_training->canStart());
}

TEST_F(OpenRun, aDataSetThatCannotBeReadLeavesAllAsItIs)
{
    ASSERT_TRUE(open(1));
    ASSERT_TRUE(m_training->chooseDataset(path("nowhere")));
    ASSERT_TRUE(waitFor("datasetFailed"));
    EXPECT_EQ(m_training->datasetId(), digits());
    EXPECT_EQ(m_training->run().folder, run(1));
    EXPECT_TRUE(m_training->canExtend());
}

TEST_F(OpenRun, leavesARunThatIsDeletedForTheNewestThatIsLeft)
{
    ASSERT_TRUE(open(2));
    m_runs.remove({info(2)});
    ASSERT_TRUE(waitUntil([&] { return m_training->run().folder == run(1); }));
    EXPECT_FALSE(m_isRequested);
    m_runs.remove({info(1)});
    ASSERT_TRUE(waitUntil([&] { return m_training->run().folder.isEmpty(); }));
    runEventLoop();
    EXPECT_TRUE(m_training->run().folder.isEmpty());
    EXPECT_EQ(m_training->model(), nullptr);
    EXPECT_FALSE(m_training->reports().plan());
    EXPECT_TRUE(m_training->canStart());
}

TEST_F(OpenRun, theRunThatTrainsCannotBeDeleted)
{
    m_config.epochs = 1000;
    ASSERT_TRUE(choose(digits()));
    ASSERT_TRUE(m_training->start(request()));
    ASSERT_TRUE(waitUntil([&] { return !m_training->reports().batches().empty(); }));
    std::optional<engine::Error> refused;
    QObject::connect(&m_runs, &core::RunLoader::changeFailed, &m_runs,
                     [&](const engine::Error& error) { refused = error; });
    m_runs.remove({info(3)});
    ASSERT_TRUE(waitUntil([&] { return refused.has_value(); }));
    EXPECT_EQ(refused->code, engine::ErrorCode::BadValue);
    EXPECT_NE(refused->message.find("Run 3 is being trained"), std::string::npos);
    EXPECT_TRUE(m_training->isActive());
    EXPECT_EQ(m_training->run().folder, run(3));
    ASSERT_TRUE(m_training->stop());
    ASSERT_TRUE(waitFor("finished"));
    EXPECT_TRUE(m_training->canResume());
}

TEST_F(OpenRun, aDataSetThatIsLoadedWhileARunTrainsChangesNothing)
{
    m_config.epochs = 1000;
    ASSERT_TRUE(choose(digits()));
    ASSERT_TRUE(m_training->start(request()));
    m_datasets.load(others());
    ASSERT_TRUE(waitUntil([&] { return !m_datasets.isLoading(); }));
    EXPECT_EQ(m_training->datasetId(), digits());
    ASSERT_TRUE(m_training->stop());
    ASSERT_TRUE(waitFor("finished"));
    EXPECT_EQ(m_training->datasetId(), digits());
}
