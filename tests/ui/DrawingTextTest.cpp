#include "ui/models/DrawingText.h"

#include "engine/data/SketchDigits.h"

#include <QLocale>
#include <gtest/gtest.h>
#include <limits>

using namespace ui;

namespace
{

const QStringList& digits()
{
    static const QStringList names = QStringLiteral("0 1 2 3 4 5 6 7 8 9").split(QLatin1Char(' '));
    return names;
}

core::TrainedModel model(const char* datasetId, const char* datasetTitle, engine::Preset preset)
{
    core::TrainedModel model;
    model.runFolder = QStringLiteral("/somewhere/runs/12");
    model.classNames = digits();
    model.record.emplace();
    model.record->config = engine::withPreset({}, preset);
    model.record->datasetId = datasetId;
    model.record->datasetTitle = datasetTitle;
    engine::EpochReport epoch;
    epoch.epoch = 1;
    epoch.testCorrect = 9866;
    epoch.testTotal = 10000;
    model.record->epochs = {epoch};
    return model;
}

} // namespace

TEST(DrawingText, findsTheTwoMostProbableClasses)
{
    const auto top = topTwoOf({0.1F, 0.2F, 0.6F, 0.1F});
    ASSERT_TRUE(top);
    EXPECT_EQ(top->first, 2);
    EXPECT_EQ(top->second, 1);
    EXPECT_FALSE(top->isClose());
    EXPECT_TRUE(topTwoOf({0.3F, 0.5F, 0.2F})->isClose());
    EXPECT_EQ(topTwoOf({0.5F, 0.5F})->first, 0) << "of two alike the first";
    EXPECT_FALSE(topTwoOf({}));
    EXPECT_FALSE(topTwoOf({1}));
    EXPECT_FALSE(topTwoOf({0.5F, std::numeric_limits<float>::quiet_NaN()}));
}

TEST(DrawingText, saysWhenTwoAreClose)
{
    const TopTwo sure{7, 1, 0.97F, 0.02F};
    EXPECT_EQ(verdictLead(sure, digits()), QStringLiteral("It is a"));
    EXPECT_EQ(verdictDetail(sure, digits()), QStringLiteral("97.0 % confidence; runner-up: a 1 with 2.0 %"));
    const TopTwo close{8, 3, 0.5F, 0.4F};
    EXPECT_EQ(verdictLead(close, digits()), QStringLiteral("It may be an"));
    EXPECT_TRUE(verdictDetail(close, digits()).contains(QStringLiteral("close")));
    EXPECT_TRUE(verdictDetail(close, digits()).contains(QStringLiteral("a 3")));
}

TEST(DrawingText, namesRunPresetAndAccuracyAsACount)
{
    const QLocale before;
    QLocale::setDefault(QLocale::c());
    EXPECT_EQ(modelLine(model("mnist", "MNIST", engine::Preset::Notebook)),
              QStringLiteral("Run 12 · Notebook · MNIST: 9866 of 10000 test images correct"));
    QLocale::setDefault(before);
}

TEST(DrawingText, claimsNoAccuracyThatIsNotOfTheseWeights)
{
    auto stopped = model("mnist", "MNIST", engine::Preset::Fast);
    stopped.record->isStopped = true;
    EXPECT_EQ(modelLine(stopped), QStringLiteral("Run 12 · Fast · MNIST"));

    auto restored = model("mnist", "MNIST", engine::Preset::Notebook);
    restored.record->config.patience = 1;
    engine::EpochReport worse = restored.record->epochs[0];
    worse.epoch = 2;
    worse.testCorrect = 9000;
    restored.record->epochs.push_back(worse);
    EXPECT_EQ(modelLine(restored), QStringLiteral("Run 12 · Custom · MNIST"));
}

