// Starting, pausing, stopping, resuming and extending: every transition, and commands in the wrong order.
#include "TrainingControllerFixture.h"
#include "core/PlainModel.h"
#include "engine/storage/SavedModel.h"

#include <future>

using core::Continuation;
using test::waitUntil;

namespace
{

class TrainingControllerTest : public TrainingControllerFixture
{
protected:
    static engine::ModelSnapshot weightsIn(const QString& folder)
    {
        return engine::readSavedModel(folder.toStdString()).value().model;
    }
    QStringList runFolders() const
    {
        return QDir(path("runs")).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
    }
    bool isTraining() const { return m_session->isActive() && !m_training->reports().batches().empty(); }
};

} // namespace

TEST_F(TrainingControllerTest, isOnNothingAtFirstAndStartsNothingWithoutADataSet)
{
    EXPECT_EQ(m_training->state(), State::Idle);
    EXPECT_EQ(m_training->dataset(), nullptr);
    EXPECT_EQ(m_training->model(), nullptr);
    EXPECT_TRUE(m_training->run().folder.isEmpty());
    EXPECT_FALSE(m_training->reports().plan());
    EXPECT_FALSE(m_training->canStart());
    EXPECT_FALSE(m_training->start(request()));
    EXPECT_FALSE(m_training->resume(resumeRequest()));
    EXPECT_FALSE(m_training->extend(3, m_cpu));
    EXPECT_FALSE(m_training->retry(m_cpu));
    runEventLoop();
    EXPECT_TRUE(m_log.isEmpty());
    EXPECT_TRUE(m_states.empty());
}

TEST_F(TrainingControllerTest, trainsANewRunWhichIsThenTheCurrentOne)
{
    ASSERT_TRUE(choose(digits()));
    ASSERT_TRUE(m_training->canStart());
    ASSERT_TRUE(m_training->start(request()));
    EXPECT_TRUE(m_training->isActive());
    ASSERT_TRUE(waitFor("runStarted"));
    EXPECT_EQ(m_training->run().folder, run(1));
    EXPECT_EQ(continuation(), Continuation::None) << "while it is trained";
    ASSERT_TRUE(waitFor("finished") && waitUntilIdle());
    EXPECT_EQ(m_states, (std::vector<State>{State::Preparing, State::Training, State::Idle}));
    EXPECT_EQ(m_log, (QStringList{QStringLiteral("datasetChanged"), QStringLiteral("runStarted"),
                                  QStringLiteral("finished")}));
    EXPECT_EQ(m_training->run().folder, run(1));
    EXPECT_EQ(continuation(), Continuation::Extend);
    EXPECT_TRUE(m_training->canExtend());
    EXPECT_FALSE(m_training->canResume());
    ASSERT_TRUE(m_training->model());
    EXPECT_EQ(m_training->model()->runFolder, run(1));
    EXPECT_EQ(m_training->reports().plan()->config.epochs, 2);
    EXPECT_EQ(m_training->reports().batches().size(), 20U);
    EXPECT_EQ(m_training->reports().epochs().size(), 2U);
    EXPECT_EQ(m_training->reports().earlierBatches(), 0U);
}

TEST_F(TrainingControllerTest, putsTheRunIntoTheFolderAskedFor)
{
    ASSERT_TRUE(choose(digits()));
    core::TrainingRequest elsewhere = request();
    elsewhere.folder = path("elsewhere");
    ASSERT_TRUE(m_training->start(elsewhere));
    ASSERT_TRUE(waitFor("finished"));
    EXPECT_EQ(m_training->run().folder, path("elsewhere"));
    ASSERT_TRUE(m_training->start(elsewhere));
    ASSERT_TRUE(waitFor("failed"));
    EXPECT_EQ(m_failure->error.code, engine::ErrorCode::CannotWrite);
    EXPECT_EQ(m_training->run().folder, path("elsewhere")) << "it stays as it was";
    EXPECT_EQ(continuation(), Continuation::Extend);
}

