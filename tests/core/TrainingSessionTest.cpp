#include "core/session/TrainingSession.h"

#include "core/PlainModel.h"
#include "core/RecordedSession.h"
#include "engine/data/SketchDigits.h"
#include "engine/storage/Checkpoint.h"
#include "support/Files.h"
#include "support/Results.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <atomic>

using core::TrainingSession;
using engine::ErrorCode;
using State = TrainingSession::State;

namespace
{

/// 600 and 200 images, two epochs of 19 batches, of which the last is smaller.
class TrainingSessionTest : public testing::Test
{
protected:
    TrainingSessionTest()
    {
        m_config.epochs = 2;
        m_config.hiddenUnits = 4;
        m_config.threads = 1;
    }

    QString runFolder(const char* name) const { return QDir(m_runs).filePath(QLatin1String(name)); }
    QStringList runFolders() const { return QDir(m_runs).entryList(QDir::AllEntries | QDir::NoDotAndDotDot); }
    static engine::Result<engine::Checkpoint> checkpointIn(const QString& folder)
    {
        return engine::readCheckpoint(folder.toStdString());
    }
    /// More than a test waits for.
    void neverEnd() { m_config.epochs = 1000; }
    /// Whatever is still on its way would arrive.
    static void runEventLoop()
    {
        for (int i = 0; i < 10; ++i)
            QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
    }

    QTemporaryDir m_root;
    QString m_runs = m_root.filePath(QStringLiteral("runs"));
    engine::DatasetSplits m_data = engine::makeSketchDigits({600, 200, 1});
    engine::TrainingConfig m_config;
    test::RecordedSession m_session{m_runs};
};

QStringList expectedLog(int epochs, int batches)
{
    QStringList log = {QStringLiteral("started")};
    for (int epoch = 1; epoch <= epochs; ++epoch) {
        for (int batch = 1; batch <= batches; ++batch)
            log.append(QStringLiteral("batch %1 of epoch %2").arg(batch).arg(epoch));
        log.append(QStringLiteral("test pass %1").arg(epoch));
        log.append(QStringLiteral("epoch %1").arg(epoch));
    }
    log.append(QStringLiteral("finished"));
    return log;
}

} // namespace

TEST_F(TrainingSessionTest, tellsEverythingInOrderAndOnce)
{
    ASSERT_TRUE(m_session.run(m_config, m_data));
    runEventLoop();
    EXPECT_EQ(m_session.log().join(u'\n').toStdString(), expectedLog(2, 19).join(u'\n').toStdString());
    EXPECT_EQ(m_session.states(), (std::vector<State>{State::Training, State::Idle}));
    EXPECT_EQ(m_session.stateAtEnd(), State::Idle);
    EXPECT_FALSE(m_session->isActive());
}

TEST_F(TrainingSessionTest, tellsItsFiguresCompletely)
{
    ASSERT_TRUE(m_session.run(m_config, m_data));
    EXPECT_EQ(m_session.plans().at(0).config, m_config);
    EXPECT_EQ(m_session.plans().at(0).trainSize, 600U);
    EXPECT_EQ(m_session.plans().at(0).testSize, 200U);
    EXPECT_EQ(m_session.plans().at(0).batchesPerEpoch, 19);
    ASSERT_EQ(m_session.epochs().size(), 2U);
    for (const engine::EpochReport& epoch : m_session.epochs()) {
        int samples = 0;
        std::size_t correct = 0;
        for (const engine::BatchReport& batch : m_session.batches()) {
            if (batch.epoch == epoch.epoch) {
                samples += batch.sampleCount;
                correct += static_cast<std::size_t>(batch.correctCount);
            }
        }
        EXPECT_EQ(samples, 600);
        EXPECT_EQ(correct, epoch.trainCorrect);
        EXPECT_EQ(epoch.testTotal, 200U);
    }
    const engine::TrainingOutcome& outcome = m_session.results().at(0).outcome;
    EXPECT_FALSE(outcome.isStopped);
    EXPECT_EQ(outcome.epochs.size(), 2U);
    ASSERT_TRUE(outcome.evaluation);
    EXPECT_EQ(outcome.evaluation->correctCount(), m_session.epochs()[1].testCorrect);
}

