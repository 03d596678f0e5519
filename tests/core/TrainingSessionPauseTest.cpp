// Pausing, stepping, another learning rate, and runs that are resumed and extended.
#include "TrainingSessionFixture.h"
#include "engine/storage/CheckpointFile.h"

using State = core::TrainingSession::State;

namespace
{

class TrainingSessionPause : public TrainingSessionFixture
{
protected:
    /// Trains until it is paused in the middle.
    testing::AssertionResult runUntilPaused()
    {
        neverEnd();
        m_session->start(m_config, m_data);
        if (!m_session.waitForBatches())
            return testing::AssertionFailure() << "no batches";
        m_session->pause();
        return test::waitUntil([&] { return m_session->state() == State::Paused; })
                   ? testing::AssertionSuccess()
                   : testing::AssertionFailure() << "not paused";
    }
    engine::TrainingState storedState() const
    {
        return engine::readCheckpoint(runFolder("1").toStdString()).value().state;
    }
};

} // namespace

TEST_F(TrainingSessionPause, keepsEverythingOnDiskAndTellsNoMoreBatches)
{
    ASSERT_TRUE(runUntilPaused());
    runEventLoop();
    const std::size_t reported = m_session.batches().size();
    EXPECT_EQ(storedState().batches.size(), reported);
    runEventLoop();
    EXPECT_EQ(m_session.batches().size(), reported);
    m_session->unpause();
    EXPECT_EQ(m_session->state(), State::Training);
    ASSERT_TRUE(test::waitUntil([&] { return m_session.batches().size() > reported; }));
    m_session->stop();
    ASSERT_TRUE(m_session.waitForEnds());
    EXPECT_TRUE(m_session.isAllOnOwnThread());
}

TEST_F(TrainingSessionPause, stepsBatchByBatch)
{
    ASSERT_TRUE(runUntilPaused());
    runEventLoop();
    for (int i = 1; i <= 3; ++i) {
        const std::size_t reported = m_session.batches().size();
        m_session->step();
        EXPECT_EQ(m_session->state(), State::Pausing);
        ASSERT_TRUE(test::waitUntil([&] { return m_session->state() == State::Paused; }));
        EXPECT_EQ(m_session.batches().size(), reported + 1);
    }
    m_session->step();
    m_session->stop();
    ASSERT_TRUE(m_session.waitForEnds());
    EXPECT_TRUE(m_session.results()[0].outcome.isStopped);
}

TEST_F(TrainingSessionPause, canBeUndoneBeforeItCameAbout)
{
    neverEnd();
    m_session->start(m_config, m_data);
    m_session->pause();
    m_session->unpause();
    runEventLoop();
    EXPECT_EQ(m_session->state(), State::Training);
    ASSERT_TRUE(m_session.waitForBatches());
    m_session->stop();
    ASSERT_TRUE(m_session.waitForEnds());
}

TEST_F(TrainingSessionPause, answersASnapshotRequestWhilePaused)
{
    ASSERT_TRUE(runUntilPaused());
    m_session->requestSnapshot();
    EXPECT_TRUE(test::waitUntil([&] { return !m_session.snapshots().empty(); }));
}

TEST_F(TrainingSessionPause, closesWhilePaused)
{
    ASSERT_TRUE(runUntilPaused());
    m_session.destroy();
    EXPECT_GT(storedState().batches.size(), 0U);
}

TEST_F(TrainingSessionPause, requestsBeforeAndAfterATrainingDoNothing)
{
    m_session->pause();
    m_session->unpause();
    m_session->step();
    m_session->setLearningRate(.5);
    EXPECT_EQ(m_session->state(), State::Idle);
    ASSERT_TRUE(m_session.run(m_config, m_data));
    EXPECT_FLOAT_EQ(m_session.batches().front().learningRate, .1F);
    m_session->pause();
    EXPECT_EQ(m_session->state(), State::Idle);
}

TEST_F(TrainingSessionPause, takesAnotherLearningRate)
{
    neverEnd();
    m_session->start(m_config, m_data);
    ASSERT_TRUE(m_session.waitForBatches());
    m_session->setLearningRate(.025);
    EXPECT_TRUE(test::waitUntil([&] { return m_session.batches().back().learningRate == .025F; }));
    m_session->stop();
    ASSERT_TRUE(m_session.waitForEnds());
}

TEST_F(TrainingSessionPause, aStoppedRunIsResumedToTheBitsItWouldHaveComeTo)
{
    ASSERT_TRUE(m_session.run(m_config, m_data));
    const engine::ModelSnapshot expected = m_session.results()[0].outcome.model;

    m_session.onBatches = [&] { m_session->stop(); };
    ASSERT_TRUE(m_session.run(m_config, m_data));
    ASSERT_TRUE(m_session.results()[1].outcome.isStopped);
    m_session.onBatches = {};
    std::vector<engine::BatchReport> before;
    QObject::connect(m_session.operator->(), &core::TrainingSession::historyLoaded,
                     [&](const std::vector<engine::BatchReport>& batches) { before = batches; });
    const std::size_t reported = m_session.batches().size();
    m_session->resume(runFolder("2"), std::nullopt, {}, 1, m_data);
    ASSERT_TRUE(m_session.waitForEnds(3));
    ASSERT_EQ(m_session.results().size(), 3U);
    EXPECT_EQ(before.size() + m_session.batches().size() - reported, 38U);
    const engine::ModelSnapshot& found = m_session.results()[2].outcome.model;
    for (std::size_t i = 0; i < expected.weights.size(); ++i)
        EXPECT_EQ(found.weights[i].values, expected.weights[i].values);
    EXPECT_EQ(m_session.results()[2].runFolder, runFolder("2"));
    EXPECT_EQ(checkpointIn(runFolder("2"))->record->epochs.size(), 2U);
}

TEST_F(TrainingSessionPause, aFinishedRunIsExtendedByMoreEpochs)
{
    ASSERT_TRUE(m_session.run(m_config, m_data));
    m_session->resume(runFolder("1"), 5, {}, 1, m_data);
    ASSERT_TRUE(m_session.waitForEnds(2));
    EXPECT_EQ(m_session.plans()[1].config.epochs, 5);
    EXPECT_EQ(m_session.epochs().back().epoch, 5);
    EXPECT_EQ(checkpointIn(runFolder("1"))->record->epochs.size(), 5U);
    EXPECT_EQ(runFolders().size(), 1);
}

TEST_F(TrainingSessionPause, aRunThatIsGoneIsAnError)
{
    m_session->resume(runFolder("7"), 3, {}, 1, m_data);
    ASSERT_TRUE(m_session.waitForEnds());
    ASSERT_TRUE(m_session.error());
    EXPECT_EQ(m_session.error()->code, engine::ErrorCode::NotFound);
}
