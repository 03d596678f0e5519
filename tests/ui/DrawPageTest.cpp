// Drawing in the real window.
#include "ui/pages/DrawPage.h"
#include "DrawnDigits.h"
#include "WindowFixture.h"
#include "core/PlainModel.h"
#include "engine/data/SketchDigits.h"
#include "engine/evaluation/Evaluation.h"
#include "engine/recognition/DigitRecognizer.h"
#include "support/WaitUntil.h"
#include "ui/pages/InspectPage.h"
#include "ui/pages/draw/FeatureMapStrip.h"
#include "ui/pages/draw/InkCanvas.h"
#include "ui/views/ProbabilityBars.h"
#include "ui/widgets/Chip.h"

#include <QClipboard>
#include <QLabel>
#include <QMimeData>
#include <QPainter>
#include <QProgressBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <gtest/gtest.h>

using test::waitUntil;

namespace
{

class DrawPage : public testing::Test
{
protected:
    void open()
    {
        m_studio.open();
        m_studio.window->activateWindow();
        EXPECT_TRUE(QTest::qWaitForWindowActive(m_studio.window.get()));
        QTest::keyClick(m_studio.window.get(), Qt::Key_4, Qt::ControlModifier);
        ASSERT_TRUE(canvas().isVisible());
    }
    /// A model that some training might have left.
    void useModel(const engine::NetworkSpec& spec = test::tinyVgg(), unsigned seed = 1)
    {
        const auto folder = m_studio.folder / ("model" + std::to_string(seed));
        std::filesystem::create_directories(folder);
        engine::TrainingRecord record;
        record.datasetId = "some-set";
        record.datasetTitle = "Some set";
        for (int i = 0; i < spec.classCount; ++i)
            record.classNames.push_back(std::to_string(i));
        ASSERT_TRUE(engine::writeSavedModel(folder, {test::makeModel(spec, seed), record}));
        m_studio.model.setRun(QString::fromStdString(folder.string()));
        ASSERT_TRUE(waitUntil([&] { return m_studio.model.get() && !m_studio.model.isLoading(); }));
    }
    ui::InkCanvas& canvas() { return *m_studio.find<ui::InkCanvas>("inkCanvas"); }
    ui::ProbabilityBars& bars() { return *m_studio.find<ui::ProbabilityBars>("drawingBars"); }
    bool isRead() { return bars().prediction() >= 0; }
    /// What the model says of the strokes on the canvas, computed beside the window.
    int expectedPrediction()
    {
        engine::Strokes strokes;
        for (const ui::InkStroke& stroke : canvas().drawing().strokes) {
            engine::Stroke points;
            for (const ui::InkPoint& point : stroke.points)
                points.push_back({static_cast<float>(280 * point.position.x()),
                                  static_cast<float>(280 * point.position.y()),
                                  static_cast<float>(280 * point.width)});
            strokes.push_back(points);
        }
        return engine::DigitRecognizer::create(*m_studio.model.get()->snapshot)
            ->read(strokes)
            ->classification.prediction;
    }
    /// Some text on the page says so.
    bool isSaid(const char* text)
    {
        const auto labels = m_studio.find<QWidget>("drawPage")->findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) {
            return label->isVisible() && label->text().contains(QString::fromLatin1(text));
        });
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QTest::keyClick(m_studio.window.get(), key, modifiers);
    }

    test::WindowFixture m_studio;
};

} // namespace

TEST_F(DrawPage, readsWhatIsDrawnWithTheCurrentModel)
{
    open();
    useModel();
    test::drawDigit(canvas(), 7);
    ASSERT_TRUE(waitUntil([&] { return isRead() && bars().prediction() == expectedPrediction(); }));
    EXPECT_EQ(m_studio.text("verdictName"), QString::number(bars().prediction()));
    EXPECT_TRUE(m_studio.text("verdictLead").startsWith(QStringLiteral("It ")));
    EXPECT_TRUE(
        waitUntil([&] { return m_studio.text("verdictMilliseconds").endsWith(QStringLiteral(" ms")); }));
    EXPECT_TRUE(m_studio.text("verdictDetail").contains(QLatin1Char('%')));
    EXPECT_TRUE(isSaid("Some set"));
}

