// The Inspect page in the real window, on a real run.
#include "ui/pages/InspectPage.h"
#include "FileDialogTypist.h"
#include "Hover.h"
#include "Inspected.h"
#include "WindowFixture.h"
#include "engine/data/IdxFolder.h"
#include "engine/data/SketchDigits.h"
#include "engine/inspection/Attribution.h"
#include "engine/inspection/TopActivatingImages.h"
#include "engine/storage/SavedModel.h"
#include "support/Files.h"
#include "support/WaitUntil.h"
#include "ui/models/LayerTableModel.h"
#include "ui/pages/draw/FeatureMapStrip.h"
#include "ui/pages/inspect/CellMap.h"
#include "ui/pages/inspect/FeatureMapFlow.h"
#include "ui/pages/inspect/FeatureMapGrid.h"
#include "ui/pages/inspect/ImageSource.h"
#include "ui/pages/inspect/OverlayMap.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDropEvent>
#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QMimeData>
#include <QPainter>
#include <QProgressBar>
#include <QSpinBox>
#include <QTableView>
#include <QTest>
#include <QToolButton>
#include <gtest/gtest.h>
#include <set>

using test::waitUntil;

namespace
{

class InspectPage : public testing::Test
{
protected:
    void SetUp() override
    {
        m_studio.open();
        openPage();
    }

    void openPage() { QTest::keyClick(m_studio.window.get(), Qt::Key_5, Qt::ControlModifier); }
    ui::InspectPage* page() { return m_studio.find<ui::InspectPage>("inspectPage"); }
    ui::InspectionPtr shown() { return page()->inspection(); }

    void train()
    {
        m_studio.find<QSpinBox>("epochs")->setValue(2);
        m_studio.click("trainButton");
        ASSERT_TRUE(waitUntil([&] {
            return !m_studio.session->isActive() && !m_studio.model.isLoading() && shown() &&
                   shown()->model == m_studio.model.get()->snapshot;
        }));
    }
    /// The image of the data set that is shown.
    bool isTestImage(std::uint32_t index)
    {
        const auto image = m_test.image(index);
        return shown() && std::ranges::equal(shown()->image.pixels, image);
    }
    /// A model that some training might have left.
    void useModel(const engine::NetworkSpec& spec, int number)
    {
        const auto folder = m_studio.folder / ("model" + std::to_string(number));
        std::filesystem::create_directories(folder);
        ASSERT_TRUE(engine::writeSavedModel(folder, {test::makeModel(spec), std::nullopt}));
        m_studio.model.setRun(QString::fromStdString(folder.string()));
        ASSERT_TRUE(waitUntil([&] { return m_studio.model.get() && !m_studio.model.isLoading(); }));
    }
    void chooseLayer(int layer)
    {
        auto* list = m_studio.find<QListView>("layerList");
        const QModelIndex row = list->model()->index(ui::LayerTableModel::rowOfLayer(layer), 0);
        list->scrollTo(row);
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(row).center());
    }

    test::WindowFixture m_studio;
    engine::Dataset m_test =
        engine::readIdxFolder(m_studio.folder / "digits", "digits", "digits").value().test;
};

} // namespace

TEST_F(InspectPage, saysWhatToDoWithoutAModel)
{
    EXPECT_TRUE(m_studio.text("inspectMessage").contains(QStringLiteral("Train one")));
    EXPECT_FALSE(m_studio.find<QListView>("layerList")->isVisible());
    m_studio.click("inspectAction");
    EXPECT_TRUE(m_studio.find<QWidget>("trainPage")->isVisible());
}

