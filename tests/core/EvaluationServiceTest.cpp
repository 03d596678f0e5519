#include "core/evaluation/EvaluationService.h"

#include "core/PlainModel.h"
#include "core/runs/RunRecorder.h"
#include "engine/data/SketchDigits.h"
#include "engine/storage/PredictionsFile.h"
#include "engine/storage/SavedModel.h"
#include "support/Files.h"
#include "support/Results.h"
#include "support/WaitUntil.h"

#include <gtest/gtest.h>

using core::SplitKind;
using test::failsWith;
using test::waitUntil;

namespace
{

class EvaluationServiceTest : public testing::Test
{
protected:
    EvaluationServiceTest()
    {
        auto dataset = std::make_shared<core::LoadedDataset>();
        dataset->splits = engine::makeSketchDigits({200, 100, 3});
        m_dataset = dataset;
        m_config.validationShare = 0.2;
        m_config.epochs = 1;
        engine::TrainingControl control;
        Recorder observer;
        const auto runs = QString::fromStdString((m_folder / "runs").string());
        auto recorder = core::RunRecorder::createNumbered(runs, m_config, m_dataset->splits);
        observer.recorder = recorder->get();
        const auto outcome = engine::runTraining(m_config, m_dataset->splits, control, observer);
        EXPECT_TRUE(outcome && (*recorder)->recordOutcome(*outcome));
        m_run = (*recorder)->folder();
    }

    core::EvaluationRequest request(SplitKind kind) const { return {m_run, kind, m_dataset, {}, 1}; }
    engine::Result<std::shared_ptr<const core::EvaluatedSplit>> evaluate(SplitKind kind) const
    {
        return core::evaluateRun(request(kind));
    }
    std::filesystem::path predictions() const
    {
        return std::filesystem::path(m_run.toStdString()) / engine::kPredictionsFileName;
    }

    struct Recorder : engine::TrainingObserver {
        engine::Result<void> epochFinished(const engine::EpochReport& report,
                                           const engine::ModelSnapshot& model,
                                           const engine::Evaluation& test) override
        {
            return recorder->recordEpoch(report, model, test);
        }
        core::RunRecorder* recorder = nullptr;
    };

    test::TemporaryFolder m_folder;
    std::shared_ptr<const core::LoadedDataset> m_dataset;
    engine::TrainingConfig m_config;
    QString m_run;
};

} // namespace

TEST_F(EvaluationServiceTest, readsWhatTrainingKept)
{
    const auto before = test::readFile(predictions());
    const auto split = evaluate(SplitKind::Test);
    ASSERT_TRUE(split) << split.error().message;
    EXPECT_EQ((*split)->size(), 100U);
    EXPECT_EQ((*split)->epochs.size(), 1U);
    EXPECT_EQ((*split)->epochs[0], (*split)->evaluation.predictions);
    EXPECT_EQ((*split)->metrics.correct, (*split)->evaluation.correctCount());
    EXPECT_EQ(test::readFile(predictions()), before) << "nothing was computed";
}

TEST_F(EvaluationServiceTest, computesWhatIsMissingAndKeepsIt)
{
    const auto kept = evaluate(SplitKind::Test);
    ASSERT_TRUE(kept);
    std::filesystem::remove(predictions());
    const auto computed = evaluate(SplitKind::Test);
    ASSERT_TRUE(computed);
    EXPECT_EQ((*computed)->evaluation.predictions, (*kept)->evaluation.predictions);
    EXPECT_EQ((*computed)->evaluation.probabilities, (*kept)->evaluation.probabilities);
    EXPECT_TRUE(std::filesystem::exists(predictions()));
}

TEST_F(EvaluationServiceTest, knowsWhichImagesWereHeldBack)
{
    const auto validation = evaluate(SplitKind::Validation);
    const auto train = evaluate(SplitKind::Train);
    ASSERT_TRUE(validation && train);
    EXPECT_EQ((*validation)->size() + (*train)->size(), 200U);
    EXPECT_NEAR(static_cast<double>((*validation)->size()), 40, 6);
    EXPECT_TRUE((*validation)->isOutOfSample());
    EXPECT_FALSE((*train)->isOutOfSample());
    for (std::size_t i = 0; i < (*validation)->size(); ++i)
        EXPECT_EQ((*validation)->labels[i], m_dataset->splits.train.label((*validation)->indexOf(i)));
    // Kept beside each other, and read again.
    const auto file = engine::readPredictions(m_run.toStdString());
    ASSERT_TRUE(file);
    EXPECT_EQ(file->splits.size(), 3U);
    const auto again = evaluate(SplitKind::Validation);
    EXPECT_EQ((*again)->evaluation.predictions, (*validation)->evaluation.predictions);
}

TEST_F(EvaluationServiceTest, countsTheImagesThatAreAskedForInItsProgress)
{
    std::vector<std::pair<std::size_t, std::size_t>> reports;
    const auto validation =
        core::evaluateRun(request(SplitKind::Validation), {},
                          [&](std::size_t done, std::size_t total) { reports.emplace_back(done, total); });
    ASSERT_TRUE(validation);
    ASSERT_FALSE(reports.empty());
    EXPECT_EQ(reports.back(), std::pair((*validation)->size(), (*validation)->size()));
}