TEST_F(DrawPage, followsThePenBeforeTheStrokeEnds)
{
    open();
    useModel();
    test::sendMouse(canvas(), QEvent::MouseButtonPress, {0.3, 0.3});
    test::sendMouse(canvas(), QEvent::MouseMove, {0.7, 0.7});
    EXPECT_TRUE(waitUntil([&] { return isRead(); }));
    test::sendMouse(canvas(), QEvent::MouseButtonRelease, {0.7, 0.7});
}

TEST_F(DrawPage, doesNotClassifyAnEmptyCanvas)
{
    open();
    useModel();
    EXPECT_EQ(m_studio.text("verdictName"), QString());
    test::drawDigit(canvas(), 1);
    ASSERT_TRUE(waitUntil([&] { return isRead(); }));
    press(Qt::Key_Delete);
    EXPECT_TRUE(canvas().isEmpty());
    ASSERT_TRUE(waitUntil([&] { return !isRead(); }));
    EXPECT_EQ(m_studio.text("verdictName"), QString());
    EXPECT_EQ(bars().classCount(), 10) << "the classes stay";
}

TEST_F(DrawPage, takesKeysForUndoRedoAndClear)
{
    open();
    const auto isEnabled = [&](const char* name) { return m_studio.find<QToolButton>(name)->isEnabled(); };
    EXPECT_FALSE(isEnabled("undoInk"));
    EXPECT_FALSE(isEnabled("clearInk"));
    test::drawDigit(canvas(), 4); // two strokes
    EXPECT_TRUE(isEnabled("undoInk"));
    press(Qt::Key_Z, Qt::ControlModifier);
    EXPECT_EQ(canvas().drawing().strokes.size(), 1);
    press(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_EQ(canvas().drawing().strokes.size(), 2);
    press(Qt::Key_Z, Qt::ControlModifier);
    press(Qt::Key_Y, Qt::ControlModifier);
    EXPECT_EQ(canvas().drawing().strokes.size(), 2);
    press(Qt::Key_Delete);
    EXPECT_TRUE(canvas().isEmpty());
    m_studio.click("undoInk");
    EXPECT_EQ(canvas().drawing().strokes.size(), 2);
}

TEST_F(DrawPage, readsAPictureThatIsPasted)
{
    open();
    useModel();
    QImage page(400, 300, QImage::Format_RGB32);
    page.fill(Qt::white);
    {
        QPainter painter(&page);
        painter.setPen(QPen(Qt::black, 20, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(100, 60, 100, 240);
    }
    QGuiApplication::clipboard()->setImage(page);
    press(Qt::Key_V, Qt::ControlModifier);
    ASSERT_TRUE(waitUntil([&] { return !canvas().isEmpty() && isRead(); }));
    EXPECT_FALSE(canvas().drawing().picture.isNull());
    press(Qt::Key_Z, Qt::ControlModifier);
    EXPECT_TRUE(canvas().isEmpty());

    QGuiApplication::clipboard()->setText(QStringLiteral("seven"));
    press(Qt::Key_V, Qt::ControlModifier);
    EXPECT_TRUE(m_studio.text("messageText").contains(QStringLiteral("no picture")));
}

TEST_F(DrawPage, readsAFileThatIsDropped)
{
    open();
    useModel();
    QImage page(60, 60, QImage::Format_RGB32);
    page.fill(Qt::black);
    QPainter(&page).fillRect(25, 10, 8, 40, Qt::white);
    const QString path = QString::fromStdString((m_studio.folder / "1.png").string());
    ASSERT_TRUE(page.save(path));
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    Q_EMIT canvas().pictureDropped(data);
    EXPECT_TRUE(waitUntil([&] { return !canvas().isEmpty() && isRead(); }));
}

TEST_F(DrawPage, readsAgainWhenTheModelIsAnother)
{
    open();
    useModel();
    test::drawDigit(canvas(), 5);
    ASSERT_TRUE(waitUntil([&] { return isRead(); }));
    useModel(test::tinyVgg(28, 28, 4, 3, 3), 2);
    ASSERT_TRUE(waitUntil([&] { return bars().classCount() == 3 && isRead(); }));
    EXPECT_EQ(bars().prediction(), expectedPrediction());
    EXPECT_TRUE(m_studio.text("drawingModelMeaning").contains(QStringLiteral("no sense")));
}

TEST_F(DrawPage, saysWhyAModelOfOtherImagesCannotRead)
{
    open();
    useModel(test::tinyVgg(32, 32, 4, 3, 10));
    test::drawDigit(canvas(), 5);
    ASSERT_TRUE(waitUntil([&] { return m_studio.text("verdictDetail").contains(QStringLiteral("28")); }));
    EXPECT_FALSE(isRead());
}

TEST_F(DrawPage, normalizesDrawingsAlsoForAModelThatCannotClassifyThem)
{
    open();
    useModel(engine::linearBaseline({3, 28, 28}, 10));
    EXPECT_EQ(m_studio.text("verdictLead"), QStringLiteral("This model cannot classify drawings"))
        << "before anything is drawn";
    test::drawDigit(canvas(), 5);
    EXPECT_TRUE(waitUntil([&] { return m_studio.find<QToolButton>("keepAs_5")->isEnabled(); }));
    EXPECT_TRUE(
        waitUntil([&] { return isSaid("normalized like MNIST digits. This model cannot classify it"); }));
    EXPECT_TRUE(isSaid("Choose another run at the top, or train one on gray digits"));
    EXPECT_TRUE(m_studio.text("verdictDetail").contains(QStringLiteral("3 × 28 × 28")));
    EXPECT_FALSE(isRead());
    EXPECT_FALSE(m_studio.find<QPushButton>("evaluateKept")->isEnabled());
    EXPECT_TRUE(m_studio.find<QPushButton>("evaluateKept")->toolTip().contains(QStringLiteral("28 × 28")));
    useModel(test::tinyVgg(), 2); // one that reads them
    EXPECT_TRUE(waitUntil([&] { return isRead(); }));
    EXPECT_EQ(bars().prediction(), expectedPrediction());
    useModel(engine::linearBaseline({1, 32, 32}, 10), 3);
    EXPECT_EQ(m_studio.text("verdictLead"), QStringLiteral("This model cannot classify drawings"));
    EXPECT_FALSE(isRead());
}

TEST_F(DrawPage, showsTheLayersOfAnyNetworkAndLeadsToThem)
{
    engine::TinyVggOptions deep;
    deep.blocks = 4;
    deep.convolutionsPerBlock = 3;
    deep.hasBatchNorm = true;
    deep.dropout = 0.1;
    engine::NetworkSpec single;
    single.input = {1, 28, 28};
    single.layers = {engine::Flatten{}, engine::Linear{10}};
    open();
    test::drawDigit(canvas(), 5);
    auto* maps = m_studio.find<ui::FeatureMapStrip>("drawingMaps");
    unsigned seed = 1;
    for (const auto& [spec, layers] :
         {std::pair(test::tinyVgg(), std::vector<int>{1, 4, 6, 9}), // behind each ReLU or its pooling
          std::pair(engine::tinyVgg({1, 28, 28}, 10, deep), std::vector<int>{2, 13, 27, 42}),
          std::pair(engine::linearBaseline({1, 28, 28}, 10, 10, true), std::vector<int>{2, 4}),
          std::pair(single, std::vector<int>{1})}) {
        useModel(spec, seed++);
        const auto snapshot = m_studio.model.get()->snapshot;
        const auto areShown = [&] {
            if (maps->layers().size() != layers.size())
                return false;
            for (std::size_t row = 0; row < layers.size(); ++row) {
                if (maps->layers()[row].name.toStdString() !=
                    engine::layerName(spec, static_cast<std::size_t>(layers[row])))
                    return false;
            }
            return true;
        };
        EXPECT_TRUE(waitUntil(areShown)) << "network " << seed - 1;
        const int row = static_cast<int>(layers.size()) - 1;
        QTest::mouseClick(maps->viewport(), Qt::LeftButton, {}, maps->tileRect({row, 1}).center());
        auto* page = m_studio.find<ui::InspectPage>("inspectPage");
        EXPECT_TRUE(page->isVisible());
        EXPECT_EQ(page->layer(), layers.back());
        EXPECT_TRUE(waitUntil([&] { return page->inspection() && page->inspection()->model == snapshot; }));
        EXPECT_EQ(page->layer(), layers.back()) << "of the network that is on show now";
        press(Qt::Key_4, Qt::ControlModifier);
    }
}

TEST_F(DrawPage, offersNoTrainingOnADataSetInColor)
{
    open();
    m_studio.chooseDataset("sketch-digits-color");
    EXPECT_TRUE(waitUntil(
        [&] { return m_studio.text("trainOfferText").contains(QStringLiteral("28 × 28 and gray")); }));
    EXPECT_FALSE(m_studio.find<QPushButton>("trainOffer_Fast")->isEnabled());
}

TEST_F(DrawPage, offersToTrainWhereThereIsNoModelAndGoesOnWithIt)
{
    open();
    EXPECT_TRUE(m_studio.find<QWidget>("trainOffer")->isVisible());
    EXPECT_FALSE(bars().isVisible());
    EXPECT_TRUE(m_studio.text("trainOfferText").contains(QStringLiteral("digits")));
    test::drawDigit(canvas(), 0);

    m_studio.click("trainOffer_Fast");
    EXPECT_TRUE(m_studio.session->isActive());
    EXPECT_TRUE(m_studio.find<QProgressBar>("trainOfferProgress")->isVisible());
    ASSERT_TRUE(waitUntil([&] { return isRead() && bars().isVisible(); }));
    ASSERT_TRUE(waitUntil([&] { return !m_studio.session->isActive() && !m_studio.model.isLoading(); }));
    EXPECT_EQ(m_studio.model.get()->preset(), engine::Preset::Fast);
    EXPECT_TRUE(isSaid("Fast"));
}

TEST_F(DrawPage, offersTheRecipeThatReadsDrawnDigitsBest)
{
    open();
    m_studio.click("trainOffer_Robust");
    ASSERT_TRUE(waitUntil([&] { return !m_studio.session->isActive() && !m_studio.model.isLoading(); }));
    EXPECT_EQ(m_studio.model.get()->preset(), engine::Preset::Robust);
    EXPECT_TRUE(isSaid("Robust"));
}

TEST_F(DrawPage, cancelsTheTrainingItOffered)
{
    open();
    m_studio.click("trainOffer_Fast");
    m_studio.click("trainOfferStop");
    ASSERT_TRUE(waitUntil([&] { return !m_studio.session->isActive(); }));
    EXPECT_FALSE(m_studio.find<QWidget>("trainOfferStop")->isVisible());
}

TEST_F(DrawPage, showsATrainingThatRunsAlready)
{
    m_studio.open();
    m_studio.click("trainButton");
    QTest::keyClick(m_studio.window.get(), Qt::Key_4, Qt::ControlModifier);
    if (m_studio.session->isActive() && !m_studio.model.get()) {
        EXPECT_TRUE(m_studio.find<QWidget>("trainOfferStop")->isVisible());
        EXPECT_FALSE(m_studio.find<QWidget>("trainOffer_Fast")->isVisible());
    }
    ASSERT_TRUE(waitUntil([&] { return !m_studio.session->isActive() && bars().isVisible(); }));
}

TEST_F(DrawPage, keepsDigitsAsADataSetAndEvaluatesTheModelOnThem)
{
    open();
    useModel();
    const auto canKeep = [&] { return m_studio.find<QToolButton>("keepAs_1")->isEnabled(); };
    EXPECT_FALSE(canKeep()) << "nothing is drawn";
    std::size_t kept = 0;
    for (const int digit : {1, 1, 7}) {
        test::drawDigit(canvas(), digit);
        ASSERT_TRUE(waitUntil(canKeep));
        m_studio.click(QByteArray("keepAs_").append(QByteArray::number(digit)).constData());
        EXPECT_TRUE(canvas().isEmpty()) << "ready for the next";
        ++kept;
        ASSERT_TRUE(waitUntil([&] { return m_studio.kept.digits().size() == kept && !canKeep(); }));
    }
    EXPECT_TRUE(m_studio.find<QToolButton>("keepAs_1")->text().endsWith(QLatin1Char('2')));
    m_studio.click("evaluateKept");
    ASSERT_TRUE(waitUntil([&] { return isSaid("test digits correct"); }));
    const engine::Dataset test = m_studio.catalog->load(QStringLiteral("my-digits"))->splits.test;
    const auto right = engine::evaluate(*m_studio.model.get()->snapshot, test, {}, 1)->correctCount();
    EXPECT_TRUE(m_studio.text("keptResult")
                    .startsWith(QStringLiteral("My digits: %1 of %2 ").arg(right).arg(test.size())));

    m_studio.click("undoKept");
    ASSERT_TRUE(waitUntil([&] { return m_studio.kept.digits().size() == 2; }));
    m_studio.chooseDataset("my-digits");
    EXPECT_TRUE(waitUntil(
        [&] { return m_studio.find<ui::Chip>("datasetChip")->value() == QStringLiteral("My digits"); }));
}

TEST_F(DrawPage, readsWhileATrainingRuns)
{
    m_studio.settings.setTrainingConfig([] {
        engine::TrainingConfig config;
        config.epochs = 1000;
        return config;
    }());
    m_studio.makeWindow();
    open();
    m_studio.click("trainButton");
    ASSERT_TRUE(waitUntil([&] { return m_studio.model.get() != nullptr; }));
    QSignalSpy read(&m_studio.drawings, &core::DrawingService::haveRead);
    test::drawDigit(canvas(), 3);
    EXPECT_TRUE(waitUntil([&] { return read.count() > 0 && isRead(); }));
    EXPECT_TRUE(m_studio.session->isActive());
    m_studio.click("stopButton");
    ASSERT_TRUE(waitUntil([&] { return !m_studio.session->isActive(); }));
}

TEST(DrawPageTrained, readsDrawnDigitsRight)
{
    test::WindowFixture studio(4000, 500);
    studio.open();
    studio.click("trainButton"); // Notebook
    ASSERT_TRUE(waitUntil([&] { return studio.session->isActive(); }));
    ASSERT_TRUE(waitUntil([&] { return !studio.session->isActive() && !studio.model.isLoading(); }));
    QTest::keyClick(studio.window.get(), Qt::Key_4, Qt::ControlModifier);
    auto& canvas = *studio.find<ui::InkCanvas>("inkCanvas");
    int right = 0;
    for (int digit = 0; digit < 10; ++digit) {
        canvas.clear();
        QSignalSpy read(&studio.drawings, &core::DrawingService::haveRead);
        test::drawDigit(canvas, digit);
        const QImage whole = canvas.ink();
        const auto isWholeRead = [&] {
            if (read.isEmpty())
                return false;
            const auto reading = read.last().first().value<std::shared_ptr<const core::DrawingReading>>();
            return reading->image.ink ==
                   std::vector<std::uint8_t>(whole.constBits(), whole.constBits() + whole.sizeInBytes());
        };
        ASSERT_TRUE(waitUntil(isWholeRead));
        right += studio.text("verdictName") == QString::number(digit) ? 1 : 0;
    }
    EXPECT_GE(right, 8) << "of ten plain digits";
}
