// Runs whose program was killed at their start: nothing of them is damaged or missing.
#include "core/runs/RunCheck.h"

#include "core/RecordedRun.h"
#include "support/Files.h"
#include "support/Results.h"

#include <gtest/gtest.h>

using core::RunInfo;
using core::RunStore;
using test::failsWith;

namespace
{

class RunCheck : public testing::Test
{
protected:
    /// As a program that was killed leaves its entry in the list: as running.
    RunInfo killed(const test::RunRecipe& recipe) const
    {
        test::recordRun(m_runs, recipe);
        return entry(RunInfo::State::Running, recipe.epochsDone);
    }
    RunInfo entry(RunInfo::State state, int epochsDone) const
    {
        const auto store = std::move(*RunStore::open(m_runs));
        RunInfo run = store->list()->front();
        run.state = state;
        run.epochsDone = epochsDone;
        EXPECT_TRUE(test::succeeds(store->update(run)));
        return store->list()->front();
    }
    /// Killed before its first checkpoint.
    RunInfo notBegun() const
    {
        const auto store = std::move(*RunStore::open(m_runs));
        EXPECT_TRUE(test::succeeds(store->add({})));
        std::filesystem::create_directories(m_root / "runs/1");
        return store->list()->front();
    }
    void remove(const char* file) const { std::filesystem::remove(m_root / "runs/1" / file); }

    test::TemporaryFolder m_root;
    QString m_runs = QString::fromStdString((m_root / "runs").string());
};

} // namespace

TEST_F(RunCheck, aRunWithoutItsFirstCheckpointHadNotBegun)
{
    const RunInfo run = notBegun();
    EXPECT_FALSE(run.hasBegun);
    const core::RunDamage damage = core::checkRun(run);
    EXPECT_EQ(damage.problem.toStdString(), "");
    EXPECT_FALSE(damage.canResume);
    EXPECT_FALSE(damage.hasWeights);
    EXPECT_NE(core::missingFiles(run).message.find("run 1 had not begun"), std::string::npos);
    test::writeFile(m_root / "runs/1/checkpoint.safetensors.Ab12cd.tmp", "half");
    EXPECT_FALSE(entry(RunInfo::State::Failed, 0).hasBegun);
}

TEST_F(RunCheck, aRunWhoseFilesAreGoneHadBegun)
{
    notBegun();
    EXPECT_TRUE(entry(RunInfo::State::Running, 1).hasBegun) << "it had finished an epoch";
    EXPECT_TRUE(entry(RunInfo::State::Finished, 0).hasBegun);
    std::filesystem::remove(m_root / "runs/1");
    EXPECT_TRUE(entry(RunInfo::State::Running, 0).hasBegun) << "the folder would be there";
}

TEST_F(RunCheck, resumingRepairsARunThatWasKilledBeforeItsFirstWeights)
{
    RunInfo run = killed({.epochsPlanned = 2});
    EXPECT_FALSE(core::checkRun(run).isRepairedByResume) << "nothing is missing";
    remove("weights.json");
    EXPECT_TRUE(core::checkRun(run).isRepairedByResume);
    EXPECT_TRUE(core::checkRun(run).hasWeights);
    remove("weights.pt");
    const core::RunDamage damage = core::checkRun(run);
    EXPECT_TRUE(damage.isRepairedByResume);
    EXPECT_EQ(damage.problem.toStdString(), "");
    EXPECT_TRUE(damage.canResume);
    EXPECT_FALSE(damage.hasWeights);
    run = entry(RunInfo::State::Failed, 0); // a full disk
    EXPECT_TRUE(core::checkRun(run).isRepairedByResume);
}

TEST_F(RunCheck, weightsThatAFinishedRunHasLostAreDamage)
{
    killed({});
    const RunInfo run = entry(RunInfo::State::Finished, 1);
    remove("weights.pt");
    EXPECT_FALSE(core::checkRun(run).isRepairedByResume);
    EXPECT_NE(core::checkRun(run).problem.toStdString().find("weights.pt"), std::string::npos);
}

TEST_F(RunCheck, damagedWeightsAreDamage)
{
    const RunInfo run = killed({.epochsPlanned = 2});
    std::filesystem::resize_file(m_root / "runs/1/weights.pt", 100);
    EXPECT_FALSE(core::checkRun(run).isRepairedByResume);
    EXPECT_NE(core::checkRun(run).problem.toStdString(), "");
    remove("weights.pt");
    std::filesystem::resize_file(m_root / "runs/1/checkpoint.safetensors", 100);
    EXPECT_FALSE(core::checkRun(run).isRepairedByResume) << "without a checkpoint it cannot be resumed";
}
