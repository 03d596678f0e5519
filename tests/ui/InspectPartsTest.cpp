// The parts of the Inspect page on models of many shapes: what they show is what the engine computed.
#include "Hover.h"
#include "InspectCards.h"
#include "core/Format.h"
#include "engine/inspection/ReceptiveField.h"
#include "support/WaitUntil.h"
#include "ui/models/ArithmeticText.h"
#include "ui/models/KernelMaps.h"
#include "ui/models/LayerTableModel.h"
#include "ui/pages/inspect/AttributionCard.h"
#include "ui/pages/inspect/CellMap.h"
#include "ui/pages/inspect/CellView.h"
#include "ui/pages/inspect/ChannelTerms.h"
#include "ui/pages/inspect/Explainer.h"
#include "ui/pages/inspect/FeatureMapFlow.h"
#include "ui/pages/inspect/FeatureMapGrid.h"
#include "ui/pages/inspect/FieldStrip.h"
#include "ui/pages/inspect/ImageInspector.h"
#include "ui/pages/inspect/OverlayMap.h"
#include "ui/pages/inspect/SoftmaxTable.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QComboBox>
#include <QElapsedTimer>
#include <QLabel>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>
#include <QToolButton>
#include <array>
#include <cmath>
#include <gtest/gtest.h>
#include <limits>

using test::inspectionOf;
using test::lastNumber;
using test::waitUntil;

namespace
{

// Of the course's network.
constexpr int kFlatten = 10;
constexpr int kLinear = 11;
constexpr int kSoftmax = 12;

class InspectParts : public test::InspectCards
{
protected:
    InspectParts()
    {
        QObject::connect(&maps, &ui::MapsCard::selected, unit.cell(), &ui::CellView::setSelection);
    }

    void show(ui::InspectionPtr shown)
    {
        inspection = std::move(shown);
        unit.cell()->setInspection(inspection);
    }
    void select(int layer, int of)
    {
        unit.cell()->setSelection(layer, of);
        QCoreApplication::processEvents(); // the layout
    }
    QString text(const char* name) { return unit.findChild<QLabel*>(QLatin1String(name))->text(); }
    ui::CellMap* output() { return unit.findChild<ui::CellMap*>(QStringLiteral("outputMap")); }
    QPoint middleOf(int row, int column) { return output()->rectOf({column, row, 1, 1}).center().toPoint(); }
};

} // namespace

TEST_F(InspectParts, theFormulaEndsWithTheActivationInEveryLayerOfEveryShape)
{
    std::vector<engine::NetworkSpec> shapes = test::unusualShapes();
    shapes.push_back(test::tinyVgg());
    for (const engine::NetworkSpec& spec : shapes) {
        show(inspectionOf(spec));
        for (int layer = 0; layer < kFlatten; ++layer) {
            const engine::MapShape shape = engine::outputShape(spec, layer);
            select(layer, shape.channels - 1);
            const std::array<std::pair<int, int>, 2> cells = {{{0, 0}, {shape.height / 2, shape.width - 1}}};
            for (const auto& [row, column] : cells) {
                unit.cell()->setCell(row, column);
                EXPECT_EQ(lastNumber(text("cellFormula")),
                          ui::valueText(activation({layer, shape.channels - 1, row, column})))
                    << "layer " << layer << ": " << text("cellFormula").toStdString();
            }
        }
        select(kLinear, spec.classCount - 1);
        EXPECT_EQ(lastNumber(text("cellFormula")), ui::valueText(inspection->activations->logits.back()));
    }
}

TEST_F(InspectParts, hoveringACellWritesItsArithmeticOut)
{
    show(inspectionOf());
    select(2, 4);
    test::hover(output(), middleOf(20, 7));
    EXPECT_EQ(unit.cell()->cell(), QPoint(7, 20));
    EXPECT_EQ(text("cellText"), QStringLiteral("row 20, column 7"));
    const float value = activation({2, 4, 20, 7});
    EXPECT_EQ(lastNumber(text("cellFormula")), ui::valueText(value));
    EXPECT_EQ(text("cellAfter"), QStringLiteral("ReLU: max(0, %1) = %2")
                                     .arg(ui::valueText(value), ui::valueText(std::max(0.0F, value))));
}

TEST_F(InspectParts, aClickHoldsTheCellUntilTheNext)
{
    show(inspectionOf());
    select(2, 4);
    QTest::mouseClick(output(), Qt::LeftButton, {}, middleOf(10, 12));
    EXPECT_TRUE(output()->isHeld());
    test::hover(output(), middleOf(3, 3));
    EXPECT_EQ(unit.cell()->cell(), QPoint(12, 10));
    QTest::mouseClick(output(), Qt::LeftButton, {}, middleOf(10, 12));
    test::hover(output(), middleOf(4, 5));
    EXPECT_EQ(unit.cell()->cell(), QPoint(5, 4));
}