TEST(DrawingText, saysWhatAFineTunedModelBeganWith)
{
    auto tuned = model("my-digits", "My digits", engine::Preset::Notebook);
    tuned.record->config.startedFrom = {"run 7", "Robust", "mnist", "MNIST"};
    EXPECT_TRUE(modelLine(tuned).startsWith(QStringLiteral("Run 12 · fine-tuned from run 7 · My digits: ")));
    EXPECT_TRUE(modelMeaning(tuned).contains(QStringLiteral("run 7 (Robust on MNIST)")));
    EXPECT_TRUE(isMadeForDrawings(tuned));
    tuned.record->config.startedFrom.recipe = "Fast";
    EXPECT_FALSE(isMadeForDrawings(tuned));
    tuned.record->config.startedFrom = {};
    EXPECT_TRUE(modelMeaning(tuned).contains(QStringLiteral("few digits that you kept")));
}

TEST(DrawingText, knowsDataSetsOfHandwriting)
{
    engine::DatasetSplits dataset;
    dataset.id = "mnist";
    for (int i = 0; i < 10; ++i)
        dataset.classNames.push_back(std::to_string(i));
    EXPECT_TRUE(showsHandwriting(dataset));
    dataset.id = "my-digits";
    EXPECT_FALSE(showsHandwriting(dataset)) << "too few, of one hand";
    dataset.id = engine::kSketchDigitsId;
    EXPECT_FALSE(showsHandwriting(dataset));
    dataset.id = "fashion-mnist";
    dataset.classNames[3] = "Dress";
    EXPECT_FALSE(showsHandwriting(dataset));
}

TEST(DrawingText, saysWhichModelsReadNoDrawings)
{
    auto color = model("some-set", "Some set", engine::Preset::Fast);
    auto snapshot = std::make_shared<engine::ModelSnapshot>();
    color.snapshot = snapshot;
    snapshot->spec.input = {1, 28, 28};
    EXPECT_TRUE(canReadDrawings(color));
    EXPECT_TRUE(whyNoDrawings(color).isEmpty());
    snapshot->spec.input = {3, 28, 28};
    EXPECT_FALSE(canReadDrawings(color));
    EXPECT_TRUE(whyNoDrawings(color).contains(QStringLiteral("3 × 28 × 28")));
    EXPECT_EQ(modelMeaning(color), whyNoDrawings(color));
    color.record.reset();
    EXPECT_EQ(modelMeaning(color), whyNoDrawings(color)) << "whatever it was trained on";

    EXPECT_TRUE(whyNoDrawings(engine::makeSketchDigits({1, 1, 1})).isEmpty());
    const engine::DatasetSplits inColor = engine::makeColorSketchDigits({1, 1, 1});
    EXPECT_TRUE(whyNoDrawings(inColor).startsWith(QStringLiteral("Sketch digits in color has images of 3")));
    engine::DatasetSplits digits;
    digits.id = "my-photos";
    digits.classNames = inColor.classNames;
    EXPECT_TRUE(showsHandwriting(digits));
    digits.train = inColor.train;
    EXPECT_FALSE(showsHandwriting(digits)) << "in color";
}

TEST(DrawingText, saysWhatEachKindOfModelMeansHere)
{
    EXPECT_TRUE(
        modelMeaning(model("mnist", "MNIST", engine::Preset::Notebook)).contains(QStringLiteral("upright")));
    EXPECT_TRUE(modelMeaning(model(engine::kSketchDigitsId, "Sketch digits", engine::Preset::Fast))
                    .contains(QStringLiteral("MNIST")));

    const auto robust = model("mnist", "MNIST", engine::Preset::Robust);
    EXPECT_TRUE(isMadeForDrawings(robust));
    EXPECT_TRUE(modelMeaning(robust).contains(QStringLiteral("slanted digits")));
    EXPECT_FALSE(isMadeForDrawings(model("mnist", "MNIST", engine::Preset::Fast)));

    auto fashion = model("fashion-mnist", "Fashion-MNIST", engine::Preset::Fast);
    fashion.classNames = QStringLiteral("T-shirt,Trouser,Pullover,Dress").split(QLatin1Char(','));
    EXPECT_FALSE(knowsDigits(fashion));
    EXPECT_TRUE(modelMeaning(fashion).contains(QStringLiteral("no sense")));
    EXPECT_TRUE(modelMeaning(fashion).contains(QStringLiteral("Trouser")));

    auto unknown = model("mnist", "MNIST", engine::Preset::Fast);
    unknown.record.reset();
    EXPECT_TRUE(modelMeaning(unknown).contains(QStringLiteral("not known")));
}
