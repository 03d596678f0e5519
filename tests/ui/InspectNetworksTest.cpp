// The parts of the Inspect page on networks of every family and with every type of layer: nothing in them
// knows a particular one.
#include "Hover.h"
#include "InspectCards.h"
#include "engine/data/SketchDigits.h"
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
#include "ui/pages/inspect/LayerTableCard.h"
#include "ui/pages/inspect/OverlayMap.h"
#include "ui/pages/inspect/TopImagesView.h"
#include "ui/pages/inspect/UnitTopImages.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <gtest/gtest.h>

using test::inspectionOf;
using test::lastNumber;
using test::waitUntil;

namespace
{

engine::NetworkSpec networkNamed(std::string_view name)
{
    for (const test::NamedNetwork& network : test::networks()) {
        if (name == network.name)
            return network.spec;
    }
    ADD_FAILURE() << name;
    return {};
}

class InspectNetworks : public test::InspectCards
{
protected:
    InspectNetworks()
    {
        maps.resize(420, 620);
        maps.move(unit.width() + 10, 0); // the pointer is over one window alone
        maps.show();
    }

    void show(const engine::NetworkSpec& spec)
    {
        inspection = inspectionOf(spec);
        unit.cell()->setInspection(inspection);
        maps.setInspection(inspection);
        QCoreApplication::processEvents(); // the layout
    }
    void select(int layer, int of)
    {
        unit.cell()->setSelection(layer, of);
        maps.setSelection(layer, of);
        QCoreApplication::processEvents();
    }
    template<typename Widget>
    Widget* find(QWidget& card, const char* name)
    {
        return card.findChild<Widget*>(QLatin1String(name));
    }
    QString formula() { return find<QLabel>(unit, "cellFormula")->text(); }
};

} // namespace

TEST_F(InspectNetworks, theFormulaEndsWithTheActivationInEveryLayer)
{
    for (const auto& [name, spec] : test::networks()) {
        show(spec);
        for (int layer = 0; layer < engine::layerCount(spec); ++layer) {
            const ui::FeatureMaps shown = ui::mapsOf(*inspection, layer);
            const ui::MapForm form = ui::mapForm(spec, layer);
            const int last = engine::outputShape(spec, layer).channels - 1;
            for (const int of : {0, last}) {
                select(layer, ui::existingUnit(spec, layer, of));
                for (const auto& [row, column] :
                     {std::pair(0, 0), std::pair(shown.height / 2, shown.width - 1)}) {
                    unit.cell()->setCell(row, column);
                    const engine::Cell cell = form == ui::MapForm::Maps ? engine::Cell{layer, of, row, column}
                                              : form == ui::MapForm::Features
                                                  ? engine::Cell{layer, row * shown.width + column, 0, 0}
                                                  : engine::Cell{layer, of, 0, 0};
                    EXPECT_EQ(lastNumber(formula()), ui::valueText(activation(cell)))
                        << name << ", layer " << layer << ": " << formula().toStdString();
                }
            }
        }
    }
}

TEST_F(InspectNetworks, marksTheReceptiveFieldOfEveryCellThatIsPointedAt)
{
    for (const auto& [name, spec] : test::networks()) {
        show(spec);
        auto* field = find<ui::CellMap>(unit, "receptiveField");
        auto* map = find<ui::CellMap>(unit, "outputMap");
        for (int layer = 0; layer < engine::layerCount(spec); ++layer) {
            if (ui::mapForm(spec, layer) != ui::MapForm::Maps)
                continue;
            const engine::MapShape shape = engine::outputShape(spec, layer);
            select(layer, shape.channels - 1);
            const int row = shape.height / 3;
            const int column = shape.width - 1;
            test::hover(map, map->rectOf({column, row, 1, 1}).center().toPoint());
            EXPECT_EQ(unit.cell()->cell(), QPoint(column, row)) << name << ", layer " << layer;
            const auto expected = engine::receptiveField(spec, {layer, shape.channels - 1, row, column});
            EXPECT_EQ(field->marked(), QRect(expected.left, expected.top, expected.width, expected.height))
                << name << ", layer " << layer;
        }
    }
}