TEST_F(InspectParts, arrowKeysMoveTheCellWithinTheMap)
{
    show(inspectionOf());
    select(0, 1);
    unit.cell()->setCell(0, 26);
    QTest::keyClick(output(), Qt::Key_Right);
    QTest::keyClick(output(), Qt::Key_Right);
    EXPECT_EQ(unit.cell()->cell(), QPoint(27, 0));
    QTest::keyClick(output(), Qt::Key_Up);
    EXPECT_EQ(unit.cell()->cell(), QPoint(27, 0));
    QTest::keyClick(output(), Qt::Key_Down);
    QTest::keyClick(output(), Qt::Key_Left);
    EXPECT_EQ(unit.cell()->cell(), QPoint(26, 1));
}

TEST_F(InspectParts, playMovesTheWindowAndPauseHaltsIt)
{
    show(inspectionOf());
    select(0, 1);
    unit.cell()->setCell(0, 0);
    auto* play = unit.findChild<QToolButton*>(QStringLiteral("playCells"));
    unit.findChild<QSlider*>(QStringLiteral("playSpeed"))->setValue(6);
    QTest::mouseClick(play, Qt::LeftButton);
    EXPECT_TRUE(unit.cell()->isPlaying());
    ASSERT_TRUE(waitUntil([&] { return unit.cell()->cell().y() >= 1; })) << "into the second row";
    QTest::mouseClick(play, Qt::LeftButton);
    const QPoint halted = unit.cell()->cell();
    EXPECT_FALSE(unit.cell()->isPlaying());
    QTest::qWait(50);
    EXPECT_EQ(unit.cell()->cell(), halted);
    EXPECT_EQ(lastNumber(text("cellFormula")), ui::valueText(activation({0, 1, halted.y(), halted.x()})));

    unit.cell()->setCell(27, 26); // the last cell ends it
    QTest::mouseClick(play, Qt::LeftButton);
    ASSERT_TRUE(waitUntil([&] { return !unit.cell()->isPlaying(); }));
    EXPECT_EQ(unit.cell()->cell(), QPoint(27, 27));
}

TEST_F(InspectParts, marksTheReceptiveFieldInTheImage)
{
    show(inspectionOf());
    auto* field = unit.findChild<ui::CellMap*>(QStringLiteral("receptiveField"));
    select(0, 0);
    unit.cell()->setCell(5, 9);
    EXPECT_EQ(field->marked(), QRect(8, 4, 3, 3));
    select(2, 0); // two convolutions
    unit.cell()->setCell(5, 9);
    EXPECT_EQ(field->marked(), QRect(7, 3, 5, 5));
    select(7, 0); // two more behind a pooling
    unit.cell()->setCell(6, 6);
    EXPECT_EQ(field->marked(), QRect(6, 6, 14, 14));
    EXPECT_EQ(text("fieldText"), QStringLiteral("sees 14×14 pixels"));
}

TEST_F(InspectParts, opensTheNumbersOfAChannel)
{
    show(inspectionOf());
    select(2, 0);
    auto* terms = unit.findChild<ui::ChannelTerms*>(QStringLiteral("channelTerms"));
    QTest::mouseClick(terms, Qt::LeftButton, {}, terms->rowRect(2).center());
    EXPECT_EQ(terms->opened(), 2);
    QTest::keyClick(terms, Qt::Key_Down);
    EXPECT_EQ(terms->opened(), 3);
    EXPECT_GT(terms->rowRect(4).top() - terms->rowRect(3).bottom(), 60) << "room for three rows of numbers";
}

TEST(ArithmeticText, saysWhenRoundedTermsDoNotAddUp)
{
    const auto inspection = test::inspectionOf();
    const engine::Cell cell{2, 1, 5, 5};
    auto arithmetic = engine::cellArithmetic(*inspection->model, *inspection->activations, cell).value();
    const double value = static_cast<double>(inspection->activations->layers[2].at(cell));
    // Terms that add up as they are shown …
    for (engine::ChannelTerm& term : arithmetic.terms)
        term.sum = 0;
    arithmetic.terms.front().sum = value;
    arithmetic.bias = 0;
    ui::ArithmeticText text = ui::describe(*inspection, arithmetic);
    EXPECT_TRUE(text.note.isEmpty());
    EXPECT_TRUE(text.formula.contains(QStringLiteral(" = ")));
    // … and the same sum in ten parts, each of which is rounded down to nothing.
    arithmetic.terms.front().sum = value - 9 * 0.0004;
    for (std::size_t i = 1; i < arithmetic.terms.size(); ++i)
        arithmetic.terms[i].sum = 0.0004;
    text = ui::describe(*inspection, arithmetic);
    const double shown = std::round((value - 9 * 0.0004) * 1000) / 1000;
    EXPECT_TRUE(text.note.contains(ui::valueText(shown))) << text.note.toStdString();
    EXPECT_TRUE(text.formula.contains(QStringLiteral(" = "))) << "the sum of all channels is what it was";
    // A sum and a bias that round up on their own, and together to less.
    for (engine::ChannelTerm& term : arithmetic.terms)
        term.sum = 0;
    const double thousandth = std::floor(value * 1000) / 1000;
    arithmetic.terms.front().sum = thousandth + 0.0006;
    arithmetic.bias = value - arithmetic.terms.front().sum;
    text = ui::describe(*inspection, arithmetic);
    const bool addsUp = ui::valueText(ui::sumAsShown(arithmetic)) == ui::valueText(value);
    EXPECT_EQ(text.formula.contains(QStringLiteral("≈")), !addsUp);
    EXPECT_EQ(text.note.isEmpty(), addsUp);
}