TEST_F(TrainingControllerTest, doesNotStartWhileADataSetLoadsOrAnotherTrainingRuns)
{
    ASSERT_TRUE(choose(digits()));
    ASSERT_TRUE(m_training->chooseDataset(others()));
    EXPECT_FALSE(m_training->canStart());
    EXPECT_FALSE(m_training->start(request()));
    ASSERT_TRUE(waitUntil([&] { return m_training->datasetId() == others() && isIdle(); }));

    m_config.epochs = 1000;
    ASSERT_TRUE(m_training->start(request()));
    EXPECT_FALSE(m_training->canStart());
    EXPECT_FALSE(m_training->start(request()));
    EXPECT_FALSE(m_training->resume(resumeRequest()));
    EXPECT_FALSE(m_training->extend(1, m_cpu));
    EXPECT_FALSE(m_training->chooseDataset(digits()));
    ASSERT_TRUE(waitUntil([&] { return isTraining(); }));
    EXPECT_FALSE(m_training->start(request()));
    EXPECT_FALSE(m_training->openRun(run(1)));
    EXPECT_TRUE(m_training->stop());
    ASSERT_TRUE(waitFor("finished"));
    EXPECT_EQ(runFolders(), QStringList{QStringLiteral("1")});
    EXPECT_EQ(m_training->datasetId(), others());
}

TEST_F(TrainingControllerTest, pausesContinuesAndSteps)
{
    ASSERT_TRUE(choose(digits()));
    m_config.epochs = 1000;
    EXPECT_FALSE(m_training->pause());
    EXPECT_FALSE(m_training->unpause());
    EXPECT_FALSE(m_training->step());
    ASSERT_TRUE(m_training->start(request()));
    EXPECT_FALSE(m_training->unpause());
    EXPECT_FALSE(m_training->step());
    ASSERT_TRUE(m_training->pause());
    EXPECT_EQ(m_training->state(), State::Pausing);
    EXPECT_FALSE(m_training->pause());
    EXPECT_FALSE(m_training->step()) << "not paused yet";
    ASSERT_TRUE(waitUntil([&] { return m_training->state() == State::Paused; }));
    const std::size_t before = m_training->reports().batches().size();
    ASSERT_TRUE(m_training->step());
    ASSERT_TRUE(waitUntil([&] { return m_training->state() == State::Paused; }));
    EXPECT_EQ(m_training->reports().batches().size(), before + 1);
    ASSERT_TRUE(m_training->unpause());
    EXPECT_EQ(m_training->state(), State::Training);
    ASSERT_TRUE(waitUntil([&] { return m_training->reports().batches().size() > before + 3; }));
    EXPECT_TRUE(m_training->stop());
    EXPECT_EQ(m_training->state(), State::Stopping);
    EXPECT_FALSE(m_training->stop());
    EXPECT_FALSE(m_training->pause());
    ASSERT_TRUE(waitFor("finished"));
    EXPECT_FALSE(m_training->stop()) << "it is idle";
    EXPECT_EQ(m_training->state(), State::Idle);
}

TEST_F(TrainingControllerTest, aStoppedRunIsResumedToTheWeightsItWouldHaveComeTo)
{
    ASSERT_TRUE(choose(digits()));
    ASSERT_TRUE(train());
    ASSERT_TRUE(m_training->start(request()) && m_training->pause());
    ASSERT_TRUE(waitUntil([&] { return m_training->state() == State::Paused; }));
    for (int i = 0; i < 3; ++i) {
        ASSERT_TRUE(m_training->step());
        ASSERT_TRUE(waitUntil([&] { return m_training->state() == State::Paused; }));
    }
    ASSERT_TRUE(m_training->stop() && waitFor("finished", 2));
    EXPECT_EQ(continuation(), Continuation::Resume);
    EXPECT_TRUE(m_training->canResume());
    EXPECT_FALSE(m_training->canExtend());
    EXPECT_FALSE(m_training->extend(3, m_cpu)) << "its own epochs come first";

    ASSERT_TRUE(m_training->resume(resumeRequest()));
    EXPECT_FALSE(m_training->resume(resumeRequest())) << "it is being resumed";
    ASSERT_TRUE(waitFor("finished", 3));
    EXPECT_EQ(m_training->run().folder, run(2));
    EXPECT_TRUE(test::areSame(weightsIn(run(2)), weightsIn(run(1))));
    EXPECT_GT(m_training->reports().earlierBatches(), 0U);
    EXPECT_EQ(m_training->reports().batches().size(), 20U) << "those of before are there again";
    EXPECT_EQ(m_training->reports().epochs().size(), 2U);
    EXPECT_EQ(continuation(), Continuation::Extend);
    EXPECT_EQ(runFolders().size(), 2);
}