TEST_F(InspectPage, looksIntoTheModelThatWasTrained)
{
    train();
    EXPECT_TRUE(isTestImage(0));
    EXPECT_TRUE(m_studio.find<QListView>("layerList")->isVisible());
    const engine::Activations& activations = *shown()->activations;
    const auto expected = engine::activationsOf(*shown()->model, m_test.image(0)).value();
    EXPECT_EQ(activations.logits, expected.logits);
    EXPECT_TRUE(m_studio.text("inspectedAnswer").startsWith(QString::number(expected.prediction)));

    chooseLayer(2);
    auto* grid = m_studio.find<ui::FeatureMapGrid>("featureMapGrid");
    EXPECT_TRUE(grid->isVisible());
    EXPECT_EQ(grid->layers().front().values, expected.layers[2].values);
    QTest::mouseClick(grid->viewport(), Qt::LeftButton, {}, grid->tileRect({0, 3}).center());
    auto* map = m_studio.find<ui::CellMap>("outputMap");
    test::hover(map, map->rectOf({11, 4, 1, 1}).center().toPoint());
    EXPECT_EQ(m_studio.text("cellText"), QStringLiteral("row 4, column 11"));
    const QString formula = m_studio.text("cellFormula");
    EXPECT_EQ(formula.split(QLatin1Char(' ')).back(), ui::valueText(expected.layers[2].at({2, 3, 4, 11})))
        << formula.toStdString();
}

TEST_F(InspectPage, goesThroughTheTestImages)
{
    train();
    m_studio.click("inspectNext");
    EXPECT_TRUE(waitUntil([&] { return isTestImage(1); }));
    m_studio.click("inspectPrevious");
    m_studio.click("inspectPrevious"); // around the end
    EXPECT_TRUE(waitUntil([&] { return isTestImage(199); }));
    m_studio.find<QSpinBox>("inspectIndex")->setValue(42);
    EXPECT_TRUE(waitUntil([&] { return isTestImage(42); }));

    auto* filter = m_studio.find<QComboBox>("inspectFilter");
    filter->setCurrentIndex(filter->findData(3)); // true 3
    ASSERT_TRUE(waitUntil([&] { return shown()->image.label == 3; }));
    m_studio.click("inspectNext");
    m_studio.click("inspectRandom");
    EXPECT_TRUE(waitUntil([&] { return shown()->image.label == 3; }));

    filter->setCurrentIndex(filter->findData(-2)); // errors of the run
    ASSERT_TRUE(waitUntil([&] { return shown()->image.label != shown()->activations->prediction; }));
    m_studio.click("inspectNext");
    EXPECT_TRUE(waitUntil([&] { return shown()->image.label != shown()->activations->prediction; }));
}

TEST_F(InspectPage, looksIntoWhateverItIsGiven)
{
    train();
    std::vector<std::uint8_t> pixels(28 * 28, 7);
    page()->images()->showImage(pixels, QStringLiteral("a gray sheet"));
    ASSERT_TRUE(waitUntil([&] { return shown()->image.pixels == pixels; }));
    EXPECT_TRUE(m_studio.text("inspectedDetail").contains(QStringLiteral("a gray sheet")));
    EXPECT_FALSE(shown()->image.label);
    page()->images()->showImage({1, 2, 3}, QStringLiteral("a scrap"));
    EXPECT_TRUE(m_studio.text("messageText").contains(QStringLiteral("a scrap has 3 pixels")));
    EXPECT_EQ(shown()->image.pixels, pixels);

    page()->showSample(core::SplitKind::Validation, 17);
    const auto training = engine::readIdxFolder(m_studio.folder / "digits", "digits", "digits").value().train;
    ASSERT_TRUE(waitUntil([&] { return std::ranges::equal(shown()->image.pixels, training.image(17)); }));
    EXPECT_EQ(shown()->image.label, training.label(17));
    EXPECT_TRUE(m_studio.text("inspectedDetail").startsWith(QStringLiteral("training image 17")));

    auto* drawing = m_studio.find<QAction>("inspectDrawing");
    page()->setDrawing({});
    EXPECT_FALSE(drawing->isEnabled());
    pixels.front() = 99;
    page()->setDrawing(pixels);
    ASSERT_TRUE(drawing->isEnabled());
    drawing->trigger();
    EXPECT_TRUE(waitUntil([&] { return shown()->image.pixels == pixels; }));
    m_studio.find<QAction>("inspectTestImage")->trigger();
    EXPECT_TRUE(waitUntil([&] { return isTestImage(0); }));
}