TEST_F(InspectNetworks, aClickInTheFlowChoosesEachLayer)
{
    for (const auto& [name, spec] : test::networks()) {
        show(spec);
        auto* flow = find<ui::FeatureMapFlow>(maps, "featureMapFlow");
        ASSERT_EQ(static_cast<int>(flow->layers().size()), engine::layerCount(spec) + 2) << name;
        EXPECT_EQ(flow->layers().front().values, inspection->activations->input);
        EXPECT_EQ(flow->layers().back().values, inspection->activations->probabilities);
        QSignalSpy selected(&maps, &ui::MapsCard::selected);
        for (int layer = engine::kInputImage; layer <= ui::softmaxLayer(spec); ++layer) {
            const int position = layer + 1;
            const int last = flow->layers()[static_cast<std::size_t>(position)].count - 1;
            const ui::FeatureMapView::Index index{position, last};
            flow->setCurrent(index); // scrolls there
            const QRect tile = flow->tileRect(index);
            const bool isOfClasses = ui::isOfClasses(spec, layer);
            const int classIndex = spec.classCount / 2;
            const QPoint middle(isOfClasses ? tile.left() +
                                                  tile.width() * (2 * classIndex + 1) / (2 * spec.classCount)
                                            : tile.center().x(),
                                tile.center().y());
            ASSERT_TRUE(flow->viewport()->rect().contains(middle)) << name << ", layer " << layer;
            QTest::mouseClick(flow->viewport(), Qt::LeftButton, {}, middle);
            ASSERT_FALSE(selected.isEmpty()) << name << ", layer " << layer;
            EXPECT_EQ(selected.back()[0].toInt(), layer) << name;
            EXPECT_EQ(selected.back()[1].toInt(), isOfClasses ? classIndex : last)
                << name << ", layer " << layer;
        }
    }
}

TEST_F(InspectNetworks, showsEveryLayerLargeWithItsFacts)
{
    for (const auto& [name, spec] : test::networks()) {
        show(spec);
        for (int layer = engine::kInputImage; layer <= ui::softmaxLayer(spec); ++layer) {
            select(layer, 0);
            QTest::mouseClick(find<QToolButton>(maps, "mapsView_1"), Qt::LeftButton);
            EXPECT_FALSE(find<QLabel>(maps, "layerFacts")->text().isEmpty()) << name << ", layer " << layer;
            auto* grid = find<ui::FeatureMapGrid>(maps, "featureMapGrid");
            EXPECT_EQ(grid->isVisible(), !ui::isOfClasses(spec, layer)) << name << ", layer " << layer;
            EXPECT_EQ(find<QWidget>(maps, "softmaxTable")->isVisible(), ui::isOfClasses(spec, layer));
            if (!grid->isVisible() || !ui::hasUnits(spec, layer))
                continue;
            QSignalSpy selected(&maps, &ui::MapsCard::selected);
            grid->setFocus();
            QTest::keyClick(grid, Qt::Key_End);
            const int last = engine::outputShape(spec, layer).channels - 1;
            EXPECT_EQ(grid->current().unit, last) << name << ", layer " << layer;
            if (last > 0) {
                ASSERT_EQ(selected.count(), 1) << name << ", layer " << layer;
                EXPECT_EQ(selected[0], QList<QVariant>({layer, last}));
            }
        }
    }
}