TEST_F(TrainingControllerTest, aFinishedRunIsExtended)
{
    ASSERT_TRUE(choose(digits()));
    ASSERT_TRUE(train());
    ASSERT_TRUE(m_training->extend(2, m_cpu));
    ASSERT_TRUE(waitFor("finished", 2));
    EXPECT_EQ(m_training->run().folder, run(1));
    EXPECT_EQ(m_training->reports().plan()->config.epochs, 4);
    EXPECT_EQ(m_training->reports().epochs().size(), 4U);
    EXPECT_EQ(engine::readSavedModel(run(1).toStdString())->record->epochs.size(), 4U);
    EXPECT_EQ(continuation(), Continuation::Extend);
}

TEST_F(TrainingControllerTest, aRunCanBeResumedForFewerEpochsThanPlanned)
{
    m_config.epochs = 1000;
    ASSERT_TRUE(choose(digits()));
    ASSERT_TRUE(trainAndStop());
    ASSERT_TRUE(m_training->resume(resumeRequest(1)));
    ASSERT_TRUE(waitFor("finished", 2));
    EXPECT_EQ(m_training->reports().plan()->config.epochs, 1);
    EXPECT_EQ(continuation(), Continuation::Extend);
}

TEST_F(TrainingControllerTest, saysThatNothingIsLeftToResume)
{
    ASSERT_TRUE(choose(digits()));
    ASSERT_TRUE(train());
    for (const std::optional<int> epochs : {std::optional<int>(), std::optional(2), std::optional(1)}) {
        m_failure.reset();
        ASSERT_TRUE(m_training->resume(resumeRequest(epochs)));
        ASSERT_TRUE(m_failure) << "at once";
        EXPECT_TRUE(m_failure->isComplete);
        EXPECT_TRUE(m_failure->isResume);
        EXPECT_EQ(m_failure->error.code, engine::ErrorCode::BadValue);
        EXPECT_NE(m_failure->error.message.find("2 epochs are done"), std::string::npos);
        EXPECT_EQ(m_training->state(), State::Idle);
    }
    EXPECT_EQ(continuation(), Continuation::Extend);
    ASSERT_TRUE(m_training->resume(resumeRequest(3)));
    ASSERT_TRUE(waitFor("finished", 2));
    EXPECT_EQ(m_training->reports().epochs().size(), 3U);
}

TEST_F(TrainingControllerTest, loadsTheDataSetThatATrainingIsFor)
{
    core::TrainingRequest withData = request();
    withData.dataset = digits();
    ASSERT_TRUE(m_training->start(withData));
    EXPECT_EQ(m_training->state(), State::Preparing);
    EXPECT_FALSE(m_training->start(withData));
    EXPECT_FALSE(m_training->chooseDataset(others()));
    ASSERT_TRUE(waitFor("finished"));
    EXPECT_EQ(m_training->datasetId(), digits());
    EXPECT_FALSE(m_log.contains(QStringLiteral("runOpened"))) << "no run of the past comes with it";

    withData.dataset = path("nowhere");
    ASSERT_TRUE(m_training->start(withData));
    ASSERT_TRUE(waitFor("failed"));
    EXPECT_EQ(m_failure->error.code, engine::ErrorCode::NotFound);
    EXPECT_FALSE(m_failure->isDeviceSuspect);
    EXPECT_EQ(m_training->state(), State::Idle);
    EXPECT_EQ(m_training->datasetId(), digits());
    EXPECT_EQ(m_training->run().folder, run(1));
    EXPECT_FALSE(m_log.contains(QStringLiteral("datasetFailed"))) << "it is reported once";
}