TEST_F(InspectPage, explainsTheClassThatIsChosen)
{
    train();
    m_studio.click("inspectView_1");
    auto* gradCam = m_studio.find<ui::OverlayMap>("gradCam");
    auto* gradient = m_studio.find<ui::OverlayMap>("inputGradient");
    auto* occlusion = m_studio.find<ui::OverlayMap>("occlusion");
    const auto areThere = [&] {
        return !gradCam->values().empty() && !gradient->values().empty() && !occlusion->values().empty();
    };
    ASSERT_TRUE(waitUntil(areThere));
    const int answer = shown()->activations->prediction;
    const int other = (answer + 1) % 10;
    for (const int explained : {answer, other}) {
        m_studio.find<QComboBox>("explainedClass")->setCurrentIndex(explained);
        // The weights of the last epoch may arrive meanwhile, and are explained when those before are done.
        EXPECT_TRUE(waitUntil([&] {
            const engine::ModelSnapshot& model = *shown()->model;
            const auto image = m_test.image(0);
            return gradient->values() == engine::inputGradient(model, image, explained)->values &&
                   gradCam->values() == engine::gradCam(model, image, explained)->values &&
                   occlusion->values() == engine::occlusionMap(model, image, explained)->values;
        }));
        EXPECT_TRUE(m_studio.text("occlusionSentence").contains(QString::number(explained)));
    }
}

TEST_F(InspectPage, showsTheTopImagesOfAUnit)
{
    train();
    const auto layers = engine::topActivatingImages(*shown()->model, m_test).value();
    const auto found = std::ranges::find(layers, 3, &engine::LayerTopImages::layer);
    ASSERT_NE(found, layers.end());
    const auto unit = std::ranges::find_if(
        found->units, [](const engine::TopActivatingImages& u) { return u.images.size() == 9; });
    ASSERT_NE(unit, found->units.end());
    chooseLayer(3);
    auto* grid = m_studio.find<ui::FeatureMapGrid>("featureMapGrid");
    grid->setFocus();
    grid->setCurrent({0, 0});
    QTest::keyClick(grid, Qt::Key_End);
    QTest::keyClick(grid, Qt::Key_Home);
    for (auto i = found->units.begin(); i != unit; ++i)
        QTest::keyClick(grid, Qt::Key_Right);
    m_studio.click("unitView_1");
    auto* tile = m_studio.find<QToolButton>("topImage_0");
    ASSERT_TRUE(waitUntil([&] { return tile->isVisible(); }));
    for (int i = 0; i < 9; ++i) {
        auto* each = m_studio.find<QToolButton>(QStringLiteral("topImage_%1").arg(i).toLatin1().constData());
        EXPECT_TRUE(each->toolTip().startsWith(
            QStringLiteral("Test image %1,").arg(unit->images[static_cast<std::size_t>(i)].index)))
            << each->toolTip().toStdString();
    }
    QTest::mouseClick(tile, Qt::LeftButton);
    EXPECT_TRUE(waitUntil([&] { return isTestImage(unit->images.front().index); }));
    EXPECT_TRUE(tile->isVisible()) << "found once, kept";
}

TEST_F(InspectPage, followsTheTrainingWhenItShall)
{
    EXPECT_FALSE(m_studio.find<QCheckBox>("followTraining")->isEnabled());
    m_studio.find<QSpinBox>("epochs")->setValue(100);
    m_studio.click("trainButton");
    ASSERT_TRUE(
        waitUntil([&] { return m_studio.session->state() == core::TrainingSession::State::Training; }));
    ASSERT_TRUE(m_studio.find<QPushButton>("inspectAction")->isVisible());
    m_studio.click("inspectAction");
    EXPECT_TRUE(m_studio.find<QCheckBox>("followTraining")->isChecked());
    std::set<const engine::ModelSnapshot*> models;
    EXPECT_TRUE(waitUntil([&] {
        if (shown())
            models.insert(shown()->model.get());
        return models.size() >= 3;
    }));
    m_studio.session->stop();
    ASSERT_TRUE(waitUntil([&] { return !m_studio.session->isActive(); }));
    ASSERT_TRUE(waitUntil([&] { return shown() && shown()->model == m_studio.model.get()->snapshot; }))
        << "then the run's own weights";
    EXPECT_FALSE(m_studio.session->isFollowed() && !page()->isVisible());
}

