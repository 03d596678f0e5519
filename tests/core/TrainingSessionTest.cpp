// Trainings that run to their end: what they tell, when and where.
#include "core/TrainingSessionFixture.h"
#include "support/Results.h"

#include <QElapsedTimer>
#include <atomic>

using core::TrainingSession;
using State = TrainingSession::State;

namespace
{

using TrainingSessionTest = TrainingSessionFixture;

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

TEST_F(TrainingSessionTest, reportsEverythingInOrderAndOnce)
{
    ASSERT_TRUE(m_session.run(m_config, m_data));
    runEventLoop();
    EXPECT_EQ(m_session.log().join(u'\n').toStdString(), expectedLog(2, 19).join(u'\n').toStdString());
    EXPECT_EQ(m_session.states(), (std::vector<State>{State::Training, State::Idle}));
    EXPECT_EQ(m_session.stateAtEnd(), State::Idle);
    EXPECT_FALSE(m_session->isActive());
}

TEST_F(TrainingSessionTest, reportsAllItsMetrics)
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

TEST_F(TrainingSessionTest, reportsOnTheThreadThatItWasMadeOn)
{
    m_session.onState = [&](State) { m_session->requestSnapshot(); };
    ASSERT_TRUE(m_session.run(m_config, m_data));
    EXPECT_FALSE(m_session.snapshots().empty());
    EXPECT_TRUE(m_session.isAllOnOwnThread());
}

TEST_F(TrainingSessionTest, reportsOnTheThreadThatItWasMovedTo)
{
    QThread thread;
    auto* session = new TrainingSession(m_runs);
    auto* mailbox = new core::Mailbox(*session); // deleted with the session
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
    mailbox->post([&] { session->start(m_config, m_data); });
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
    EXPECT_EQ(
        QDir(result.runFolder).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
        (QStringList{QStringLiteral("checkpoint.safetensors"), QStringLiteral("predictions.safetensors"),
                     QStringLiteral("weights.json"), QStringLiteral("weights.pt")}));
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

TEST_F(TrainingSessionTest, reportsAnEpochWhenItIsOnDisk)
{
    m_config.epochs = 1;
    std::size_t epochsOnDisk = 0;
    m_session.onEpoch = [&] {
        const auto checkpoint = checkpointIn(runFolder("1"));
        ASSERT_TRUE(test::succeeds(checkpoint));
        ASSERT_TRUE(checkpoint->record);
        epochsOnDisk = checkpoint->record->epochs.size();
    };
    ASSERT_TRUE(m_session.run(m_config, m_data));
    EXPECT_EQ(epochsOnDisk, 1U);
}

TEST_F(TrainingSessionTest, ignoresAStartWhileItIsActive)
{
    m_session->start(m_config, m_data);
    m_config.network.tinyVgg.hiddenUnits = {2};
    m_session->start(m_config, m_data);
    m_session.onBatches = [&] { m_session->start(m_config, m_data); };
    ASSERT_TRUE(m_session.waitForEnds());
    runEventLoop();
    EXPECT_EQ(m_session.ends(), 1);
    EXPECT_EQ(m_session.plans().size(), 1U);
    EXPECT_EQ(m_session.results().at(0).outcome.model.spec, test::tinyVgg(28, 28, 4));
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
    EXPECT_TRUE(test::areSame(m_session.results()[0].outcome.model, m_session.results()[1].outcome.model));
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

TEST_F(TrainingSessionTest, takesASnapshotWhileItTrains)
{
    m_config.network.tinyVgg.kernelSizes = {5};
    m_session.onState = [&](State state) {
        if (state == State::Training)
            m_session->requestSnapshot();
    };
    ASSERT_TRUE(m_session.run(m_config, m_data));
    ASSERT_EQ(m_session.snapshots().size(), 1U);
    const engine::ModelSnapshot& snapshot = *m_session.snapshots()[0];
    EXPECT_EQ(snapshot.spec, test::tinyVgg(28, 28, 4, 5));
    const auto expected = test::makeModel(snapshot.spec);
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