TEST_F(InspectParts, choosingAMapNamesItsUnit)
{
    show(inspectionOf());
    maps.resize(500, 600);
    maps.show();
    maps.setInspection(inspection);
    maps.setSelection(2, 0);
    maps.openLayer();
    QCoreApplication::processEvents();
    auto* grid = maps.findChild<ui::FeatureMapGrid*>(QStringLiteral("featureMapGrid"));
    QTest::mouseClick(grid->viewport(), Qt::LeftButton, {}, grid->tileRect({0, 6}).center());
    const auto titles = unit.findChildren<QLabel*>();
    EXPECT_TRUE(std::ranges::any_of(titles, [](const QLabel* label) {
        return label->isVisible() && label->text() == QStringLiteral("block_1.2 · unit 6");
    }));
}

TEST_F(InspectParts, showsAllLayersInOneFlow)
{
    for (const engine::NetworkSpec& spec : test::unusualShapes()) {
        show(inspectionOf(spec));
        maps.resize(340, 500);
        maps.show();
        maps.setInspection(inspection);
        QCoreApplication::processEvents();
        auto* flow = maps.findChild<ui::FeatureMapFlow*>(QStringLiteral("featureMapFlow"));
        ASSERT_EQ(flow->layers().size(), 14U);
        EXPECT_EQ(flow->layers()[1].count, engine::outputShape(spec, 0).channels);
        EXPECT_EQ(flow->layers()[0].values, inspection->activations->input);
        EXPECT_EQ(flow->layers().back().values, inspection->activations->probabilities);
        flow->setCurrent({13, 0});
        EXPECT_TRUE(flow->viewport()->rect().intersects(flow->tileRect({13, 0})));
        QSignalSpy selected(&maps, &ui::MapsCard::selected);
        flow->verticalScrollBar()->setValue(0);
        QTest::mouseClick(flow->viewport(), Qt::LeftButton, {}, flow->tileRect({1, 2}).center());
        ASSERT_EQ(selected.count(), 1);
        EXPECT_EQ(selected[0], QList<QVariant>({0, 2}));
    }
}

TEST_F(InspectParts, showsKernelsOfWhatHasWeights)
{
    for (const engine::NetworkSpec& spec : test::unusualShapes()) {
        show(inspectionOf(spec));
        maps.resize(500, 600);
        maps.show();
        maps.setInspection(inspection);
        maps.setSelection(2, 1);
        auto* kernelsButton = maps.findChild<QToolButton*>(QStringLiteral("mapsView_2"));
        EXPECT_TRUE(kernelsButton->isEnabled());
        QTest::mouseClick(kernelsButton, Qt::LeftButton);
        auto* kernels = maps.findChild<ui::FeatureMapGrid*>(QStringLiteral("kernelGrid"));
        EXPECT_TRUE(kernels->isVisible());
        const ui::FeatureMaps& shown = kernels->layers().front();
        const auto& convolution = std::get<engine::Conv2d>(spec.layers[2]);
        EXPECT_EQ(shown.count, convolution.outChannels);
        EXPECT_EQ(shown.width, convolution.kernelSize);
        const std::vector<float>& weights = inspection->model->weights[2].values; // block_1.2.weight
        const auto begin =
            weights.begin() + convolution.outChannels * convolution.kernelSize * convolution.kernelSize;
        EXPECT_EQ(shown.values,
                  std::vector<float>(begin, begin + static_cast<std::ptrdiff_t>(shown.values.size())));
        maps.setSelection(1, 1); // a ReLU has none
        EXPECT_FALSE(kernelsButton->isEnabled());
        EXPECT_FALSE(kernels->isVisible());
    }
}