TEST_F(TrainingControllerTest, aTrainingThatIsPreparedCanBeStopped)
{
    ASSERT_TRUE(choose(digits()));
    core::TrainingRequest withData = request();
    withData.dataset = others();
    ASSERT_TRUE(m_training->start(withData));
    ASSERT_TRUE(m_training->stop());
    EXPECT_EQ(m_training->state(), State::Idle);
    EXPECT_EQ(m_log.count(QStringLiteral("cancelled")), 1);
    EXPECT_FALSE(m_datasets.isLoading());
    runEventLoop();
    EXPECT_EQ(m_training->datasetId(), digits());
    EXPECT_EQ(runFolders(), QStringList());
    EXPECT_TRUE(train());
}

TEST_F(TrainingControllerTest, waitsForTheDevicesUnlessTheCpuIsAskedFor)
{
    std::promise<void> answer;
    const auto driver = answer.get_future().share();
    make(engine::makeTrainingBackend, [driver] {
        driver.wait();
        return onlyCpu();
    });
    ASSERT_TRUE(choose(digits()));
    m_devices->start();
    core::TrainingRequest onAny = request();
    onAny.compute.device = QStringLiteral("auto");
    ASSERT_TRUE(m_training->start(onAny));
    runEventLoop();
    EXPECT_EQ(m_training->state(), State::Preparing);
    ASSERT_TRUE(m_training->stop());
    EXPECT_EQ(m_log.last(), QStringLiteral("cancelled"));
    ASSERT_TRUE(train()) << "on the CPU, of which nobody need ask";

    ASSERT_TRUE(m_training->start(onAny));
    answer.set_value();
    ASSERT_TRUE(waitFor("finished", 2));
}

TEST_F(TrainingControllerTest, aGpuThatIsNotThereFailsAndTheCpuCanBeTried)
{
    ASSERT_TRUE(choose(digits()));
    core::TrainingRequest onGpu = request();
    onGpu.compute.device = QStringLiteral("gpu:9");
    ASSERT_TRUE(m_training->start(onGpu));
    ASSERT_TRUE(m_failure);
    EXPECT_TRUE(m_failure->isDeviceSuspect);
    EXPECT_FALSE(m_failure->isResume);
    EXPECT_NE(m_failure->error.message.find("GPU 9"), std::string::npos);
    EXPECT_EQ(m_training->state(), State::Idle);
    ASSERT_TRUE(m_training->retry(m_cpu));
    ASSERT_TRUE(waitFor("finished"));
    EXPECT_FALSE(m_training->retry(m_cpu)) << "nothing has failed since";
}

TEST_F(TrainingControllerTest, retriesFromTheCheckpointThatAFailedTrainingHasLeft)
{
    std::vector<engine::Device> devices;
    make(test::failingBackends(15, devices), [] {
        return std::vector<engine::DeviceInfo>{{{}, "CPU", true, {}},
                                               {test::kFailingGpu, "Best GPU", true, {}}};
    });
    m_devices->start();
    ASSERT_TRUE(choose(digits()));
    core::TrainingRequest onGpu = request();
    onGpu.compute.device = QStringLiteral("gpu");
    ASSERT_TRUE(m_training->start(onGpu));
    ASSERT_TRUE(waitFor("failed"));
    EXPECT_TRUE(m_failure->isDeviceSuspect);
    EXPECT_EQ(m_failure->resumableRun, run(1));
    EXPECT_EQ(m_training->run().folder, run(1));
    EXPECT_EQ(continuation(), Continuation::Resume);
    EXPECT_TRUE(m_training->canResume());
    ASSERT_TRUE(m_training->retry(m_cpu));
    ASSERT_TRUE(waitFor("finished"));
    EXPECT_EQ(devices, (std::vector<engine::Device>{test::kFailingGpu, {}}));
    EXPECT_EQ(runFolders(), QStringList{QStringLiteral("1")});
    EXPECT_EQ(m_training->reports().epochs().size(), 2U);
}

