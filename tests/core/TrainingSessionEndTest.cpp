// Trainings that are stopped, fail, or lose their session.
#include "core/TrainingSessionFixture.h"
#include "support/Files.h"
#include "support/Results.h"

#include <QElapsedTimer>

using core::TrainingSession;
using engine::ErrorCode;
using State = TrainingSession::State;

namespace
{

using TrainingSessionEndTest = TrainingSessionFixture;

} // namespace

TEST_F(TrainingSessionEndTest, stopsInMidRunAndKeepsTheWeights)
{
    neverEnd();
    m_session.onBatches = [&] { m_session->stop(); };
    ASSERT_TRUE(m_session.run(m_config, m_data));
    EXPECT_EQ(m_session.states(), (std::vector<State>{State::Training, State::Stopping, State::Idle}));
    EXPECT_EQ(m_session.stateAtEnd(), State::Idle);
    const core::TrainingResult& result = m_session.results().at(0);
    EXPECT_TRUE(result.outcome.isStopped);
    EXPECT_EQ(result.outcome.epochs.size(), m_session.epochs().size());
    const auto checkpoint = checkpointIn(result.runFolder);
    ASSERT_TRUE(test::succeeds(checkpoint));
    EXPECT_TRUE(test::areSame(checkpoint->model, result.outcome.model));
    ASSERT_TRUE(checkpoint->record);
    // Between two epochs, the weights are those of the last epoch's metrics.
    EXPECT_EQ(checkpoint->record->isStopped, !result.outcome.evaluation);
    EXPECT_EQ(checkpoint->record->epochs.size(), result.outcome.epochs.size());
}

TEST_F(TrainingSessionEndTest, reportsEveryBatchThatWasDoneBeforeTheStop)
{
    neverEnd();
    m_session.onBatches = [&] { m_session->stop(); };
    ASSERT_TRUE(m_session.run(m_config, m_data));
    for (std::size_t i = 0; i < m_session.batches().size(); ++i) {
        EXPECT_EQ(m_session.batches()[i].epoch, 1 + static_cast<int>(i) / 19);
        EXPECT_EQ(m_session.batches()[i].batch, 1 + static_cast<int>(i) % 19);
    }
    EXPECT_GE(m_session.batches().size(), 19 * m_session.epochs().size());
    EXPECT_LE(m_session.batches().size(), 19 * m_session.epochs().size() + 19);
    EXPECT_EQ(m_session.log().last(), QStringLiteral("finished"));
}

TEST_F(TrainingSessionEndTest, stopsBeforeTheFirstBatch)
{
    // Before its thread has begun.
    m_session.onState = [&](State state) {
        if (state == State::Training)
            m_session->stop();
    };
    ASSERT_TRUE(m_session.run(m_config, m_data));
    const core::TrainingResult& result = m_session.results().at(0);
    EXPECT_TRUE(result.outcome.isStopped);
    EXPECT_TRUE(m_session.batches().empty());
    const auto checkpoint = checkpointIn(result.runFolder);
    ASSERT_TRUE(test::succeeds(checkpoint));
    EXPECT_TRUE(test::areSame(checkpoint->model, result.outcome.model));
    EXPECT_TRUE(checkpoint->record && checkpoint->record->isStopped);
}

TEST_F(TrainingSessionEndTest, takesASecondStopAsOne)
{
    neverEnd();
    m_session.onBatches = [&] {
        m_session->stop();
        m_session->stop();
    };
    ASSERT_TRUE(m_session.run(m_config, m_data));
    m_session->stop();
    runEventLoop();
    EXPECT_EQ(m_session.states(), (std::vector<State>{State::Training, State::Stopping, State::Idle}));
    EXPECT_EQ(m_session.ends(), 1);
}

TEST_F(TrainingSessionEndTest, isHarmlessToStopAndToAskWhenIdle)
{
    m_session->stop();
    m_session->requestSnapshot();
    runEventLoop();
    EXPECT_TRUE(m_session.states().empty());
    ASSERT_TRUE(m_session.run(m_config, m_data));
    EXPECT_FALSE(m_session.results().at(0).outcome.isStopped);
    m_session->requestSnapshot();
    runEventLoop();
    // Neither before nor after: no wish is kept for a later run.
    ASSERT_TRUE(m_session.run(m_config, m_data));
    EXPECT_TRUE(m_session.snapshots().empty());
}

TEST_F(TrainingSessionEndTest, joinsWhenDestroyedInMidTraining)
{
    neverEnd();
    m_session->start(m_config, m_data);
    ASSERT_TRUE(m_session.waitForBatches());
    const QStringList log = m_session.log();
    m_session.destroy();
    runEventLoop();
    EXPECT_EQ(m_session.log(), log);
    EXPECT_EQ(m_session.states(), (std::vector<State>{State::Training}));
    // The thread is through, and kept what it had.
    const auto checkpoint = checkpointIn(runFolder("1"));
    ASSERT_TRUE(test::succeeds(checkpoint));
    EXPECT_TRUE(checkpoint->record);
}