TEST_F(InspectNetworks, showsTheWeightsOfWhatHasSome)
{
    for (const auto& [name, spec] : test::networks()) {
        show(spec);
        auto* button = find<QToolButton>(maps, "mapsView_2");
        auto* kernels = find<ui::FeatureMapGrid>(maps, "kernelGrid");
        for (int layer = engine::kInputImage; layer <= ui::softmaxLayer(spec); ++layer) {
            const bool hasKernels = ui::hasKernels(spec, layer);
            const int of = hasKernels ? engine::outputShape(spec, layer).channels - 1 : 0;
            select(layer, of);
            EXPECT_EQ(button->isEnabled(), hasKernels) << name << ", layer " << layer;
            if (!hasKernels)
                continue;
            QTest::mouseClick(button, Qt::LeftButton);
            EXPECT_TRUE(kernels->isVisible());
            const ui::FeatureMaps& shown = kernels->layers().front();
            if (ui::hasTemplates(spec, layer)) {
                EXPECT_EQ(shown.count, engine::outputShape(spec, layer).channels) << name;
                EXPECT_EQ(kernels->current().unit, of);
                continue;
            }
            std::vector<float> expected;
            const int channels = engine::outputShape(spec, engine::inputLayer(spec, layer)).channels;
            for (int channel = 0; channel < channels; ++channel) {
                const auto kernel = engine::kernelOf(*inspection->model, layer, of, channel);
                expected.insert(expected.end(), kernel.begin(), kernel.end());
            }
            EXPECT_EQ(shown.count, channels) << name << ", layer " << layer;
            EXPECT_EQ(shown.values, expected) << name << ", layer " << layer;
        }
    }
}

TEST(LinearTemplates, areTheWeightsOfTheSumsThatTheLayersGive)
{
    for (const char* name : {"Linear", "Linear + ReLU", "Linear in color", "one Linear"}) {
        const engine::NetworkSpec spec = networkNamed(name);
        const auto inspection = inspectionOf(spec);
        const std::vector<std::uint8_t> black(static_cast<std::size_t>(spec.input.size()));
        const auto ofBlack = engine::activationsOf(*inspection->model, black).value();
        int count = 0;
        for (int layer = 0; layer < engine::layerCount(spec); ++layer) {
            if (!ui::hasTemplates(spec, layer))
                continue;
            ++count;
            const ui::FeatureMaps templates = ui::templatesOf(*inspection->model, layer);
            EXPECT_EQ(templates.planes, spec.input.channels);
            for (int unit = 0; unit < templates.count; ++unit) {
                // What is left of the image's number without the black image's is the weighted sum alone.
                double sum = 0;
                const auto weights = templates.map(unit);
                for (std::size_t i = 0; i < weights.size(); ++i)
                    sum += static_cast<double>(weights[i]) *
                           static_cast<double>(inspection->activations->input[i]);
                const auto at = static_cast<std::size_t>(layer);
                const float value =
                    inspection->activations->layers[at].values[static_cast<std::size_t>(unit)] -
                    ofBlack.layers[at].values[static_cast<std::size_t>(unit)];
                EXPECT_NEAR(sum, static_cast<double>(value), 2e-3) << name << ", layer " << layer;
            }
        }
        EXPECT_EQ(count,
                  std::string_view(name) == "one Linear" || std::string_view(name) == "Linear + ReLU" ? 1 : 2)
            << name << ": behind a ReLU a number is no weighted sum of pixels";
    }
}

TEST_F(InspectNetworks, aClickOnATemplateChoosesItsClass)
{
    for (const char* name : {"Linear", "Linear in color"}) {
        show(networkNamed(name));
        const int layer = engine::layerCount(inspection->spec()) - 1;
        select(layer, 2);
        QTest::mouseClick(find<QToolButton>(maps, "mapsView_2"), Qt::LeftButton);
        auto* templates = find<ui::FeatureMapGrid>(maps, "kernelGrid");
        EXPECT_EQ(templates->layers().front().nameOf(7), QStringLiteral("class 7"));
        QSignalSpy selected(&maps, &ui::MapsCard::selected);
        QTest::mouseClick(templates->viewport(), Qt::LeftButton, {}, templates->tileRect({0, 7}).center());
        ASSERT_EQ(selected.count(), 1);
        EXPECT_EQ(selected[0], QList<QVariant>({layer, 7}));
        templates->setFocus();
        QTest::keyClick(templates, Qt::Key_Right);
        EXPECT_EQ(selected.back(), QList<QVariant>({layer, 8}));
    }
}