TEST_F(InspectPage, followsNothingWhileItIsNotSeen)
{
    m_studio.find<QSpinBox>("epochs")->setValue(100);
    m_studio.click("trainButton");
    ASSERT_TRUE(
        waitUntil([&] { return m_studio.session->state() == core::TrainingSession::State::Training; }));
    m_studio.click("inspectAction");
    EXPECT_TRUE(m_studio.session->isFollowed());
    QTest::keyClick(m_studio.window.get(), Qt::Key_1, Qt::ControlModifier);
    EXPECT_FALSE(m_studio.session->isFollowed());
    openPage();
    EXPECT_TRUE(m_studio.session->isFollowed());
}

TEST_F(InspectPage, listsAllLayersInATableThatChoosesToo)
{
    train();
    m_studio.click("inspectView_2");
    auto* table = m_studio.find<QTableView>("layerTable");
    EXPECT_TRUE(table->isVisible());
    EXPECT_EQ(table->model()->rowCount(), 14);
    const QModelIndex neverFires =
        table->model()->index(ui::LayerTableModel::rowOfLayer(3), ui::LayerTableModel::NeverFires);
    const auto layers = engine::topActivatingImages(*shown()->model, m_test).value();
    const auto found = std::ranges::find(layers, 3, &engine::LayerTopImages::layer);
    const QString expected = QStringLiteral("%1 of %2").arg(found->deadUnits()).arg(found->units.size());
    EXPECT_TRUE(waitUntil([&] { return neverFires.data().toString() == expected; }))
        << neverFires.data().toString().toStdString();
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {},
                      table->visualRect(table->model()->index(6, 0)).center());
    EXPECT_EQ(page()->layer(), 5);
}

TEST_F(InspectPage, looksIntoNetworksOfEveryKind)
{
    auto color = std::make_shared<core::LoadedDataset>();
    color->splits = engine::makeColorSketchDigits({20, 10, 1});
    auto gray = std::make_shared<core::LoadedDataset>();
    gray->splits = engine::makeSketchDigits({20, 10, 1});
    int number = 0;
    for (const auto& [name, spec] : test::networks()) {
        const auto& data = spec.input.channels == 1 ? gray : color;
        page()->setDataset(data);
        useModel(spec, ++number);
        if (data->splits.test.shape() != spec.input) {
            EXPECT_TRUE(waitUntil([&] {
                return m_studio.text("inspectMessage").contains(QStringLiteral("expects images of"));
            })) << name;
            const QString shape = QString::fromStdString(engine::text(spec.input));
            EXPECT_TRUE(m_studio.text("inspectMessage").contains(shape)) << name;
            continue;
        }
        ASSERT_TRUE(waitUntil([&] { return shown() && shown()->model == m_studio.model.get()->snapshot; }))
            << name;
        auto* list = m_studio.find<QListView>("layerList");
        list->setFocus();
        QTest::keyClick(list, Qt::Key_Home);
        EXPECT_EQ(page()->layer(), engine::kInputImage) << name;
        for (int layer = 0; layer <= ui::softmaxLayer(spec); ++layer) {
            QTest::keyClick(list, Qt::Key_Down);
            EXPECT_EQ(page()->layer(), layer) << name;
            EXPECT_FALSE(m_studio.text("cellFormula").isEmpty()) << name << ", layer " << layer;
        }
        m_studio.click("inspectView_2");
        EXPECT_EQ(m_studio.find<QTableView>("layerTable")->model()->rowCount(), engine::layerCount(spec) + 2);
        m_studio.click("inspectView_1");
        auto* gradient = m_studio.find<ui::OverlayMap>("inputGradient");
        const int explained = m_studio.find<QComboBox>("explainedClass")->currentIndex();
        EXPECT_TRUE(waitUntil([&] {
            return gradient->values() ==
                   engine::inputGradient(*shown()->model, shown()->image.pixels, explained)->values;
        })) << name;
        EXPECT_FALSE(m_studio.find<QLabel>("attributionError")->isVisible()) << name;
        m_studio.click(
            "inspectView_0"); // with the classes chosen: those of the next network are on show then
        EXPECT_EQ(page()->layer(), ui::softmaxLayer(spec)) << name;
    }
}