TEST_F(TrainingSessionTest, tellsOnTheThreadThatItWasMadeOn)
{
    m_session.onState = [&](State) { m_session->requestSnapshot(); };
    ASSERT_TRUE(m_session.run(m_config, m_data));
    EXPECT_FALSE(m_session.snapshots().empty());
    EXPECT_TRUE(m_session.isAllOnOwnThread());
}

TEST_F(TrainingSessionTest, tellsOnTheThreadThatItWasMovedTo)
{
    QThread thread;
    auto* session = new TrainingSession(m_runs);
    session->moveToThread(&thread);
    QObject::connect(&thread, &QThread::finished, session, &QObject::deleteLater);
    std::atomic<int> signalCount = 0;
    std::atomic<bool> isFinished = false;
    std::atomic<bool> isAllThere = true;
    const auto note = [&] {
        ++signalCount;
        if (QThread::currentThread() != &thread)
            isAllThere = false;
    };
    QObject::connect(session, &TrainingSession::started, session, note, Qt::DirectConnection);
    QObject::connect(session, &TrainingSession::batchesFinished, session, note, Qt::DirectConnection);
    QObject::connect(session, &TrainingSession::epochFinished, session, note, Qt::DirectConnection);
    QObject::connect(
        session, &TrainingSession::finished, session,
        [&] {
            note();
            isFinished = true;
        },
        Qt::DirectConnection);
    thread.start();
    QMetaObject::invokeMethod(session, [&] { session->start(m_config, m_data); }, Qt::QueuedConnection);
    EXPECT_TRUE(test::waitUntil([&] { return isFinished.load(); }));
    thread.quit();
    thread.wait();
    EXPECT_TRUE(isAllThere);
    EXPECT_GE(signalCount, 6);
}

TEST_F(TrainingSessionTest, gathersBatchesIntoFewSignals)
{
    m_config.batchSize = 1;
    QElapsedTimer clock;
    clock.start();
    ASSERT_TRUE(m_session.run(m_config, m_data));
    const qint64 milliseconds = clock.elapsed();
    EXPECT_EQ(m_session.batches().size(), 1200U);
    // At least 50 ms apart, but for the ends of the epochs.
    EXPECT_LE(m_session.batchSignals(), milliseconds / 50 + m_config.epochs) << milliseconds << " ms";
    EXPECT_GE(m_session.batchSignals(), m_config.epochs);
}

TEST_F(TrainingSessionTest, keepsTheRunOnDisk)
{
    ASSERT_TRUE(m_session.run(m_config, m_data));
    const core::TrainingResult& result = m_session.results().at(0);
    EXPECT_EQ(result.runFolder, runFolder("1"));
    EXPECT_EQ(QDir(result.runFolder).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
              (QStringList{QStringLiteral("weights.json"), QStringLiteral("weights.pt")}));
    const auto checkpoint = checkpointIn(result.runFolder);
    ASSERT_TRUE(test::succeeds(checkpoint));
    EXPECT_TRUE(test::areSame(checkpoint->model, result.outcome.model));
    ASSERT_TRUE(checkpoint->record);
    EXPECT_EQ(checkpoint->record->config, m_config);
    EXPECT_EQ(checkpoint->record->datasetId, engine::kSketchDigitsId);
    EXPECT_EQ(checkpoint->record->classNames, m_data.classNames);
    EXPECT_FALSE(checkpoint->record->isStopped);
    ASSERT_EQ(checkpoint->record->epochs.size(), 2U);
    EXPECT_EQ(checkpoint->record->epochs[1].testCorrect, result.outcome.epochs[1].testCorrect);
    EXPECT_EQ(checkpoint->record->epochs[1].trainLoss, result.outcome.epochs[1].trainLoss);
}

