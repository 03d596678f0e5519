// Who wants to see the newest weights while training goes on.
#include "core/TrainingSessionFixture.h"

#include <QElapsedTimer>

using State = core::TrainingSession::State;

namespace
{

class TrainingSessionFollow : public TrainingSessionFixture
{
protected:
    [[nodiscard]] bool waitForSnapshots(std::size_t more)
    {
        const std::size_t wanted = m_session.snapshots().size() + more;
        return test::waitUntil([&] { return m_session.snapshots().size() >= wanted; });
    }
    [[nodiscard]] bool waitForMoreBatchSignals(int more)
    {
        const int wanted = m_session.batchSignals() + more;
        return test::waitUntil([&] { return m_session.batchSignals() >= wanted; });
    }
    void stop()
    {
        m_session->stop();
        ASSERT_TRUE(m_session.waitForEnds());
    }

    QObject m_follower;
};

} // namespace

TEST_F(TrainingSessionFollow, getsNewWeightsAtMostFiveTimesASecond)
{
    neverEnd();
    m_session->setFollowing(&m_follower, true);
    QElapsedTimer clock;
    clock.start();
    m_session->start(m_config, m_data);
    ASSERT_TRUE(waitForSnapshots(4));
    EXPECT_LE(m_session.snapshots().size(), static_cast<std::size_t>(clock.elapsed() / 200 + 1));
    for (std::size_t i = 1; i < m_session.snapshots().size(); ++i)
        EXPECT_FALSE(test::areSame(*m_session.snapshots()[i - 1], *m_session.snapshots()[i]));
    stop();
    EXPECT_TRUE(m_session.isAllOnOwnThread());
}

TEST_F(TrainingSessionFollow, getsNothingUnlessItFollows)
{
    neverEnd();
    m_session->start(m_config, m_data);
    ASSERT_TRUE(waitForMoreBatchSignals(4));
    EXPECT_TRUE(m_session.snapshots().empty());
    m_session->setFollowing(&m_follower, true);
    ASSERT_TRUE(waitForSnapshots(2));
    m_session->setFollowing(&m_follower, false);
    EXPECT_FALSE(m_session->isFollowed());
    ASSERT_TRUE(waitForMoreBatchSignals(1)); // one that was asked for before may have come
    const std::size_t before = m_session.snapshots().size();
    ASSERT_TRUE(waitForMoreBatchSignals(4));
    EXPECT_EQ(m_session.snapshots().size(), before);
    stop();
}

TEST_F(TrainingSessionFollow, endsWithTheLastFollower)
{
    auto first = std::make_unique<QObject>();
    m_session->setFollowing(first.get(), true);
    m_session->setFollowing(first.get(), true);
    m_session->setFollowing(&m_follower, true);
    m_session->setFollowing(first.get(), false);
    EXPECT_TRUE(m_session->isFollowed());
    m_session->setFollowing(first.get(), true);
    m_session->setFollowing(&m_follower, false);
    EXPECT_TRUE(m_session->isFollowed());
    first.reset();
    EXPECT_FALSE(m_session->isFollowed()) << "who is no more follows no more";
}

TEST_F(TrainingSessionFollow, getsTheWeightsOfEveryStepWhilePaused)
{
    neverEnd();
    m_session->setFollowing(&m_follower, true);
    m_session->start(m_config, m_data);
    ASSERT_TRUE(m_session.waitForBatches());
    m_session->pause();
    // The weights arrive after the change of state.
    const auto isPausedWithOtherWeightsThan = [&](const auto& before) {
        return m_session->state() == State::Paused && !m_session.snapshots().empty() &&
               (!before || !test::areSame(*before, *m_session.snapshots().back()));
    };
    std::shared_ptr<const engine::ModelSnapshot> before;
    ASSERT_TRUE(test::waitUntil([&] { return isPausedWithOtherWeightsThan(before); }));
    for (int i = 0; i < 3; ++i) {
        before = m_session.snapshots().back();
        m_session->step();
        ASSERT_TRUE(test::waitUntil([&] { return isPausedWithOtherWeightsThan(before); }));
    }
    stop();
    EXPECT_TRUE(test::areSame(*m_session.snapshots().back(), m_session.results()[0].outcome.model));
}

TEST_F(TrainingSessionFollow, changesNothingOfTheTraining)
{
    ASSERT_TRUE(m_session.run(m_config, m_data));
    m_session->setFollowing(&m_follower, true);
    ASSERT_TRUE(m_session.run(m_config, m_data));
    EXPECT_TRUE(test::areSame(m_session.results()[0].outcome.model, m_session.results()[1].outcome.model));
}
