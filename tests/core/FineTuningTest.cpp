// A model trained on with kept digits, and what that gained and cost.
#include "core/session/FineTuning.h"

#include "core/catalog/KeptDigitsFile.h"
#include "core/runs/RunStore.h"
#include "engine/data/SketchDigits.h"
#include "engine/evaluation/Evaluation.h"
#include "support/Files.h"
#include "support/Results.h"
#include "support/WaitUntil.h"

#include <gtest/gtest.h>

using core::FineTuning;
using core::FineTuningResult;
using core::TrainingSession;
using test::waitUntil;
using State = core::FineTuning::State;

namespace
{

class FineTuningTest : public testing::Test
{
protected:
    FineTuningTest()
    {
        QObject::connect(&m_tuning, &FineTuning::stateChanged, &m_tuning,
                         [this](State state) { m_states.push_back(state); });
        QObject::connect(&m_tuning, &FineTuning::compared, &m_tuning,
                         [this](const FineTuningResult& result) { m_results.push_back(result); });
        std::vector<core::KeptDigit> digits;
        const engine::Dataset drawn = engine::makeSketchDigits({60, 1, 9}).train;
        for (std::size_t i = 0; i < drawn.size(); ++i) {
            std::vector<std::uint8_t> pixels; // another hand: rows and columns exchanged
            for (std::size_t y = 0; y < 28; ++y) {
                for (std::size_t x = 0; x < 28; ++x)
                    pixels.push_back(drawn.image(i)[x * 28 + y]);
            }
            digits.push_back({drawn.label(i), std::move(pixels), false});
        }
        EXPECT_TRUE(test::succeeds(core::keepDigits(m_catalog->ownDigitsFolder(), digits)));
    }

    QString path(const char* name) const { return QString::fromStdString((m_folder / name).string()); }
    /// A run of Sketch digits, made with the preset Fast.
    std::shared_ptr<const core::TrainedModel> trained()
    {
        bool isDone = false;
        QString folder;
        QObject::connect(&m_session, &TrainingSession::finished, &m_session,
                         [&](const core::TrainingResult& result) {
                             isDone = true;
                             folder = result.runFolder;
                         });
        engine::TrainingConfig config = withPreset({}, engine::Preset::Fast);
        config.sampleLimit = 1000;
        config.threads = 1;
        m_session.start(config, engine::makeSketchDigits());
        EXPECT_TRUE(waitUntil([&] { return isDone; }));
        QObject::disconnect(&m_session, &TrainingSession::finished, &m_session, nullptr);
        return core::readTrainedModel(folder).value_or(nullptr);
    }
    void start(std::shared_ptr<const core::TrainedModel> model, int epochs = 10)
    {
        engine::TrainingConfig config = core::startingFrom(*model, engine::fineTuningRecipe({}));
        config.threads = 1;
        config.epochs = epochs;
        m_tuning.start(std::move(model), config, own());
    }
    engine::DatasetSplits own() const { return m_catalog->load(QLatin1String(core::kOwnDigitsId))->splits; }
    static std::size_t right(const engine::ModelSnapshot& model, const engine::Dataset& images)
    {
        return engine::evaluate(model, images, {}, 1)->correctCount();
    }

    test::TemporaryFolder m_folder;
    std::shared_ptr<const core::DatasetCatalog> m_catalog = std::make_shared<const core::DatasetCatalog>(
        core::StudioFolders{path("datasets"), {}, path("runs"), path("settings.ini"), path("verdicts")});
    TrainingSession m_session{path("runs")};
    FineTuning m_tuning{m_session, m_catalog};
    std::vector<State> m_states;
    std::vector<FineTuningResult> m_results;
};

} // namespace

TEST_F(FineTuningTest, measuresGainAndLossOfARunOfItsOwn)
{
    const auto before = trained();
    ASSERT_TRUE(before);
    start(before);
    ASSERT_TRUE(waitUntil([&] { return !m_results.empty(); }));
    EXPECT_EQ(m_states, (std::vector{State::Training, State::Comparing, State::Idle}));
    const FineTuningResult& result = m_results.front();
    EXPECT_EQ(result.runFolder, path("runs/2"));
    EXPECT_EQ(result.epochs, 10);
    EXPECT_FALSE(result.isStopped);
    EXPECT_TRUE(result.unknownLoss.isEmpty());

    const auto after = core::readTrainedModel(path("runs/2"));
    ASSERT_TRUE(test::succeeds(after));
    ASSERT_EQ(result.sets.size(), 2U);
    const engine::Dataset heldBack = own().test;
    const engine::Dataset first = engine::makeSketchDigits().test;
    EXPECT_EQ(result.sets[0].dataset, QStringLiteral("my-digits"));
    EXPECT_EQ(result.sets[0].total, heldBack.size());
    EXPECT_EQ(result.sets[0].rightBefore, right(*before->snapshot, heldBack));
    EXPECT_EQ(result.sets[0].rightAfter, right(*(*after)->snapshot, heldBack));
    EXPECT_GT(*result.sets[0].rightAfter, result.sets[0].rightBefore);
    EXPECT_EQ(result.sets[1].dataset, QStringLiteral("sketch-digits"));
    EXPECT_EQ(result.sets[1].rightBefore, right(*before->snapshot, first));
    EXPECT_EQ(result.sets[1].rightAfter, right(*(*after)->snapshot, first));

    ASSERT_TRUE((*after)->record);
    EXPECT_EQ((*after)->record->config.startedFrom,
              (engine::StartingModel{"run 1", "Fast", "sketch-digits", "Sketch digits"}));
    EXPECT_EQ((*after)->datasetId(), QStringLiteral("my-digits"));
    const auto listed = (*core::RunStore::open(path("runs")))->find(2);
    ASSERT_TRUE(listed && *listed);
    EXPECT_TRUE(
        (*listed)->recipe.startsWith(QStringLiteral("Fine-tuned from run 1 (Fast on Sketch digits)")));
}