TEST_F(InspectNetworks, showsColorInColor)
{
    show(networkNamed("unpadded in color"));
    EXPECT_EQ(ui::pictureOf(inspection->image).pixelColor(3, 2),
              QColor(inspection->image.pixels[2 * 64 + 3], inspection->image.pixels[4096 + 2 * 64 + 3],
                     inspection->image.pixels[8192 + 2 * 64 + 3]));
    select(0, 1);
    const ui::FeatureMaps input = ui::mapsOf(*inspection, engine::kInputImage);
    EXPECT_EQ(input.count, 3);
    EXPECT_EQ(input.nameOf(1), QStringLiteral("green"));
    EXPECT_EQ(ui::kernelsOf(*inspection->model, 0, 1).nameOf(2), QStringLiteral("blue"));
    select(engine::kInputImage, 1);
    unit.cell()->setCell(4, 5);
    EXPECT_EQ(formula(), QStringLiteral("green %1 / 255 = %2")
                             .arg(inspection->image.pixels[4096 + 4 * 64 + 5])
                             .arg(ui::valueText(inspection->activations->input[4096 + 4 * 64 + 5])));
}

TEST_F(InspectNetworks, writesOutFeaturesThatAHiddenLayerGives)
{
    show(networkNamed("average pooling, stride 2, hidden Linear"));
    const int last = engine::layerCount(inspection->spec()) - 1;
    select(last, 3);
    EXPECT_TRUE(formula().startsWith(QStringLiteral("128 features "))) << formula().toStdString();
    EXPECT_FALSE(formula().contains(QStringLiteral("bias"))) << "the layer has none";
    auto* terms = find<ui::ChannelTerms>(unit, "channelTerms");
    terms->setFocus();
    for (int i = 0; i < 5; ++i)
        QTest::keyClick(terms, Qt::Key_Down);
    EXPECT_EQ(terms->opened(), 5);
    EXPECT_EQ(terms->rowRect(6).top(), terms->rowRect(5).bottom() + 1) << "a row says it all";
    EXPECT_FALSE(find<QWidget>(unit, "outputMap")->isVisible()) << "a number has no map";
}

TEST(ArithmeticOfLayers, writesNormalizationOutWithItsNumbers)
{
    const engine::NetworkSpec spec = networkNamed("batch norm and dropout");
    const auto inspection = inspectionOf(spec);
    const engine::Cell cell{1, 3, 7, 9};
    const auto arithmetic =
        engine::cellArithmetic(*inspection->model, *inspection->activations, cell).value();
    const engine::Normalization by = engine::normalizationOf(*inspection->model, 1, 3);
    const QString formula = ui::describe(*inspection, arithmetic).formula;
    EXPECT_TRUE(formula.startsWith(QLatin1Char('(') +
                                   ui::valueText(inspection->activations->layers[0].at({0, 3, 7, 9}))))
        << formula.toStdString();
    EXPECT_TRUE(formula.contains(ui::valueText(std::abs(by.mean))));
    EXPECT_TRUE(formula.contains(
        QStringLiteral("/ √(%1 + 1.0e−5) · %2").arg(ui::valueText(by.variance), ui::valueText(by.weight))))
        << formula.toStdString();
    EXPECT_FALSE(formula.contains(QStringLiteral("− −"))) << formula.toStdString();
    const float value = inspection->activations->layers[1].at(cell);
    EXPECT_EQ(ui::describe(*inspection, arithmetic).after,
              QStringLiteral("ReLU: max(0, %1) = %2")
                  .arg(ui::valueText(value), ui::valueText(std::max(0.0F, value))));
    const auto below =
        engine::cellArithmetic(*inspection->model, *inspection->activations, engine::Cell{0, 3, 7, 9})
            .value();
    EXPECT_EQ(ui::describe(*inspection, below).after,
              QStringLiteral("after BatchNorm2d: %1").arg(ui::valueText(value)));
}

TEST(ArithmeticOfLayers, writesMeansOutAndSaysThatDropoutDoesNothing)
{
    const auto inspection = inspectionOf(networkNamed("average pooling, stride 2, hidden Linear"));
    const auto formulaOf = [&](const engine::Cell& cell) {
        return ui::describe(
                   *inspection,
                   engine::cellArithmetic(*inspection->model, *inspection->activations, cell).value())
            .formula;
    };
    const QString nine = formulaOf({2, 1, 3, 3});
    EXPECT_TRUE(nine.startsWith(QStringLiteral("mean("))) << nine.toStdString();
    EXPECT_EQ(nine.count(QLatin1Char(',')), 8);
    EXPECT_TRUE(formulaOf({5, 1, 0, 0}).startsWith(QStringLiteral("mean of 16 values")));
    EXPECT_TRUE(formulaOf({7, 4, 0, 0}).contains(QStringLiteral("has no effect outside training")));
}