TEST_F(EvaluationServiceTest, takesNoEpochsOfOtherImages)
{
    ASSERT_EQ((*evaluate(SplitKind::Test))->epochs.size(), 1U);
    auto grown = std::make_shared<core::LoadedDataset>(*m_dataset); // as one's own digits do
    grown->splits.test = engine::makeSketchDigits({10, 130, 8}).test;
    m_dataset = grown;
    const auto split = evaluate(SplitKind::Test);
    ASSERT_TRUE(split);
    EXPECT_EQ((*split)->size(), 130U);
    EXPECT_TRUE((*split)->epochs.empty());
    const auto again = evaluate(SplitKind::Test);
    ASSERT_TRUE(again);
    EXPECT_EQ((*again)->evaluation.predictions, (*split)->evaluation.predictions);
    EXPECT_TRUE((*again)->epochs.empty());
    EXPECT_TRUE(engine::readPredictions(m_run.toStdString())) << "what was kept can be read";
}

TEST_F(EvaluationServiceTest, takesAllImagesOfADataSetThatTheRunWasNotTrainedOn)
{
    auto checkpoint = engine::readSavedModel(m_run.toStdString());
    ASSERT_TRUE(checkpoint);
    engine::DatasetSplits others = m_dataset->splits;
    others.id = "others";
    const auto train = core::chooseSplit(SplitKind::Train, *checkpoint, others);
    ASSERT_TRUE(train);
    EXPECT_EQ(train->size(), 200U);
    EXPECT_TRUE(failsWith(core::chooseSplit(SplitKind::Validation, *checkpoint, others),
                          engine::ErrorCode::BadValue, {"not trained on this data set"}));
    checkpoint->record.reset();
    EXPECT_EQ(core::chooseSplit(SplitKind::Train, *checkpoint, m_dataset->splits)->size(), 200U);
}

TEST_F(EvaluationServiceTest, saysWhereNothingWasHeldBack)
{
    auto checkpoint = engine::readSavedModel(m_run.toStdString());
    ASSERT_TRUE(checkpoint && checkpoint->record);
    checkpoint->record->config.validationShare = 0;
    EXPECT_TRUE(failsWith(core::chooseSplit(SplitKind::Validation, *checkpoint, m_dataset->splits),
                          engine::ErrorCode::BadValue, {"held no images back"}));
}

TEST_F(EvaluationServiceTest, readsADamagedFileAsNone)
{
    test::writeFile(predictions(), "nonsense");
    const auto split = evaluate(SplitKind::Test);
    ASSERT_TRUE(split);
    EXPECT_EQ((*split)->size(), 100U);
    EXPECT_TRUE(engine::readPredictions(m_run.toStdString())) << "made anew";
}

TEST_F(EvaluationServiceTest, reportsARunThatIsNotThere)
{
    core::EvaluationRequest lost = request(SplitKind::Test);
    lost.runFolder = QString::fromStdString((m_folder / "nowhere").string());
    EXPECT_TRUE(failsWith(core::evaluateRun(lost), engine::ErrorCode::NotFound, {"nowhere"}));
}

TEST_F(EvaluationServiceTest, answersTheNewestRequestOnly)
{
    core::EvaluationService service;
    std::vector<SplitKind> answers;
    QObject::connect(
        &service, &core::EvaluationService::evaluated, &service,
        [&](const std::shared_ptr<const core::EvaluatedSplit>& split) { answers.push_back(split->kind); });
    service.evaluate(request(SplitKind::Train));
    service.evaluate(request(SplitKind::Validation));
    service.evaluate(request(SplitKind::Test));
    EXPECT_TRUE(service.isBusy());
    ASSERT_TRUE(waitUntil([&] { return !answers.empty(); }));
    EXPECT_EQ(answers, std::vector<SplitKind>{SplitKind::Test});
    EXPECT_FALSE(service.isBusy());
}

TEST_F(EvaluationServiceTest, saysNothingOfWhatIsForgotten)
{
    core::EvaluationService service;
    std::vector<SplitKind> answers;
    bool isCancelled = false;
    QObject::connect(
        &service, &core::EvaluationService::evaluated, &service,
        [&](const std::shared_ptr<const core::EvaluatedSplit>& split) { answers.push_back(split->kind); });
    QObject::connect(&service, &core::EvaluationService::cancelled, &service, [&] { isCancelled = true; });
    service.evaluate(request(SplitKind::Train));
    service.forget();
    EXPECT_FALSE(service.isBusy());
    service.evaluate(request(SplitKind::Test));
    ASSERT_TRUE(waitUntil([&] { return !service.isBusy(); }));
    EXPECT_EQ(answers, std::vector<SplitKind>{SplitKind::Test});
    EXPECT_FALSE(isCancelled);
}

TEST_F(EvaluationServiceTest, isCancelled)
{
    std::filesystem::remove(predictions());
    std::stop_source stop;
    stop.request_stop();
    EXPECT_TRUE(failsWith(core::evaluateRun(request(SplitKind::Test), stop.get_token()),
                          engine::ErrorCode::Cancelled, {}));
    EXPECT_FALSE(std::filesystem::exists(predictions()));
}