TEST_F(InspectPage, staysAtTheClassesWhenAnotherNetworkIsLookedInto)
{
    useModel(test::tinyVgg(), 1);
    ASSERT_TRUE(waitUntil([&] { return shown() != nullptr; }));
    chooseLayer(11);
    for (const auto& spec : {engine::linearBaseline({1, 28, 28}, 10), test::tinyVgg(28, 28, 4, 5)}) {
        useModel(spec, 2 + engine::layerCount(spec));
        ASSERT_TRUE(waitUntil([&] { return shown()->spec() == spec; }));
        EXPECT_EQ(page()->layer(), engine::layerCount(spec) - 1);
    }
    chooseLayer(8);
    useModel(engine::linearBaseline({1, 28, 28}, 10), 9);
    ASSERT_TRUE(waitUntil([&] { return engine::layerCount(shown()->spec()) == 3; }));
    EXPECT_LE(page()->layer(), 3) << "one that is there";
    EXPECT_FALSE(m_studio.text("cellFormula").isEmpty());
}

TEST_F(InspectPage, makesPicturesForAModelThatReadsColor)
{
    auto color = std::make_shared<core::LoadedDataset>();
    color->splits = engine::makeColorSketchDigits({20, 10, 1});
    page()->setDataset(color);
    useModel(engine::linearBaseline({3, 28, 28}, 10), 1);
    ASSERT_TRUE(waitUntil([&] { return shown() != nullptr; }));
    QImage picture(120, 80, QImage::Format_RGB32);
    picture.fill(QColor(200, 100, 50));
    m_studio.find<QWidget>("layerList")->setFocus();
    QGuiApplication::clipboard()->setImage(picture);
    QTest::keyClick(m_studio.find<QWidget>("layerList"), Qt::Key_V, Qt::ControlModifier);
    ASSERT_TRUE(waitUntil([&] { return !shown()->image.label; }));
    const std::vector<std::uint8_t>& pixels = shown()->image.pixels;
    ASSERT_EQ(pixels.size(), 3U * 784);
    EXPECT_EQ(pixels[400], 200);
    EXPECT_EQ(pixels[784 + 400], 100);
    EXPECT_EQ(pixels[2 * 784 + 400], 50);
    EXPECT_EQ(ui::pictureOf(shown()->image).pixelColor(14, 14), QColor(200, 100, 50));

    page()->setDrawing(std::vector<std::uint8_t>(784, 9));
    m_studio.find<QAction>("inspectDrawing")->trigger();
    EXPECT_TRUE(m_studio.text("messageText")
                    .contains(QStringLiteral("3 × 28 × 28 pixels; your drawing has 784 pixels")));
}

TEST_F(InspectPage, fitsAProjectorInEveryView)
{
    train();
    for (const auto* view : {"inspectView_0", "inspectView_1", "inspectView_2"}) {
        m_studio.click(view);
        QCoreApplication::processEvents();
        EXPECT_LE(m_studio.window->minimumSizeHint().width(), 1024) << view;
        EXPECT_LE(m_studio.window->minimumSizeHint().height(), 700) << view;
    }
}

TEST_F(InspectPage, copiesWhatItShows)
{
    train();
    m_studio.find<QAction>("copyInspection")->trigger();
    const QImage image = QGuiApplication::clipboard()->image();
    EXPECT_GT(image.width(), 2000) << "twice as fine as the screen";
    EXPECT_EQ(image.pixelColor(1, image.height() / 2).alpha(), 255);
}

TEST_F(InspectPage, forgetsTheModelWithItsDataSet)
{
    train();
    m_studio.chooseDataset("sketch-digits");
    EXPECT_TRUE(waitUntil([&] { return !m_studio.find<QListView>("layerList")->isVisible(); }));
}