TEST(SoftmaxTable, writesOutHowLogitsBecomeProbabilities)
{
    const ui::Theme theme(*qApp, core::ThemeChoice::Light);
    ui::SoftmaxTable table;
    const std::vector<float> logits = {1, 3, -2};
    const double sum = std::exp(-2.0) + 1 + std::exp(-5.0);
    const std::vector<float> probabilities = {static_cast<float>(std::exp(-2.0) / sum),
                                              static_cast<float>(1 / sum),
                                              static_cast<float>(std::exp(-5.0) / sum)};
    table.setLogits(logits, probabilities, {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")});
    const auto text = [&](int row, int column) { return table.item(row, column)->text(); };
    EXPECT_EQ(text(0, ui::SoftmaxTable::Shifted), QStringLiteral("−2.000"));
    EXPECT_EQ(text(0, ui::SoftmaxTable::Exponential), QStringLiteral("0.135"));
    EXPECT_EQ(text(0, ui::SoftmaxTable::Probability), QStringLiteral("0.118"));
    EXPECT_EQ(text(1, ui::SoftmaxTable::Probability), QStringLiteral("0.876"));
    EXPECT_EQ(text(3, ui::SoftmaxTable::Exponential), QStringLiteral("1.142"));
    EXPECT_EQ(text(3, ui::SoftmaxTable::Probability), QStringLiteral("1.000"));
    QSignalSpy chosen(&table, &ui::SoftmaxTable::classChosen);
    table.resize(400, 200);
    table.show();
    QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, table.visualItemRect(table.item(2, 0)).center());
    ASSERT_EQ(chosen.count(), 1);
    EXPECT_EQ(chosen[0][0].toInt(), 2);
}

TEST(LayerTableModel, listsEveryLayerWithItsSizeAndRange)
{
    ui::LayerTableModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    EXPECT_EQ(model.rowCount(), 0);
    const auto inspection = test::inspectionOf();
    model.setInspection(inspection);
    ASSERT_EQ(model.rowCount(), 14);
    const auto text = [&](int layer, int column) {
        return model.index(ui::LayerTableModel::rowOfLayer(layer), column).data().toString();
    };
    using Model = ui::LayerTableModel;
    EXPECT_EQ(text(2, Model::Name), QStringLiteral("block_1.2"));
    EXPECT_EQ(text(2, Model::Kind), QStringLiteral("Conv2d"));
    EXPECT_EQ(text(2, Model::Shape), QStringLiteral("10×28×28"));
    EXPECT_EQ(text(2, Model::Parameters), QLocale().toString(910));
    EXPECT_EQ(text(2, Model::Macs), QLocale().toString(705600)); // 10 · 10 · 3 · 3 · 28 · 28
    EXPECT_EQ(text(2, Model::Maximum), ui::valueText(inspection->activations->layers[2].maximum));
    EXPECT_EQ(text(1, Model::Dead),
              QStringLiteral("%1 of 10").arg(inspection->activations->layers[1].deadUnits));
    EXPECT_EQ(text(engine::kInputImage, Model::Shape), QStringLiteral("1×28×28"));
    EXPECT_EQ(text(kSoftmax, Model::Shape), QStringLiteral("10"));

    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    model.setInspection(test::inspectionOf(test::tinyVgg(), 2));
    EXPECT_EQ(resets.count(), 0) << "the same layers: the views keep their place";
    EXPECT_EQ(changes.count(), 1);
    model.setInspection(test::inspectionOf(test::unusualShapes()[1]));
    EXPECT_EQ(resets.count(), 1);
    EXPECT_EQ(text(2, Model::Shape), QStringLiteral("32×28×28"));
    model.setInspection(nullptr);
    EXPECT_EQ(model.rowCount(), 0);
}

TEST(LayerTableModel, reportsHowManyUnitsNoTestImageWakes)
{
    using Model = ui::LayerTableModel;
    Model model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setTopImages(nullptr, true);
    const auto inspection = test::inspectionOf();
    model.setInspection(inspection);
    const auto text = [&](int layer) {
        return model.index(Model::rowOfLayer(layer), Model::NeverFires).data().toString();
    };
    const QString none = QStringLiteral("–");
    EXPECT_EQ(text(1), none);
    model.setTopImages(nullptr, true);
    EXPECT_EQ(text(1), QStringLiteral("…"));
    EXPECT_EQ(text(0), none) << "only what is behind a ReLU can be dead";
    auto found = std::make_shared<std::vector<engine::LayerTopImages>>();
    for (const int layer : {0, 1, 3}) {
        engine::LayerTopImages& topImages = found->emplace_back();
        topImages.layer = layer;
        topImages.imageCount = 100;
        topImages.units.resize(10);
        for (std::size_t unit = 0; unit < 10; ++unit)
            topImages.units[unit].firing = unit < 7 ? 1 : 0;
    }
    model.setTopImages(found, false);
    EXPECT_EQ(text(1), QStringLiteral("3 of 10"));
    EXPECT_EQ(text(0), none);
    EXPECT_EQ(text(6), none);
    // Of another image they are the same, of another model others.
    auto otherImage = std::make_shared<ui::Inspection>(*inspection);
    model.setInspection(otherImage);
    EXPECT_EQ(text(3), QStringLiteral("3 of 10"));
    model.setInspection(test::inspectionOf(test::tinyVgg(), 2));
    EXPECT_EQ(text(3), none);
}

namespace
{

class ExplainerTest : public testing::Test
{
protected:
    ExplainerTest()
    {
        QObject::connect(
            &explainer, &ui::Explainer::explained,
            [this](const std::shared_ptr<const engine::AttributionMap>& map) { maps.push_back(map); });
    }

    void explain(const ui::InspectionPtr& inspection, int classIndex)
    {
        explainer.explain({inspection->model, inspection->image.pixels, classIndex, scores});
    }
    float logitOf(const ui::InspectionPtr& inspection, int classIndex) const
    {
        return engine::gradCam(*inspection->model, inspection->image.pixels, classIndex)->classScore;
    }

    core::InspectionService service;
    ui::Explainer explainer{service};
    ui::ExplainedScores scores;
    std::vector<std::shared_ptr<const engine::AttributionMap>> maps;
};

} // namespace

TEST_F(ExplainerTest, asksInAllThreeWaysTheFastestFirst)
{
    explain(test::inspectionOf(), 4);
    ASSERT_TRUE(waitUntil([&] { return maps.size() == 3; }));
    EXPECT_EQ(maps[0]->kind, engine::AttributionKind::GradCam);
    EXPECT_EQ(maps[1]->kind, engine::AttributionKind::InputGradient);
    EXPECT_EQ(maps[2]->kind, engine::AttributionKind::Occlusion);
}

TEST_F(ExplainerTest, ofOtherWeightsAloneFinishesTheOldOnesAndTakesTheNewestThen)
{
    const auto first = test::inspectionOf(test::tinyVgg(), 1);
    std::vector<ui::InspectionPtr> others;
    for (const unsigned seed : {2U, 3U, 4U}) {
        auto other = std::make_shared<ui::Inspection>(*test::inspectionOf(test::tinyVgg(), seed));
        other->image = first->image;
        others.push_back(other);
    }
    for (const bool isSparing : {false, true}) {
        maps.clear();
        explainer.setSparing(isSparing);
        explain(first, 4);
        for (const auto& other : others)
            explain(other, 4);
        ASSERT_TRUE(waitUntil([&] { return maps.size() == 6; }));
        EXPECT_EQ(maps[0]->classScore, logitOf(first, 4));
        EXPECT_EQ(maps[3]->classScore, logitOf(others.back(), 4));
        explain(others.back(), 1); // does not wait for a rest
        ASSERT_TRUE(waitUntil([&] { return maps.size() == 9; }));
    }
}

TEST_F(ExplainerTest, doesNotAskTwiceForTheSame)
{
    const auto inspection = test::inspectionOf();
    explain(inspection, 4);
    explain(inspection, 4);
    ASSERT_TRUE(waitUntil([&] { return maps.size() == 3; }));
    QTest::qWait(100);
    EXPECT_EQ(maps.size(), 3U);
    explain(inspection, 4); // but when it has been answered
    EXPECT_TRUE(waitUntil([&] { return maps.size() == 6; }));
}

TEST_F(ExplainerTest, explainsWhatIsChosen)
{
    scores = {engine::ClassScore::Probability, engine::ClassScore::Logit, 9};
    const auto inspection = test::inspectionOf();
    const auto& image = inspection->image.pixels;
    explain(inspection, 4);
    ASSERT_TRUE(waitUntil([&] { return maps.size() == 3; }));
    EXPECT_EQ(maps[1]->values,
              engine::inputGradient(*inspection->model, image, 4, engine::ClassScore::Probability)->values);
    EXPECT_EQ(
        maps[2]->values,
        engine::occlusionMap(*inspection->model, image, 4, {9, 1, 0, engine::ClassScore::Logit})->values);
    EXPECT_EQ(maps[2]->side, 9);
}

TEST_F(ExplainerTest, asksAgainOnlyInTheWayThatIsAnother)
{
    const auto inspection = test::inspectionOf();
    explain(inspection, 4);
    ASSERT_TRUE(waitUntil([&] { return maps.size() == 3; }));
    scores.gradient = engine::ClassScore::Probability;
    const auto again = [&](engine::AttributionKind kind) {
        explainer.explainAgain(kind, {inspection->model, inspection->image.pixels, 4, scores});
    };
    again(engine::AttributionKind::InputGradient);
    ASSERT_TRUE(waitUntil([&] { return maps.size() == 4; }));
    EXPECT_EQ(maps[3]->kind, engine::AttributionKind::InputGradient);
    EXPECT_EQ(maps[3]->score, engine::ClassScore::Probability);
    // While others are still to come, they come too.
    explain(inspection, 5);
    scores.side = 3;
    explainer.explainAgain(engine::AttributionKind::Occlusion,
                           {inspection->model, inspection->image.pixels, 5, scores});
    ASSERT_TRUE(waitUntil([&] { return maps.size() == 7; }));
    EXPECT_EQ(maps[4]->kind, engine::AttributionKind::GradCam);
    EXPECT_EQ(maps[5]->kind, engine::AttributionKind::InputGradient);
    EXPECT_EQ(maps[6]->side, 3);
    QTest::qWait(50);
    EXPECT_EQ(maps.size(), 7U);
}

TEST_F(ExplainerTest, stopsWhenNobodyWantsToKnow)
{
    const auto slow = test::inspectionOf(test::unusualShapes()[1]);
    explain(slow, 4);
    ASSERT_TRUE(waitUntil([&] { return !maps.empty(); }));
    explainer.stop();
    const auto quick = test::inspectionOf();
    explain(quick, 2);
    const std::size_t before = maps.size();
    ASSERT_TRUE(waitUntil([&] { return maps.size() == before + 3; }));
    for (std::size_t i = before; i < maps.size(); ++i)
        EXPECT_EQ(maps[i]->classIndex, 2);
}

TEST(ImageInspector, finishesOldWeightsBeforeNewerOnes)
{
    // A large network, whose weights come faster than it can be looked into, is shown nevertheless.
    core::InspectionService service;
    ui::ImageInspector inspector(service);
    std::vector<ui::InspectionPtr> shown;
    QObject::connect(&inspector, &ui::ImageInspector::inspected,
                     [&](const ui::InspectionPtr& inspection) { shown.push_back(inspection); });
    const auto image = test::inspectionOf()->image;
    std::vector<core::ModelPointer> models;
    for (const unsigned seed : {1U, 2U, 3U, 4U}) {
        models.push_back(test::inspectionOf(test::tinyVgg(), seed)->model);
        inspector.inspect(image, models.back(), {QStringLiteral("a")});
    }
    ASSERT_TRUE(waitUntil([&] { return shown.size() == 2; }));
    EXPECT_EQ(shown[0]->model, models.front()) << "was under way";
    EXPECT_EQ(shown[1]->model, models.back()) << "is the newest";
    EXPECT_EQ(shown[1]->activations->logits, engine::activationsOf(*models.back(), image.pixels)->logits);
    EXPECT_EQ(shown[1]->classNames, QStringList(QStringLiteral("a")));
}

TEST(ImageInspector, takesAnotherImageAtOnceAndForgets)
{
    core::InspectionService service;
    ui::ImageInspector inspector(service);
    std::vector<ui::InspectionPtr> shown;
    QObject::connect(&inspector, &ui::ImageInspector::inspected,
                     [&](const ui::InspectionPtr& inspection) { shown.push_back(inspection); });
    const auto first = test::inspectionOf(test::tinyVgg(), 1);
    const auto second = test::inspectionOf(test::tinyVgg(), 2);
    inspector.inspect(first->image, first->model, {});
    inspector.inspect(second->image, first->model, {});
    ASSERT_TRUE(waitUntil([&] { return !shown.empty(); }));
    EXPECT_EQ(shown[0]->image.pixels, second->image.pixels);
    inspector.inspect(first->image, first->model, {});
    inspector.inspect(first->image, second->model, {});
    inspector.forget();
    QTest::qWait(50);
    EXPECT_EQ(shown.size(), 1U);
}

TEST_F(ExplainerTest, restsBetweenWeightsBesideATraining)
{
    explainer.setSparing(true);
    const auto first = test::inspectionOf(test::tinyVgg(), 1);
    QElapsedTimer clock;
    clock.start();
    explain(first, 4);
    ASSERT_TRUE(waitUntil([&] { return maps.size() == 3; }));
    const qint64 worked = clock.elapsed();
    auto other = std::make_shared<ui::Inspection>(*test::inspectionOf(test::tinyVgg(), 2));
    other->image = first->image;
    clock.restart();
    explain(other, 4);
    ASSERT_TRUE(waitUntil([&] { return maps.size() > 3; }));
    // Nine times as long as the work, which took a little less than was measured here from outside.
    EXPECT_GE(clock.elapsed(), 4 * (worked - 20));
}

TEST_F(ExplainerTest, restsNoLongerWhenTheTrainingHasEnded)
{
    explainer.setSparing(true);
    const auto first = test::inspectionOf(test::unusualShapes()[1]); // whose rest would be seconds
    QElapsedTimer clock;
    clock.start();
    explain(first, 4);
    ASSERT_TRUE(waitUntil([&] { return maps.size() == 3; }));
    const qint64 worked = clock.elapsed();
    clock.restart();
    explainer.setSparing(false);
    explain(first, 4);
    ASSERT_TRUE(waitUntil([&] { return maps.size() > 3; }));
    EXPECT_LT(clock.elapsed(), 4 * worked);
}

TEST(AttributionCard, showsMapsOfTheChosenClassOnly)
{
    const ui::Theme theme(*qApp, core::ThemeChoice::Light);
    const auto inspection = test::inspectionOf(test::unusualShapes()[2]);
    ui::AttributionCard card;
    card.setInspection(inspection);
    EXPECT_EQ(card.explainedClass(), inspection->activations->prediction);
    EXPECT_EQ(card.findChild<QComboBox*>(QStringLiteral("explainedClass"))->count(), 62);
    auto* overlay = card.findChild<ui::OverlayMap*>(QStringLiteral("gradCam"));
    const int other = (card.explainedClass() + 1) % 62;
    card.setMap(engine::gradCam(*inspection->model, inspection->image.pixels, other).value());
    EXPECT_TRUE(overlay->values().empty()) << "the answer to another question";
    const auto map =
        engine::gradCam(*inspection->model, inspection->image.pixels, card.explainedClass()).value();
    card.setMap(map);
    EXPECT_EQ(overlay->values(), map.values);
    QSignalSpy chosen(&card, &ui::AttributionCard::classChosen);
    card.findChild<QComboBox*>(QStringLiteral("explainedClass"))->setCurrentIndex(other);
    EXPECT_EQ(chosen.count(), 1);
    EXPECT_TRUE(overlay->values().empty()) << "until the new one is there";
}

TEST(AttributionCard, explainsTheScoreAndTheSquareThatAreChosen)
{
    const ui::Theme theme(*qApp, core::ThemeChoice::Light);
    const auto inspection = test::inspectionOf();
    const auto& pixels = inspection->image.pixels;
    ui::AttributionCard card;
    card.setInspection(inspection);
    const int answer = card.explainedClass();
    auto* gradient = card.findChild<ui::OverlayMap*>(QStringLiteral("inputGradient"));
    auto* occlusion = card.findChild<ui::OverlayMap*>(QStringLiteral("occlusion"));
    const auto sentence = [&] {
        return card.findChild<QLabel*>(QStringLiteral("occlusionSentence"))->text();
    };
    EXPECT_TRUE(sentence().contains(QStringLiteral("probability")));
    EXPECT_TRUE(sentence().contains(QStringLiteral("5×5")));
    card.setMap(engine::inputGradient(*inspection->model, pixels, answer).value());
    card.setMap(engine::occlusionMap(*inspection->model, pixels, answer).value());
    EXPECT_FALSE(gradient->values().empty());
    EXPECT_FALSE(occlusion->values().empty());

    QSignalSpy changed(&card, &ui::AttributionCard::choiceChanged);
    card.findChild<QComboBox*>(QStringLiteral("occlusionScore"))->setCurrentIndex(0);
    auto* side = card.findChild<QComboBox*>(QStringLiteral("occlusionSide"));
    side->setCurrentIndex(side->findData(9));
    ASSERT_EQ(changed.count(), 2);
    EXPECT_EQ(changed[1][0].value<engine::AttributionKind>(), engine::AttributionKind::Occlusion);
    EXPECT_EQ(card.scores(), (ui::ExplainedScores{engine::ClassScore::Logit, engine::ClassScore::Logit, 9}));
    EXPECT_TRUE(sentence().contains(QStringLiteral("logit")));
    EXPECT_TRUE(sentence().contains(QStringLiteral("9×9")));
    EXPECT_TRUE(occlusion->values().empty()) << "the answer to another question";
    EXPECT_FALSE(gradient->values().empty()) << "which is as it was";
    card.setMap(engine::occlusionMap(*inspection->model, pixels, answer).value());
    EXPECT_TRUE(occlusion->values().empty()) << "nor taken when it comes late";
    card.setMap(engine::occlusionMap(*inspection->model, pixels, answer, {9, 1, 0, engine::ClassScore::Logit})
                    .value());
    EXPECT_FALSE(occlusion->values().empty());
}

TEST(AttributionCard, keepsItsListOfClassesWhileWeightsChange)
{
    const ui::Theme theme(*qApp, core::ThemeChoice::Light);
    ui::AttributionCard card;
    const auto first = test::inspectionOf(test::tinyVgg(), 1);
    card.setInspection(first);
    auto* classes = card.findChild<QComboBox*>(QStringLiteral("explainedClass"));
    classes->setCurrentIndex(6);
    QSignalSpy rowsGone(classes->model(), &QAbstractItemModel::rowsAboutToBeRemoved);
    QSignalSpy resets(classes->model(), &QAbstractItemModel::modelReset);
    auto newer = std::make_shared<ui::Inspection>(*test::inspectionOf(test::tinyVgg(), 2));
    newer->image = first->image;
    card.setInspection(newer);
    EXPECT_EQ(rowsGone.count() + resets.count(), 0) << "a list that is open stays as it is";
    EXPECT_EQ(card.explainedClass(), 6);
    EXPECT_EQ(
        classes->itemText(6),
        QStringLiteral("class 6 (%1)").arg(core::probabilityText(newer->activations->probabilities[6])));
}

TEST_F(InspectParts, choosesTheClassUnderThePointerAmongTheLogits)
{
    show(inspectionOf());
    maps.resize(500, 600);
    maps.show();
    maps.setInspection(inspection);
    QCoreApplication::processEvents();
    auto* flow = maps.findChild<ui::FeatureMapFlow*>(QStringLiteral("featureMapFlow"));
    QSignalSpy selected(&maps, &ui::MapsCard::selected);
    for (const int layer : {kLinear, kSoftmax}) {
        flow->setCurrent({layer + 1, 0});
        const QRect row = flow->tileRect({layer + 1, 0});
        const QPoint sixth(row.left() + row.width() * 11 / 20, row.center().y());
        QTest::mouseClick(flow->viewport(), Qt::LeftButton, {}, sixth);
        ASSERT_FALSE(selected.isEmpty());
        EXPECT_EQ(selected.back(), QList<QVariant>({layer, 5}));
    }
    flow->setFocus();
    QTest::keyClick(flow, Qt::Key_Return);
    EXPECT_EQ(selected.back(), QList<QVariant>({kSoftmax, inspection->activations->prediction}))
        << "which has no pointer";
}

TEST_F(InspectParts, aClickInAMapLeadsToThatCell)
{
    QObject::connect(&maps, &ui::MapsCard::cellPointedAt, unit.cell(), &ui::CellView::pointAt);
    show(inspectionOf());
    maps.resize(380, 600);
    maps.move(unit.width() + 10, 0); // the pointer is over one window alone
    maps.show();
    maps.setInspection(inspection);
    QCoreApplication::processEvents();
    auto* flow = maps.findChild<ui::FeatureMapFlow*>(QStringLiteral("featureMapFlow"));
    const QRect tile = flow->tileRect({1, 2});
    const auto middleOfCell = [&](int row, int column) {
        return QPoint(tile.left() + (2 * column + 1) * tile.width() / 56,
                      tile.top() + (2 * row + 1) * tile.height() / 56);
    };
    QTest::mouseClick(flow->viewport(), Qt::LeftButton, {}, middleOfCell(9, 20));
    EXPECT_EQ(unit.cell()->cell(), QPoint(20, 9));
    maps.setSelection(0, 2); // as the page does
    test::hover(flow->viewport(), middleOfCell(3, 4));
    EXPECT_EQ(unit.cell()->cell(), QPoint(4, 3)) << "and the pointer leads on, also among all layers";
}

TEST_F(InspectParts, writesNumbersOfLargeKernelsOutWhereTheCardIsNarrow)
{
    show(inspectionOf(test::tinyVgg(28, 28, 16, 7)));
    unit.resize(340, 480); // as in a window of 1024 × 700
    QCoreApplication::processEvents();
    for (const int layer : {2, kLinear}) {
        select(layer, 3);
        auto* terms = unit.findChild<ui::ChannelTerms*>(QStringLiteral("channelTerms"));
        EXPECT_GT(terms->rowRect(1).top() - terms->rowRect(0).bottom(), 200) << "twice seven rows of numbers";
    }
}

TEST_F(InspectParts, reportsADivergedNetwork)
{
    auto broken = std::make_shared<ui::Inspection>(*inspectionOf());
    auto model = std::make_shared<engine::ModelSnapshot>(*broken->model);
    model->weights[3].values[1] = std::numeric_limits<float>::quiet_NaN(); // block_1.2.bias
    broken->model = model;
    broken->activations = std::make_shared<const engine::Activations>(
        engine::activationsOf(*model, broken->image.pixels).value());
    show(broken);
    maps.resize(500, 600);
    maps.show();
    maps.setInspection(broken);
    maps.setSelection(2, 1);
    maps.openLayer();
    const QString facts = maps.findChild<QLabel*>(QStringLiteral("layerFacts"))->text();
    EXPECT_TRUE(facts.contains(QStringLiteral("784 of %1 are not finite").arg(QLocale().toString(7840))))
        << facts.toStdString();
    const engine::LayerActivation& activation = broken->activations->layers[2];
    EXPECT_TRUE(facts.contains(QStringLiteral("max %1").arg(ui::valueText(activation.maximum))))
        << "of those that are, as the table has it";
    select(2, 1);
    unit.cell()->setCell(4, 4);
    EXPECT_EQ(text("cellAfter"), QStringLiteral("ReLU: max(0, NaN) = NaN"));
}

TEST(ArithmeticText, addsUpWhatIsShownToTheDigit)
{
    const auto inspection = test::inspectionOf();
    auto arithmetic =
        engine::cellArithmetic(*inspection->model, *inspection->activations, engine::Cell{2, 1, 5, 5})
            .value();
    for (engine::ChannelTerm& term : arithmetic.terms)
        term.sum = 0;
    // Doubles that lie beside the middle of two thousandths: multiplied by 1000 they are on it.
    arithmetic.bias = 0;
    for (const double sum : {0.0045, -0.0045, 1.0005, 8.0125}) {
        arithmetic.terms.front().sum = sum;
        EXPECT_EQ(ui::valueText(ui::sumAsShown(arithmetic)), ui::valueText(sum)) << sum;
    }
}

TEST_F(InspectParts, keepsToUnitsThatANarrowerNetworkHas)
{
    QObject::disconnect(&maps, nullptr, unit.cell(), nullptr);
    maps.resize(500, 600);
    maps.show();
    for (const int layer : {2, kLinear}) {
        show(inspectionOf(test::tinyVgg(28, 28, 16, 3, 20)));
        maps.setInspection(inspection);
        maps.setSelection(layer, 14);
        select(layer, 14);
        QTest::mouseClick(maps.findChild<QToolButton*>(QStringLiteral("mapsView_2")), Qt::LeftButton);
        auto* kernels = maps.findChild<ui::FeatureMapGrid*>(QStringLiteral("kernelGrid"));
        QTest::mouseClick(kernels->viewport(), Qt::LeftButton, {}, kernels->tileRect({0, 12}).center());
        show(inspectionOf(test::tinyVgg(28, 28, 10, 3, 10)));
        maps.setInspection(inspection);
        const auto expected = ui::kernelsOf(*inspection->model, layer, 9);
        EXPECT_EQ(kernels->layers().front().values, expected.values) << "of the last unit";
        const float value = inspection->activations->layers[static_cast<std::size_t>(layer)].at(
            {layer, 9, layer == 2 ? unit.cell()->cell().y() : 0, layer == 2 ? unit.cell()->cell().x() : 0});
        EXPECT_EQ(lastNumber(text("cellFormula")), ui::valueText(value));
    }
}

TEST_F(InspectParts, aFeatureLeadsBackToTheMapThatItIsIn)
{
    show(inspectionOf());
    select(kFlatten, 0);
    unit.cell()->setCell(7, 30); // a row a map: unit 7, row 4, column 2
    EXPECT_EQ(text("cellFormula"), QStringLiteral("feature 373 is unit 7, row 4, column 2: %1")
                                       .arg(ui::valueText(activation({9, 7, 4, 2}))));
    auto* strip = unit.findChild<ui::FieldStrip*>(QStringLiteral("fieldStrip"));
    unit.cell()->setCell(7, 0);
    const QImage ofSeven = strip->grab().toImage();
    const auto newest = strip->rect().right() - 30; // the last picture: the pooling that is flattened
    unit.cell()->setCell(2, 0);
    const QImage ofTwo = strip->grab().toImage();
    const QRect last(newest, 1, 24, 30);
    EXPECT_NE(ofSeven.copy(last), ofTwo.copy(last)) << "the maps of two units are others";
}