TEST_F(TrainingControllerTest, retriesFromTheBeginningWhereNothingWasKept)
{
    std::vector<engine::Device> devices;
    make(test::failingBackends(5, devices), [] {
        return std::vector<engine::DeviceInfo>{{{}, "CPU", true, {}},
                                               {test::kFailingGpu, "Best GPU", true, {}}};
    });
    m_devices->start();
    ASSERT_TRUE(choose(digits()));
    core::TrainingRequest onGpu = request();
    onGpu.compute.device = QStringLiteral("gpu");
    ASSERT_TRUE(m_training->start(onGpu));
    ASSERT_TRUE(waitFor("failed"));
    EXPECT_TRUE(m_failure->resumableRun.isEmpty());
    EXPECT_TRUE(m_training->run().folder.isEmpty());
    EXPECT_FALSE(m_training->reports().plan());
    EXPECT_FALSE(m_training->canResume());
    ASSERT_TRUE(m_training->retry(m_cpu));
    ASSERT_TRUE(waitFor("finished"));
    EXPECT_EQ(m_training->run().folder, run(1)) << "the number is free again";
}

TEST_F(TrainingControllerTest, aRunThatCannotBeExtendedStaysAsItWas)
{
    std::vector<engine::Device> devices;
    make(test::failingBackends(5, devices), [] {
        return std::vector<engine::DeviceInfo>{{{}, "CPU", true, {}},
                                               {test::kFailingGpu, "Best GPU", true, {}}};
    });
    m_devices->start();
    ASSERT_TRUE(choose(digits()));
    ASSERT_TRUE(train());
    ASSERT_TRUE(waitUntil([&] { return !m_devices->isAsking(); }));
    ASSERT_TRUE(m_training->extend(1, {QStringLiteral("gpu"), 1}));
    ASSERT_TRUE(waitFor("failed"));
    EXPECT_TRUE(m_failure->isResume);
    EXPECT_TRUE(m_failure->resumableRun.isEmpty()) << "it has no checkpoint that it had not before";
    EXPECT_EQ(m_training->run().folder, run(1));
    EXPECT_EQ(continuation(), Continuation::Extend);
    ASSERT_TRUE(m_training->retry(m_cpu));
    ASSERT_TRUE(waitFor("finished", 2));
    EXPECT_EQ(engine::readSavedModel(run(1).toStdString())->record->epochs.size(), 3U);
}

TEST_F(TrainingControllerTest, fineTunesAModelWhichStaysUntilThereIsTheNewOne)
{
    ASSERT_TRUE(choose(digits()));
    ASSERT_TRUE(train());
    const auto model = m_training->model();
    bool wasEverWithout = false;
    QObject::connect(&m_model, &core::CurrentModel::changed, &m_model,
                     [&] { wasEverWithout = wasEverWithout || !m_model.get(); });
    core::TrainingRequest tuning = request();
    tuning.config.network.tinyVgg.hiddenUnits = {16}; // which are the model's all the same
    tuning.dataset = others();
    tuning.model = model;
    ASSERT_TRUE(m_training->start(tuning));
    ASSERT_TRUE(waitFor("finished", 2) && waitUntilIdle());
    EXPECT_FALSE(wasEverWithout);
    EXPECT_EQ(m_training->datasetId(), others());
    EXPECT_EQ(m_training->model()->record->config.startedFrom.name, "run 1");
    EXPECT_EQ(engine::choiceOf(m_training->model()->snapshot->spec), engine::choiceOf(model->snapshot->spec));
    m_training->stopFineTuning();
    EXPECT_TRUE(waitUntil([&] { return m_fineTuning->state() == core::FineTuning::State::Idle; }));
}

TEST_F(TrainingControllerTest, endsItsTrainingWhenItsPartsAreDestroyed)
{
    m_config.epochs = 1000;
    ASSERT_TRUE(choose(digits()));
    ASSERT_TRUE(m_training->start(request()));
    ASSERT_TRUE(waitUntil([&] { return isTraining(); }));
    m_training.reset();
    m_fineTuning.reset();
    m_session.reset(); // joins
    EXPECT_TRUE(engine::readCheckpoint(run(1).toStdString()));
}