TEST_F(TrainingSessionTest, stopsInMidRunAndKeepsTheWeights)
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
    // Between two epochs, the weights are those of the last epoch's figures.
    EXPECT_EQ(checkpoint->record->isStopped, !result.outcome.evaluation);
    EXPECT_EQ(checkpoint->record->epochs.size(), result.outcome.epochs.size());
}

TEST_F(TrainingSessionTest, tellsOfEveryBatchThatWasDoneBeforeTheStop)
{
    neverEnd();
    m_session.onBatches = [&] { m_session->stop(); };
    ASSERT_TRUE(m_session.run(m_config, m_data));
    for (std::size_t i = 0; i < m_session.batches().size(); ++i) {
        EXPECT_EQ(m_session.batches()[i].epoch, 1 + static_cast<int>(i) / 19);
        EXPECT_EQ(m_session.batches()[i].batch, 1 + static_cast<int>(i) % 19);
    }
    EXPECT_EQ(m_session.batches().size() / 19, m_session.results().at(0).outcome.evaluation
                                                   ? m_session.epochs().size()
                                                   : m_session.batches().size() / 19);
    EXPECT_EQ(m_session.log().last(), QStringLiteral("finished"));
}

TEST_F(TrainingSessionTest, stopsBeforeTheFirstBatch)
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

TEST_F(TrainingSessionTest, takesASecondStopAsOne)
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

TEST_F(TrainingSessionTest, isHarmlessToStopAndToAskWhenIdle)
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

TEST_F(TrainingSessionTest, joinsWhenDestroyedInMidTraining)
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

TEST_F(TrainingSessionTest, joinsWhenDestroyedAtOnce)
{
    neverEnd();
    m_session->start(m_config, m_data);
    m_session.destroy();
    runEventLoop();
    EXPECT_TRUE(m_session.log().isEmpty());
    EXPECT_TRUE(test::succeeds(checkpointIn(runFolder("1"))));
}

TEST_F(TrainingSessionTest, joinsWhenDestroyedWhileStopping)
{
    neverEnd();
    m_session->start(m_config, m_data);
    ASSERT_TRUE(m_session.waitForBatches());
    m_session->stop();
    m_session.destroy();
    runEventLoop();
    EXPECT_EQ(m_session.ends(), 0);
}