TEST_F(FineTuningTest, remembersWhatWasLearntFirstThroughSeveral)
{
    start(trained(), 1);
    ASSERT_TRUE(waitUntil([&] { return !m_results.empty(); }));
    start(core::readTrainedModel(path("runs/2")).value_or(nullptr), 1);
    ASSERT_TRUE(waitUntil([&] { return m_results.size() == 2; }));
    ASSERT_EQ(m_results[1].sets.size(), 2U);
    EXPECT_EQ(m_results[1].sets[1].dataset, QStringLiteral("sketch-digits"));
    const auto third = core::readTrainedModel(path("runs/3"));
    ASSERT_TRUE(test::succeeds(third));
    EXPECT_EQ((*third)->record->config.startedFrom,
              (engine::StartingModel{"run 2", "Fast", "sketch-digits", "Sketch digits"}));
    EXPECT_EQ(m_results[1].sets[0].rightBefore, *m_results[0].sets[0].rightAfter);
}

TEST_F(FineTuningTest, comparesWhatThereIsWhenItIsStopped)
{
    start(trained(), 1000);
    bool isTraining = false;
    QObject::connect(&m_session, &TrainingSession::epochFinished, &m_tuning, [&] {
        if (!std::exchange(isTraining, true))
            m_tuning.stop();
    });
    ASSERT_TRUE(waitUntil([&] { return !m_results.empty(); }));
    EXPECT_TRUE(m_results[0].isStopped);
    EXPECT_GE(m_results[0].epochs, 1);
    EXPECT_LT(m_results[0].epochs, 1000);
    EXPECT_EQ(m_results[0].sets[0].rightAfter,
              right(*core::readTrainedModel(path("runs/2")).value()->snapshot, own().test));
}

TEST_F(FineTuningTest, givesTheComparisonUp)
{
    QObject::connect(&m_tuning, &FineTuning::stateChanged, &m_tuning, [&](State state) {
        if (state == State::Comparing)
            QMetaObject::invokeMethod(
                &m_tuning, [this] { m_tuning.stop(); }, Qt::QueuedConnection);
    });
    start(trained(), 1);
    ASSERT_TRUE(waitUntil([&] { return m_states.size() == 3; }));
    EXPECT_EQ(m_states.back(), State::Idle);
    for (int i = 0; i < 20; ++i)
        QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
    EXPECT_TRUE(m_results.empty());
}

TEST_F(FineTuningTest, saysWhereTheLossIsNotKnown)
{
    auto model = std::make_shared<core::TrainedModel>(*trained());
    model->record->datasetId = path("a-folder-that-is-gone").toStdString();
    model->record->datasetTitle = "Gone";
    start(model, 1);
    ASSERT_TRUE(waitUntil([&] { return !m_results.empty(); }));
    EXPECT_EQ(m_results[0].sets.size(), 1U);
    EXPECT_EQ(m_results[0].unknownLoss, QStringLiteral("Gone"));

    model->record.reset(); // weights from elsewhere
    start(model, 1);
    ASSERT_TRUE(waitUntil([&] { return m_results.size() == 2; }));
    EXPECT_FALSE(m_results[1].unknownLoss.isEmpty());
}

TEST_F(FineTuningTest, isIdleAgainWhereTheTrainingFails)
{
    const auto model = trained();
    engine::TrainingConfig config = core::startingFrom(*model, engine::fineTuningRecipe({}));
    config.network.tinyVgg.hiddenUnits = {3}; // not the model's
    std::optional<engine::Error> error;
    QObject::connect(&m_session, &TrainingSession::failed, &m_tuning,
                     [&](const engine::Error& found) { error = found; });
    m_tuning.start(model, config, own());
    ASSERT_TRUE(waitUntil([&] { return error.has_value(); }));
    EXPECT_EQ(error->code, engine::ErrorCode::BadValue);
    EXPECT_EQ(m_tuning.state(), State::Idle);
    EXPECT_TRUE(m_results.empty());
}