TEST_F(InspectPage, opensPicturesFromFiles)
{
    train();
    QImage picture(200, 120, QImage::Format_RGB32); // dark on light, as on paper
    picture.fill(Qt::white);
    QPainter painter(&picture);
    painter.setPen(QPen(Qt::black, 12));
    painter.drawLine(100, 20, 100, 100);
    painter.end();
    const QString path = QString::fromStdString((m_studio.folder / "one.png").string());
    ASSERT_TRUE(picture.save(path));
    const test::FileDialogTypist typist(path);
    m_studio.find<QAction>("inspectFile")->trigger();
    ASSERT_TRUE(
        waitUntil([&] { return m_studio.text("inspectedDetail").contains(QStringLiteral("one.png")); }));
    const std::vector<std::uint8_t>& pixels = shown()->image.pixels;
    EXPECT_EQ(pixels[14 * 28 + 14], 255) << "ink in the middle";
    EXPECT_EQ(pixels[14 * 28 + 2], 0) << "and none beside it";
}

TEST_F(InspectPage, looksIntoTheDrawingAtTheUnitThatWasClicked)
{
    train();
    QTest::keyClick(m_studio.window.get(), Qt::Key_4, Qt::ControlModifier);
    auto* canvas = m_studio.find<QWidget>("inkCanvas");
    const QPoint middle = canvas->rect().center();
    QTest::mousePress(canvas, Qt::LeftButton, {}, middle - QPoint(0, 60));
    for (int y = -50; y <= 60; y += 10)
        QTest::mouseMove(canvas, middle + QPoint(0, y));
    QTest::mouseRelease(canvas, Qt::LeftButton, {}, middle + QPoint(0, 60));
    auto* maps = m_studio.find<ui::FeatureMapStrip>("drawingMaps");
    ASSERT_TRUE(waitUntil([&] { return !maps->layers().empty(); }));
    QTest::mouseClick(maps->viewport(), Qt::LeftButton, {}, maps->tileRect({1, 2}).center());
    EXPECT_TRUE(page()->isVisible());
    EXPECT_EQ(page()->layer(), 4) << "the first pooling";
    ASSERT_TRUE(waitUntil([&] { return shown() && shown()->image.title == QStringLiteral("your drawing"); }));
    EXPECT_EQ(shown()->activations->layers[4].values, maps->layers()[1].values);
}

TEST_F(InspectPage, explainsTheScoreThatIsChosen)
{
    train();
    m_studio.click("inspectView_1");
    auto* gradient = m_studio.find<ui::OverlayMap>("inputGradient");
    auto* occlusion = m_studio.find<ui::OverlayMap>("occlusion");
    const auto isExplained = [&](engine::ClassScore ofGradient, const engine::OcclusionOptions& options) {
        const engine::ModelSnapshot& model = *shown()->model;
        const auto image = m_test.image(0);
        const int answer = shown()->activations->prediction;
        return gradient->values() == engine::inputGradient(model, image, answer, ofGradient)->values &&
               occlusion->values() == engine::occlusionMap(model, image, answer, options)->values;
    };
    using Score = engine::ClassScore;
    EXPECT_TRUE(waitUntil([&] { return isExplained(Score::Logit, {}); }));
    auto* side = m_studio.find<QComboBox>("occlusionSide");
    side->setCurrentIndex(side->findData(9));
    EXPECT_TRUE(waitUntil([&] { return isExplained(Score::Logit, {9, 1, 0, Score::Probability}); }));
    m_studio.find<QComboBox>("inputGradientScore")->setCurrentIndex(1);
    m_studio.find<QComboBox>("occlusionScore")->setCurrentIndex(0);
    EXPECT_TRUE(waitUntil([&] { return isExplained(Score::Probability, {9, 1, 0, Score::Logit}); }));
}

TEST_F(InspectPage, explainsTheClassThatIsChosenAmongTheLogits)
{
    train();
    chooseLayer(ui::softmaxLayer(shown()->spec()));
    auto* table = m_studio.find<QTableWidget>("softmaxTable");
    const int other = (shown()->activations->prediction + 3) % 10;
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {},
                      table->visualItemRect(table->item(other, 0)).center());
    m_studio.click("inspectView_1");
    EXPECT_EQ(m_studio.find<QComboBox>("explainedClass")->currentIndex(), other);
    auto* gradCam = m_studio.find<ui::OverlayMap>("gradCam");
    EXPECT_TRUE(waitUntil([&] {
        return gradCam->values() == engine::gradCam(*shown()->model, m_test.image(0), other)->values;
    }));
}