TEST_F(TrainingSessionTest, joinsWhenDestroyedWithItsLastSignalsUnread)
{
    // A whole run, of which not one signal has arrived.
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

TEST_F(TrainingSessionTest, ignoresAStartWhileItIsActive)
{
    m_session->start(m_config, m_data);
    m_config.hiddenUnits = 2;
    m_session->start(m_config, m_data);
    m_session.onBatches = [&] { m_session->start(m_config, m_data); };
    ASSERT_TRUE(m_session.waitForEnds());
    runEventLoop();
    EXPECT_EQ(m_session.ends(), 1);
    EXPECT_EQ(m_session.plans().size(), 1U);
    EXPECT_EQ(m_session.results().at(0).outcome.model.options.hiddenUnits, 4);
    EXPECT_EQ(runFolders(), QStringList{QStringLiteral("1")});
}

TEST_F(TrainingSessionTest, trainsAgainInANewFolder)
{
    ASSERT_TRUE(m_session.run(m_config, m_data));
    ASSERT_TRUE(m_session.run(m_config, m_data));
    EXPECT_EQ(m_session.results()[0].runFolder, runFolder("1"));
    EXPECT_EQ(m_session.results()[1].runFolder, runFolder("2"));
    EXPECT_EQ(m_session.log(), expectedLog(2, 19) + expectedLog(2, 19));
    // The same configuration, data and device: the same weights, whatever ran before.
    EXPECT_TRUE(
        test::areSame(m_session.results()[0].outcome.model, m_session.results()[1].outcome.model));
}

TEST_F(TrainingSessionTest, trainsAgainWhenStartedByItsOwnEnd)
{
    m_session.onEnd = [&] {
        if (m_session.ends() == 1)
            m_session->start(m_config, m_data);
    };
    ASSERT_TRUE(m_session.run(m_config, m_data));
    ASSERT_TRUE(m_session.waitForEnds(2));
    EXPECT_EQ(m_session.results().size(), 2U);
    EXPECT_EQ(m_session.log(), expectedLog(2, 19) + expectedLog(2, 19));
}

TEST_F(TrainingSessionTest, trainsAgainAfterAStop)
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

TEST_F(TrainingSessionTest, refusesABadConfigurationAndLeavesNoFolder)
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

TEST_F(TrainingSessionTest, refusesADataSetWithoutImages)
{
    EXPECT_FALSE(m_session.run(m_config, {}));
    ASSERT_TRUE(m_session.error());
    EXPECT_EQ(m_session.error()->code, ErrorCode::BadValue);
    EXPECT_EQ(runFolders(), QStringList());
}

TEST_F(TrainingSessionTest, trainsAfterAFailure)
{
    EXPECT_FALSE(m_session.run(m_config, {}));
    ASSERT_TRUE(m_session.run(m_config, m_data));
    EXPECT_EQ(m_session.results().at(0).runFolder, runFolder("1"));
}

TEST_F(TrainingSessionTest, failsWhereRunsCannotBeKept)
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

TEST_F(TrainingSessionTest, failsWhenTheRunCanNoLongerBeKept)
{
    neverEnd();
    m_session.onBatches = [&] { QDir(m_runs).rename(QStringLiteral("1"), QStringLiteral("gone")); };
    EXPECT_FALSE(m_session.run(m_config, m_data));
    ASSERT_TRUE(m_session.error());
    EXPECT_EQ(m_session.error()->code, ErrorCode::CannotWrite);
    EXPECT_NE(m_session.error()->message.find(runFolder("1").toStdString()), std::string::npos);
    EXPECT_EQ(m_session.stateAtEnd(), State::Idle);
}

TEST_F(TrainingSessionTest, takesASnapshotWhileItTrains)
{
    m_config.kernelSize = 5;
    m_session.onState = [&](State state) {
        if (state == State::Training)
            m_session->requestSnapshot();
    };
    ASSERT_TRUE(m_session.run(m_config, m_data));
    ASSERT_EQ(m_session.snapshots().size(), 1U);
    const engine::ModelSnapshot& snapshot = *m_session.snapshots()[0];
    EXPECT_EQ(snapshot.options, (engine::TinyVggOptions{28, 28, 4, 5, 10}));
    const auto expected = test::makeModel(snapshot.options);
    ASSERT_EQ(snapshot.weights.size(), expected.weights.size());
    for (std::size_t i = 0; i < expected.weights.size(); ++i) {
        EXPECT_EQ(snapshot.weights[i].name, expected.weights[i].name);
        EXPECT_EQ(snapshot.weights[i].shape, expected.weights[i].shape);
        EXPECT_EQ(snapshot.weights[i].values.size(), expected.weights[i].values.size());
    }
    // Of the first batch, with 37 more to come.
    EXPECT_FALSE(test::areSame(snapshot, m_session.results().at(0).outcome.model));
}

TEST_F(TrainingSessionTest, takesTheWeightsOfTheMoment)
{
    m_config.epochs = 1;
    m_config.batchSize = 600;
    m_session.onState = [&](State state) {
        if (state == State::Training)
            m_session->requestSnapshot();
    };
    ASSERT_TRUE(m_session.run(m_config, m_data));
    ASSERT_EQ(m_session.snapshots().size(), 1U);
    EXPECT_TRUE(test::areSame(*m_session.snapshots()[0], m_session.results().at(0).outcome.model));
}

TEST_F(TrainingSessionTest, takesASnapshotForEveryRequestThatComesLater)
{
    neverEnd();
    m_session.onBatches = [&] {
        if (m_session.snapshots().size() < 3)
            m_session->requestSnapshot();
        else
            m_session->stop();
    };
    ASSERT_TRUE(m_session.run(m_config, m_data));
    ASSERT_GE(m_session.snapshots().size(), 3U);
    EXPECT_FALSE(test::areSame(*m_session.snapshots()[0], *m_session.snapshots()[2]));
}
