// What version 0.1 left on disk opens, and goes on to the same bits: see tests/fixtures/version-0.1.
#include "core/runs/RunStore.h"
#include "core/settings/Settings.h"
#include "engine/data/SketchDigits.h"
#include "engine/storage/CheckpointFile.h"
#include "engine/storage/PredictionsFile.h"
#include "engine/storage/SavedModel.h"
#include "engine/training/Trainer.h"

#include "support/Files.h"
#include "support/Results.h"

#include <QDir>
#include <QFile>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <filesystem>
#include <gtest/gtest.h>

using core::RunInfo;
using engine::NetworkFamily;

namespace
{

/// The kernels of 0.1 multiplied and added in one rounding where the processor has that; elsewhere other bits
/// come.
bool hasFusedMultiplyAdd()
{
#if defined(__x86_64__)
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#else
    return false;
#endif
}

class Version01 : public testing::Test
{
protected:
    static std::filesystem::path fixtures() { return std::filesystem::path(FIXTURES_FOLDER) / "version-0.1"; }

    /// A copy of the runs and their list in `m_root`.
    QString installRuns() const
    {
        const QString runs = m_root.filePath(QStringLiteral("runs"));
        std::filesystem::copy(fixtures() / "runs", runs.toStdString(),
                              std::filesystem::copy_options::recursive);
        {
            QSqlDatabase database =
                QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("version01"));
            database.setDatabaseName(m_root.filePath(QStringLiteral("runs.sqlite")));
            EXPECT_TRUE(database.open());
            const QString sql = QString::fromStdString(test::readFile(fixtures() / "runs.sql"))
                                    .replace(QStringLiteral("@RUNS@"), runs);
            for (const QString& statement : sql.split(QStringLiteral(";\n"), Qt::SkipEmptyParts)) {
                QSqlQuery query(database);
                EXPECT_TRUE(query.exec(statement)) << qPrintable(statement);
            }
        }
        QSqlDatabase::removeDatabase(QStringLiteral("version01"));
        return runs;
    }

    QTemporaryDir m_root;
};

} // namespace

namespace
{

RunInfo newRun()
{
    RunInfo run;
    run.datasetId = QStringLiteral("mnist");
    run.datasetTitle = QStringLiteral("MNIST");
    run.recipe = QStringLiteral("Notebook");
    return run;
}

} // namespace

TEST_F(Version01, listOfRunsOpens)
{
    const auto store = core::RunStore::open(installRuns());
    ASSERT_TRUE(test::succeeds(store));
    const auto runs = (*store)->list();
    ASSERT_TRUE(test::succeeds(runs));
    ASSERT_EQ(runs->size(), 2U);
    EXPECT_EQ(runs->at(0).number, 2);
    EXPECT_EQ(runs->at(0).state, RunInfo::State::Stopped);
    EXPECT_EQ(runs->at(0).epochsDone, 1);
    EXPECT_EQ(runs->at(0).testCorrect, 1806U);
    EXPECT_EQ(runs->at(1).state, RunInfo::State::Finished);
    EXPECT_TRUE(runs->at(1).isFolderThere);
    const auto added = (*store)->add(newRun());
    ASSERT_TRUE(test::succeeds(added));
    EXPECT_EQ(*added, 3);
}

TEST_F(Version01, weightsOpenWithTheirRecord)
{
    const auto model = engine::readSavedModel(fixtures() / "runs" / "1");
    ASSERT_TRUE(test::succeeds(model));
    engine::TinyVggOptions options;
    options.hiddenUnits = {3};
    options.kernelSizes = {5};
    EXPECT_EQ(model->model.spec, engine::tinyVgg({1, 28, 28}, 10, options));
    ASSERT_TRUE(model->record);
    const engine::TrainingConfig& config = model->record->config;
    EXPECT_EQ(config.network, (engine::NetworkChoice{NetworkFamily::TinyVgg, options, {}}));
    EXPECT_EQ(config.optimizer, engine::OptimizerKind::SgdMomentum);
    EXPECT_EQ(config.batchSize, 16);
    EXPECT_EQ(config.seed, 7U);
    EXPECT_EQ(model->record->epochs.size(), 2U);

    const auto predictions = engine::readPredictions(fixtures() / "runs" / "1");
    ASSERT_TRUE(test::succeeds(predictions));
    EXPECT_EQ(predictions->weightsChecksum, engine::weightsChecksum(model->model));
}

TEST_F(Version01, weightsOpenWithoutTheirRecord)
{
    const QString alone = m_root.filePath(QStringLiteral("weights.pt"));
    std::filesystem::copy(fixtures() / "runs" / "1" / "weights.pt", alone.toStdString());
    const auto model = engine::readSavedModel(alone.toStdString());
    ASSERT_TRUE(test::succeeds(model));
    EXPECT_EQ(model->model.spec, engine::readSavedModel(fixtures() / "runs" / "1")->model.spec);
}

TEST_F(Version01, stoppedRunGoesOnToTheSameBits)
{
    auto training = engine::readCheckpoint(fixtures() / "runs" / "2");
    ASSERT_TRUE(test::succeeds(training));
    EXPECT_EQ(training->state.epoch, 2);
    EXPECT_EQ(training->state.batchesDone, 69);
    EXPECT_EQ(training->state.config.network.tinyVgg.hiddenUnits, std::vector<int>{4});
    engine::TrainingControl control;
    engine::TrainingObserver observer;
    training->state.config.threads = 2;
    const auto outcome =
        engine::resumeTraining(training->state, engine::makeSketchDigits(), control, observer);
    ASSERT_TRUE(test::succeeds(outcome));
    const auto expected = engine::readSavedModel(fixtures() / "resumed" / "2");
    ASSERT_TRUE(test::succeeds(expected));
    const std::vector<float> found = engine::flatWeights(outcome->model);
    const std::vector<float> resumedBy01 = engine::flatWeights(expected->model);
    if (!hasFusedMultiplyAdd())
        GTEST_SKIP()
            << "this processor does not multiply and add in one rounding, as that of the fixture did";
    EXPECT_EQ(found, resumedBy01);
    EXPECT_EQ(outcome->epochs.back().testCorrect, 1959U);
}

TEST_F(Version01, settingsAreTakenOver)
{
    const QString path = m_root.filePath(QStringLiteral("settings.ini"));
    std::filesystem::copy(fixtures() / "settings.ini", path.toStdString());
    core::Settings settings(path);
    EXPECT_EQ(settings.theme(), core::ThemeChoice::Dark);
    EXPECT_EQ(settings.dataset(), QStringLiteral("sketch-digits"));
    const engine::TrainingConfig config = settings.trainingConfig();
    EXPECT_EQ(config.network.tinyVgg.hiddenUnits, std::vector<int>{16});
    EXPECT_EQ(config.network.tinyVgg.kernelSizes, std::vector<int>{5});
    EXPECT_EQ(config.epochs, 5);
    EXPECT_EQ(config.optimizer, engine::OptimizerKind::AdamW);
    EXPECT_EQ(config.threads, 2);
    settings.setTrainingConfig(config);
    EXPECT_EQ(core::Settings(path).trainingConfig(), config);
}