TEST_F(InspectPage, findsTopImagesAlsoWhileTheTrainingIsFollowed)
{
    m_studio.find<QSpinBox>("epochs")->setValue(100);
    m_studio.click("trainButton");
    ASSERT_TRUE(
        waitUntil([&] { return m_studio.session->state() == core::TrainingSession::State::Training; }));
    m_studio.click("inspectAction");
    ASSERT_TRUE(waitUntil([&] { return shown() != nullptr; }));
    chooseLayer(2); // a convolution, where every unit likes something
    m_studio.click("unitView_1");
    auto* search = m_studio.find<QPushButton>("topImagesSearch");
    ASSERT_TRUE(waitUntil([&] { return search->isVisible(); })) << "not by itself, five times a second";
    QTest::mouseClick(search, Qt::LeftButton);
    auto* tile = m_studio.find<QToolButton>("topImage_0");
    EXPECT_TRUE(waitUntil([&] { return tile->isVisible(); }));
    EXPECT_TRUE(waitUntil([&] { return m_studio.find<QPushButton>("topImagesAgain")->isVisible(); }))
        << "the weights are newer by now";
    const auto before = shown()->model;
    EXPECT_TRUE(waitUntil([&] { return shown()->model != before; }));
    EXPECT_TRUE(tile->isVisible()) << "and they stay";
    m_studio.session->stop();
    ASSERT_TRUE(waitUntil([&] { return !m_studio.session->isActive(); }));
    EXPECT_TRUE(waitUntil([&] {
        return tile->isVisible() && !m_studio.find<QPushButton>("topImagesAgain")->isVisible();
    })) << "then those of the run's own weights";
}

TEST_F(InspectPage, countsWhatNeverFiresWhenItIsWantedWhileTheTrainingIsFollowed)
{
    m_studio.find<QSpinBox>("epochs")->setValue(100);
    m_studio.click("trainButton");
    ASSERT_TRUE(
        waitUntil([&] { return m_studio.session->state() == core::TrainingSession::State::Training; }));
    m_studio.click("inspectAction");
    ASSERT_TRUE(waitUntil([&] { return shown() != nullptr; }));
    m_studio.click("inspectView_2");
    auto* search = m_studio.find<QPushButton>("neverFiresSearch");
    ASSERT_TRUE(waitUntil([&] { return search->isVisible(); }));
    QTest::mouseClick(search, Qt::LeftButton);
    const QModelIndex neverFires =
        m_studio.find<QTableView>("layerTable")
            ->model()
            ->index(ui::LayerTableModel::rowOfLayer(3), ui::LayerTableModel::NeverFires);
    EXPECT_TRUE(waitUntil([&] { return neverFires.data().toString().endsWith(QStringLiteral("of 10")); }));
    m_studio.session->stop();
    ASSERT_TRUE(waitUntil([&] { return !m_studio.session->isActive(); }));
}

TEST_F(InspectPage, savesWhatItShows)
{
    train();
    const QString path = QString::fromStdString((m_studio.folder / "inside.png").string());
    const test::FileDialogTypist typist(path);
    m_studio.find<QAction>("saveInspection")->trigger();
    EXPECT_TRUE(waitUntil([&] { return m_studio.text("messageText").contains(path); }));
    const QImage image(path);
    EXPECT_GT(image.width(), 2000);
}