TEST(LayersInWords, areListedForEveryNetwork)
{
    using Model = ui::LayerTableModel;
    Model model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    for (const auto& [name, spec] : test::networks()) {
        model.setInspection(inspectionOf(spec));
        ASSERT_EQ(model.rowCount(), engine::layerCount(spec) + 2) << name;
        const QLocale locale;
        qlonglong parameters = 0;
        for (int row = 0; row < model.rowCount(); ++row) {
            EXPECT_FALSE(model.index(row, Model::Name).data().toString().isEmpty()) << name;
            EXPECT_FALSE(model.index(row, 0).data(Model::DetailRole).toString().isEmpty())
                << name << ", row " << row;
            parameters += locale.toLongLong(model.index(row, Model::Parameters).data().toString());
        }
        EXPECT_EQ(parameters, engine::parameterCount(spec)) << name;
    }
    const engine::NetworkSpec spec = networkNamed("average pooling, stride 2, hidden Linear");
    EXPECT_EQ(ui::layerDescription(spec, 0), QStringLiteral("kernel 5×5, stride 2, padding 2"));
    EXPECT_EQ(ui::layerDescription(spec, 2), QStringLiteral("mean of 3×3, stride 2"));
    EXPECT_EQ(ui::layerDescription(spec, 3), QStringLiteral("kernel 3×3, no padding, no bias"));
    EXPECT_EQ(ui::layerTitle(spec, 8), QStringLiteral("8 Linear")) << "a number alone says little";
    EXPECT_EQ(ui::layerTitle(test::tinyVgg(), 2), QStringLiteral("block_1.2"));
}

TEST(LayersInWords, sixtyFourLayersHaveTheirRowsAndTheirWayBack)
{
    engine::NetworkSpec deep;
    deep.input = {1, 28, 28};
    for (int i = 0; i < 31; ++i) {
        deep.layers.emplace_back(engine::Conv2d{.outChannels = 2, .padding = engine::kSamePadding});
        deep.layers.emplace_back(engine::ReLU{});
    }
    deep.layers.emplace_back(engine::Flatten{});
    deep.layers.emplace_back(engine::Linear{10});
    ASSERT_EQ(deep.layers.size(), 64U);
    const auto inspection = inspectionOf(deep);
    const ui::Theme theme(*qApp, core::ThemeChoice::Light);
    ui::LayerTableModel model;
    model.setInspection(inspection);
    ui::LayerTableCard table(&model);
    table.setSpec(deep);
    table.resize(700, 400);
    table.show();
    EXPECT_EQ(model.rowCount(), 66);
    ui::FieldStrip strip;
    strip.resize(360, strip.sizeHint().height());
    strip.show();
    strip.setCell(inspection, {61, 0, 14, 14});
    const QString whole = strip.accessibleDescription();
    EXPECT_TRUE(whole.contains(QStringLiteral("input image"))) << whole.toStdString();
    EXPECT_TRUE(whole.contains(QStringLiteral("60 Conv2d"))) << "and the layer directly below";
    EXPECT_LE(whole.count(QLatin1Char('\n')), 11) << "as many as have room";
}