TEST_F(TrainingSessionEndTest, joinsWhenDestroyedAtOnce)
{
    neverEnd();
    m_session->start(m_config, m_data);
    m_session.destroy();
    runEventLoop();
    EXPECT_TRUE(m_session.log().isEmpty());
    EXPECT_TRUE(test::succeeds(checkpointIn(runFolder("1"))));
}

TEST_F(TrainingSessionEndTest, joinsWhenDestroyedWhileStopping)
{
    neverEnd();
    m_session->start(m_config, m_data);
    ASSERT_TRUE(m_session.waitForBatches());
    m_session->stop();
    m_session.destroy();
    runEventLoop();
    EXPECT_EQ(m_session.ends(), 0);
}

TEST_F(TrainingSessionEndTest, joinsWhenDestroyedWithItsLastSignalsUnread)
{
    // Of its only epoch, not one signal has arrived.
    m_config.epochs = 1;
    m_session->start(m_config, m_data);
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < 10'000 && !QFile::exists(runFolder("1/weights.json")))
        QThread::msleep(1);
    m_session.destroy();
    runEventLoop();
    EXPECT_TRUE(m_session.log().isEmpty());
    EXPECT_TRUE(test::succeeds(checkpointIn(runFolder("1"))));
}

TEST_F(TrainingSessionEndTest, trainsAgainAfterAStop)
{
    m_session.onState = [&](State state) {
        if (state == State::Training)
            m_session->stop();
    };
    ASSERT_TRUE(m_session.run(m_config, m_data));
    m_session.onState = {};
    ASSERT_TRUE(m_session.run(m_config, m_data));
    EXPECT_FALSE(m_session.results().at(1).outcome.isStopped);
    EXPECT_EQ(m_session.epochs().size(), 2U);
}

TEST_F(TrainingSessionEndTest, refusesABadConfigurationAndLeavesNoFolder)
{
    m_config.learningRate = -1;
    EXPECT_FALSE(m_session.run(m_config, m_data));
    ASSERT_TRUE(m_session.error());
    EXPECT_EQ(m_session.error()->code, ErrorCode::BadValue);
    EXPECT_NE(m_session.error()->message.find("Learning rate"), std::string::npos);
    EXPECT_EQ(m_session.log(), QStringList{QStringLiteral("failed")});
    EXPECT_EQ(m_session.states(), (std::vector<State>{State::Training, State::Idle}));
    EXPECT_EQ(m_session.stateAtEnd(), State::Idle);
    EXPECT_EQ(runFolders(), QStringList());
}

TEST_F(TrainingSessionEndTest, refusesADataSetWithoutImages)
{
    EXPECT_FALSE(m_session.run(m_config, {}));
    ASSERT_TRUE(m_session.error());
    EXPECT_EQ(m_session.error()->code, ErrorCode::BadValue);
    EXPECT_EQ(runFolders(), QStringList());
}

TEST_F(TrainingSessionEndTest, trainsAfterAFailure)
{
    EXPECT_FALSE(m_session.run(m_config, {}));
    ASSERT_TRUE(m_session.run(m_config, m_data));
    EXPECT_EQ(m_session.results().at(0).runFolder, runFolder("1"));
}

TEST_F(TrainingSessionEndTest, failsWhereRunsCannotBeKept)
{
    test::writeFile(m_runs.toStdString(), "a file");
    EXPECT_FALSE(m_session.run(m_config, m_data));
    ASSERT_TRUE(m_session.error());
    EXPECT_EQ(m_session.error()->code, ErrorCode::CannotWrite);
    EXPECT_NE(m_session.error()->message.find(m_runs.toStdString()), std::string::npos);
    EXPECT_EQ(m_session.log(), QStringList{QStringLiteral("failed")});
    EXPECT_EQ(m_session.stateAtEnd(), State::Idle);
    EXPECT_EQ(test::readFile(m_runs.toStdString()), "a file");
}

TEST_F(TrainingSessionEndTest, failsWhenTheRunCanNoLongerBeKept)
{
    neverEnd();
    m_session.onBatches = [&] { QDir(m_runs).rename(QStringLiteral("1"), QStringLiteral("gone")); };
    EXPECT_FALSE(m_session.run(m_config, m_data));
    ASSERT_TRUE(m_session.error());
    EXPECT_EQ(m_session.error()->code, ErrorCode::CannotWrite);
    EXPECT_NE(m_session.error()->message.find(runFolder("1").toStdString()), std::string::npos);
    EXPECT_EQ(m_session.stateAtEnd(), State::Idle);
}