TEST_F(InspectPage, takesPicturesThatAreDroppedOrPasted)
{
    train();
    QImage picture(200, 120, QImage::Format_RGB32);
    picture.fill(Qt::white);
    QPainter painter(&picture);
    painter.setPen(QPen(Qt::black, 12));
    painter.drawLine(100, 20, 100, 100);
    painter.end();
    const QString path = QString::fromStdString((m_studio.folder / "dropped.png").string());
    ASSERT_TRUE(picture.save(path));
    QMimeData file;
    file.setUrls({QUrl::fromLocalFile(path)});
    QDragEnterEvent enter(page()->rect().center(), Qt::CopyAction, &file, Qt::LeftButton, {});
    QCoreApplication::sendEvent(page(), &enter);
    EXPECT_TRUE(enter.isAccepted());
    QDropEvent drop(page()->rect().center(), Qt::CopyAction, &file, Qt::LeftButton, {});
    QCoreApplication::sendEvent(page(), &drop);
    EXPECT_TRUE(waitUntil([&] { return shown()->image.title == QStringLiteral("dropped.png"); }));
    const std::vector<std::uint8_t> pixels = shown()->image.pixels;
    EXPECT_EQ(pixels[14 * 28 + 14], 255);

    m_studio.click("inspectNext");
    ASSERT_TRUE(waitUntil([&] { return isTestImage(1); }));
    QGuiApplication::clipboard()->setImage(picture);
    QTest::keyClick(m_studio.find<QWidget>("layerList"), Qt::Key_V, Qt::ControlModifier);
    EXPECT_TRUE(waitUntil([&] { return shown()->image.pixels == pixels; })) << "the same picture";
    EXPECT_FALSE(shown()->image.label);

    QGuiApplication::clipboard()->setText(QStringLiteral("7"));
    QTest::keyClick(m_studio.find<QWidget>("layerList"), Qt::Key_V, Qt::ControlModifier);
    EXPECT_TRUE(m_studio.text("messageText").contains(QStringLiteral("no picture")));
    EXPECT_EQ(shown()->image.pixels, pixels);
}

TEST_F(InspectPage, followsTheDrawingThatIsOnShow)
{
    train();
    std::vector<std::uint8_t> pixels(28 * 28, 7);
    page()->setDrawing(pixels);
    page()->showDrawing();
    ASSERT_TRUE(waitUntil([&] { return shown()->image.pixels == pixels; }));
    const std::vector<std::uint8_t> before = pixels;
    pixels.front() = 200;
    page()->setDrawing(pixels);
    EXPECT_TRUE(waitUntil([&] { return shown()->image.pixels == pixels; }));
    page()->setDrawing({}); // cleared: what was drawn stays
    m_studio.click("inspectNext");
    ASSERT_TRUE(waitUntil([&] { return isTestImage(1); }));
    page()->setDrawing(before);
    QTest::qWait(50);
    EXPECT_TRUE(isTestImage(1)) << "another image is on show";
}

TEST_F(InspectPage, saysWhyTheWeightsCannotBeRead)
{
    train();
    test::writeFile(m_studio.folder / "runs" / "1" / "weights.pt", "no weights");
    m_studio.model.setRun(QString::fromStdString((m_studio.folder / "runs" / "1").string()));
    EXPECT_TRUE(waitUntil([&] {
        return m_studio.text("inspectMessage").contains(QStringLiteral("weights.pt"));
    })) << m_studio.text("inspectMessage").toStdString();
    EXPECT_FALSE(m_studio.find<QListView>("layerList")->isVisible());
}

TEST_F(InspectPage, countsTheErrorsOfItsOwnRunOnly)
{
    train();
    auto* filter = m_studio.find<QComboBox>("inspectFilter");
    const int errors = filter->findData(-2);
    EXPECT_TRUE(waitUntil([&] { return filter->itemText(errors).startsWith(QStringLiteral("errors (")); }));
    m_studio.model.clear();
    EXPECT_EQ(filter->itemText(errors), QStringLiteral("errors of the run"));
    EXPECT_FALSE(filter->model()->index(errors, 0).flags().testFlag(Qt::ItemIsEnabled));
}

TEST_F(InspectPage, opensAUnitOfAnotherModelThanTheOneOnShow)
{
    train();
    QTest::keyClick(m_studio.window.get(), Qt::Key_1, Qt::ControlModifier);
    page()->chooseUnit(2, 13); // which a network of ten units has not
    EXPECT_EQ(page()->layer(), 2);
    openPage();
    EXPECT_TRUE(waitUntil([&] {
        return m_studio.find<ui::FeatureMapGrid>("featureMapGrid")->current().unit == 9;
    })) << "the last that is there";
}