TEST(ExplainedNetworks, areAskedForInTheWaysThatThereAre)
{
    core::InspectionService service;
    ui::Explainer explainer(service);
    std::vector<engine::AttributionKind> kinds;
    bool hasFailed = false;
    QObject::connect(
        &explainer, &ui::Explainer::explained,
        [&](const std::shared_ptr<const engine::AttributionMap>& map) { kinds.push_back(map->kind); });
    QObject::connect(&explainer, &ui::Explainer::failed, [&] { hasFailed = true; });
    for (const auto& [name, spec] : test::networks()) {
        kinds.clear();
        const auto inspection = inspectionOf(spec);
        explainer.explain({inspection->model, inspection->image.pixels, 1, {}});
        const std::size_t expected = ui::kindsOf(spec).size();
        ASSERT_TRUE(waitUntil([&] { return kinds.size() == expected || hasFailed; })) << name;
        EXPECT_FALSE(hasFailed) << name;
        const bool hasConvolution = engine::lastConvolutionMaps(spec) != engine::kInputImage;
        EXPECT_EQ(expected, hasConvolution ? 3U : 2U) << name;
        EXPECT_EQ(std::ranges::count(kinds, engine::AttributionKind::GradCam), hasConvolution ? 1 : 0)
            << name;
    }
}

TEST(ExplainedNetworks, sayWhyThereIsNoGradCamWithoutAConvolution)
{
    const ui::Theme theme(*qApp, core::ThemeChoice::Light);
    ui::AttributionCard card;
    card.resize(900, 600);
    card.show();
    const auto sentence = [&] { return card.findChild<QLabel*>(QStringLiteral("gradCamSentence"))->text(); };
    auto* gradCam = card.findChild<ui::OverlayMap*>(QStringLiteral("gradCam"));
    card.setInspection(inspectionOf(networkNamed("Linear")));
    EXPECT_TRUE(sentence().contains(QStringLiteral("this network has none"))) << sentence().toStdString();
    EXPECT_FALSE(gradCam->isEnabled());
    auto* classes = card.findChild<QComboBox*>(QStringLiteral("explainedClass"));
    classes->setFocus();
    QTest::keyClick(classes, classes->currentIndex() == 0 ? Qt::Key_Down : Qt::Key_Up);
    EXPECT_TRUE(sentence().contains(QStringLiteral("this network has none"))) << "of every class";
    card.setInspection(inspectionOf());
    EXPECT_FALSE(sentence().contains(QStringLiteral("this network has none")));
    EXPECT_TRUE(gradCam->isEnabled());
    card.setInspection(inspectionOf(networkNamed("Linear in color")));
    EXPECT_TRUE(card.findChild<QLabel*>(QStringLiteral("inputGradientSentence"))
                    ->text()
                    .contains(QStringLiteral("color channel")));
}

TEST(TopImagesOfNetworks, areThereForEveryUnitOrItIsSaidWhyNot)
{
    const ui::Theme theme(*qApp, core::ThemeChoice::Light);
    core::InspectionService service;
    ui::TopImagesView view;
    view.resize(380, 500);
    view.show();
    ui::LayerTableModel layers;
    ui::LayerTableCard table(&layers);
    ui::UnitTopImages topImages(service, view, table, [] { return 2; });
    topImages.setTopImagesShown(true);
    const engine::Dataset gray = engine::makeSketchDigits({60, 1, 1}).train;
    const engine::Dataset color = engine::makeColorSketchDigits({60, 1, 1}).train;
    const auto* tile = view.findChild<QToolButton*>(QStringLiteral("topImage_0"));
    const auto* message = view.findChild<QLabel*>(QStringLiteral("topImagesMessage"));
    for (const auto& [name, spec] : test::networks()) {
        topImages.setImages(spec.input.channels == 1 ? gray : color);
        const auto inspection = inspectionOf(spec);
        layers.setInspection(inspection);
        topImages.setInspection(inspection, false, 0, 0);
        for (int layer = engine::kInputImage; layer <= ui::softmaxLayer(spec); ++layer) {
            topImages.setUnit(layer, ui::existingUnit(spec, layer, 1000));
            ASSERT_TRUE(waitUntil([&] { return !service.isSearching(); })) << name; // which the first begins
            const bool isSaid = message->isVisible() && !message->text().isEmpty();
            EXPECT_NE(tile->isVisible(), isSaid) << name << ", layer " << layer;
        }
        topImages.setUnit(ui::softmaxLayer(spec), 0);
        const bool isOfTheSet = spec.input == gray.shape() || spec.input == color.shape();
        EXPECT_EQ(tile->isVisible(), isOfTheSet) << name << ": every class has its largest logits";
    }
}
