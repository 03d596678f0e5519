// The Evaluate page in the real window, on a real run.
#include "ui/pages/EvaluatePage.h"
#include "EvaluateFixture.h"
#include "FileDialogTypist.h"
#include "ui/charts/ReliabilityDiagram.h"
#include "ui/render/Colors.h"
#include "ui/render/ConfusionCells.h"
#include "ui/widgets/Card.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QHeaderView>
#include <QImage>
#include <QLabel>
#include <QMenu>
#include <QProgressBar>
#include <QSlider>
#include <QTimer>
#include <QToolButton>

using test::waitUntil;

namespace
{

class EvaluatePage : public test::EvaluateFixture
{
};

} // namespace

TEST_F(EvaluatePage, saysWhatToDoWithoutARun)
{
    EXPECT_FALSE(matrix()->isVisible());
    EXPECT_TRUE(m_studio.text("evaluateMessage").contains(QStringLiteral("Train one")));
}

TEST_F(EvaluatePage, saysWhatToWaitForDuringTheFirstTraining)
{
    m_studio.find<QSpinBox>("epochs")->setValue(50);
    m_studio.click("trainButton");
    ASSERT_TRUE(waitUntil([&] { return m_studio.session->isActive(); }));
    EXPECT_TRUE(m_studio.text("evaluateMessage").contains(QStringLiteral("is being trained")));
    m_studio.session->stop();
    EXPECT_TRUE(waitUntil([&] { return matrix()->isVisible(); }));
}

TEST_F(EvaluatePage, showsTheErrorsOfATrainingThatHasEnded)
{
    train();
    EXPECT_EQ(shown(), expected([](int label, int prediction) { return label != prediction; }));
    const std::size_t correct = m_kept.evaluation.correctCount();
    EXPECT_TRUE(m_studio.text("accuracyDetail").startsWith(QStringLiteral("%1 of 200").arg(correct)))
        << m_studio.text("accuracyDetail").toStdString();
}

TEST_F(EvaluatePage, leavesAsideWhatComesForARunThatIsGone)
{
    std::shared_ptr<const core::EvaluatedSplit> split;
    QObject::connect(
        &m_studio.evaluations, &core::EvaluationService::evaluated, m_studio.window.get(),
        [&](std::shared_ptr<const core::EvaluatedSplit> evaluated) { split = std::move(evaluated); });
    train();
    ASSERT_NE(split, nullptr);
    m_studio.find<ui::EvaluatePage>("evaluatePage")->setRun({}, nullptr, {}, 0);
    Q_EMIT m_studio.evaluations.evaluated(split);
    Q_EMIT m_studio.evaluations.cancelled();
    EXPECT_FALSE(matrix()->isVisible());
    EXPECT_TRUE(m_studio.text("evaluateMessage").contains(QStringLiteral("Train one")));
}

TEST_F(EvaluatePage, aClickOnACellShowsItsImages)
{
    train();
    const auto [label, prediction] = errorCell();
    clickCell(label, prediction);
    EXPECT_EQ(shown(), expected([&](int l, int p) { return l == label && p == prediction; }));
    EXPECT_FALSE(m_studio.find<QComboBox>("galleryOutcome")->isEnabled());

    clickCell(label, label); // the diagonal has what is right
    EXPECT_EQ(shown(), expected([&](int l, int p) { return l == label && p == label; }));
}

TEST_F(EvaluatePage, namesRowsAndColumnsByTheirHeadersAndMargins)
{
    train();
    const auto [label, prediction] = errorCell();
    const auto row = expected([&](int l, int p) { return l == label && p != l; });
    QHeaderView* header = matrix()->verticalHeader();
    QTest::mouseClick(
        header->viewport(), Qt::LeftButton, {},
        {header->width() / 2, header->sectionViewportPosition(label) + header->sectionSize(label) / 2});
    EXPECT_EQ(shown(), row);
    clickCell(10, prediction); // its precision
    EXPECT_EQ(shown(), expected([&](int l, int p) { return p == prediction && p != l; }));
    clickCell(label, 10); // its recall
    EXPECT_EQ(shown(), row);

    m_studio.find<QComboBox>("galleryOutcome")->setCurrentIndex(2); // right and wrong
    EXPECT_EQ(shown(), expected([&](int l, int) { return l == label; }));
}

TEST_F(EvaluatePage, isWorkedWithTheKeyboard)
{
    train();
    clickCell(3, 3);
    QTest::keyClick(matrix(), Qt::Key_Right);
    EXPECT_EQ(shown(), expected([](int l, int p) { return l == 3 && p == 4; }));
    QTest::keyClick(matrix(), Qt::Key_Down);
    EXPECT_EQ(shown(), expected([](int l, int p) { return l == 4 && p == 4; }));
    QTest::keyClick(matrix(), Qt::Key_Escape);
    EXPECT_EQ(shown(), expected([](int l, int p) { return l != p; }));
    QTest::mouseClick(m_studio.find<QToolButton>("galleryScope_2"), Qt::LeftButton);
    EXPECT_EQ(shown(), expected([](int l, int p) { return p == 4 && l != p; }));
}

TEST_F(EvaluatePage, theSliderShowsTheMatrixAfterEachEpoch)
{
    train();
    ASSERT_EQ(m_epochs.size(), 2U);
    auto* slider = m_studio.find<QSlider>("confusionEpoch");
    slider->setValue(1);
    for (int label = 0; label < 10; ++label) {
        std::size_t count = 0;
        for (std::size_t i = 0; i < m_kept.labels.size(); ++i)
            count += m_kept.labels[i] == label && m_epochs[0][i] == label ? 1 : 0;
        const QString text = matrix()->model()->index(label, label).data().toString();
        EXPECT_EQ(text, count == 0 ? QString() : QString::number(count));
    }
    EXPECT_TRUE(m_studio.text("confusionEpochText").startsWith(QStringLiteral("after epoch 1 of 2")));
}

TEST_F(EvaluatePage, showsTheImagesOfTheEpochThatTheMatrixIsOf)
{
    train();
    m_studio.find<QSlider>("confusionEpoch")->setFocus();
    QTest::keyClick(m_studio.find<QSlider>("confusionEpoch"), Qt::Key_Home);
    const auto afterFirst = [&](auto isWanted) {
        std::vector<int> indices;
        for (std::size_t i = 0; i < m_kept.labels.size(); ++i) {
            if (isWanted(m_kept.labels[i], m_epochs[0][i]))
                indices.push_back(static_cast<int>(i));
        }
        return indices;
    };
    EXPECT_EQ(shown(), afterFirst([](int label, int prediction) { return label != prediction; }));
    // A cell of which the gallery would show other images, were they those of the last epoch.
    std::pair<int, int> cell = {-1, -1};
    for (std::size_t i = 0; i < m_kept.labels.size() && cell.first < 0; ++i) {
        if (m_epochs[0][i] != m_kept.evaluation.predictions[i] && m_epochs[0][i] != m_kept.labels[i])
            cell = {m_kept.labels[i], m_epochs[0][i]};
    }
    ASSERT_GE(cell.first, 0) << "nothing has changed between the epochs";
    clickCell(cell.first, cell.second);
    const auto images = afterFirst([&](int l, int p) { return l == cell.first && p == cell.second; });
    EXPECT_EQ(shown(), images);
    EXPECT_EQ(matrix()->model()->index(cell.first, cell.second).data().toString(),
              QString::number(images.size()));
    EXPECT_EQ(gallery()->model()->index(0, 0).data(ui::PredictionListModel::OtherTextRole).toString(),
              QStringLiteral("epoch 1: %1").arg(cell.second));
    auto* card = qobject_cast<ui::Card*>(gallery()->parentWidget());
    ASSERT_NE(card, nullptr);
    EXPECT_TRUE(card->heading().endsWith(QStringLiteral("· epoch 1"))) << card->heading().toStdString();

    QTest::keyClick(m_studio.find<QSlider>("confusionEpoch"), Qt::Key_End);
    EXPECT_EQ(shown(), expected([&](int l, int p) { return l == cell.first && p == cell.second; }));
    EXPECT_FALSE(card->heading().contains(QStringLiteral("epoch"))) << card->heading().toStdString();
}

TEST_F(EvaluatePage, saysOnThePictureOfAnEpochWhichItIs)
{
    train();
    const auto whole = test::readFile(exported("exportSvg", "whole.svg"));
    m_studio.find<QSlider>("confusionEpoch")->setValue(1);
    const auto first = test::readFile(exported("exportSvg", "first.svg"));
    EXPECT_EQ(whole.find("after epoch"), std::string::npos);
    EXPECT_NE(first.find("after epoch 1 of 2"), std::string::npos);
}

TEST_F(EvaluatePage, choosesTheImagesOfAClass)
{
    train();
    const auto [label, prediction] = errorCell();
    auto* classes = m_studio.find<QComboBox>("galleryClass");
    ASSERT_EQ(classes->count(), 11);
    classes->setFocus();
    QTest::keyClicks(classes, QString::number(label)); // a combo box finds what is typed
    EXPECT_EQ(classes->currentIndex(), label + 1);
    EXPECT_EQ(shown(), expected([&](int l, int p) { return l != p && (l == label || p == label); }));
    m_studio.find<QComboBox>("galleryOutcome")->setCurrentIndex(1); // right
    EXPECT_EQ(shown(), expected([&](int l, int p) { return l == p && l == label; }));

    clickCell(prediction, 10); // a row, which is shown as it is
    EXPECT_EQ(classes->currentIndex(), 0);
    EXPECT_EQ(shown(), expected([&](int l, int p) { return l == p && l == prediction; }));
    m_studio.find<QComboBox>("galleryOutcome")->setCurrentIndex(0); // wrong
    classes->setCurrentIndex(label + 1);
    EXPECT_EQ(shown(), expected([&](int l, int p) { return l == prediction && p == label; }));
    clickCell(label, prediction);
    EXPECT_FALSE(classes->isEnabled()) << "a cell is of two classes";
}

TEST_F(EvaluatePage, turnsTheOrderRound)
{
    train();
    const std::vector<int> images = inOrder();
    ASSERT_GE(images.size(), 3U);
    m_studio.click("galleryReversed");
    std::vector<float> confidences;
    for (const int index : inOrder()) {
        const auto i = static_cast<std::size_t>(index);
        confidences.push_back(m_kept.evaluation.probabilities[10 * i + m_kept.evaluation.predictions[i]]);
    }
    EXPECT_TRUE(std::ranges::is_sorted(confidences));
    EXPECT_EQ(confidences.size(), images.size());
    m_studio.click("galleryReversed");
    EXPECT_EQ(inOrder(), images);
}

TEST_F(EvaluatePage, showsTheMatrixInEveryUnit)
{
    train();
    const auto [label, prediction] = errorCell();
    std::size_t inCell = 0;
    std::size_t inRow = 0;
    std::size_t inColumn = 0;
    for (std::size_t i = 0; i < m_kept.labels.size(); ++i) {
        const bool isInRow = m_kept.labels[i] == label;
        const bool isInColumn = m_kept.evaluation.predictions[i] == prediction;
        inCell += isInRow && isInColumn ? 1 : 0;
        inRow += isInRow ? 1 : 0;
        inColumn += isInColumn ? 1 : 0;
    }
    const QModelIndex cell = matrix()->model()->index(label, prediction);
    const auto percentOf = [&](std::size_t whole) {
        return QString::number(100.0 * static_cast<double>(inCell) / static_cast<double>(whole), 'f', 1);
    };
    EXPECT_EQ(cell.data().toString(), QString::number(inCell));
    m_studio.click("confusionUnit_1");
    EXPECT_EQ(cell.data().toString(), percentOf(inRow));
    m_studio.click("confusionUnit_2");
    EXPECT_EQ(cell.data().toString(), percentOf(inColumn));
    m_studio.click("confusionUnit_0");

    const auto colorOf = [&](const QModelIndex& index) {
        const QRect area = matrix()->visualRect(index);
        return matrix()->viewport()->grab().toImage().pixelColor(area.topLeft() + QPoint(3, 3));
    };
    const ui::Colors colors = ui::currentColors();
    int best = 0; // the class of which most are right
    for (int c = 1; c < 10; ++c) {
        const auto& confusion = m_kept.evaluation.confusion;
        best = confusion.count(c, c) > confusion.count(best, best) ? c : best;
    }
    const QModelIndex diagonal = matrix()->model()->index(best, best);
    const QColor quiet = colorOf(diagonal);
    EXPECT_GT(quiet.lightness(), 220) << "errors come first";
    QTest::mouseClick(m_studio.find<QCheckBox>("errorsFirst"), Qt::LeftButton, {}, {8, 8});
    EXPECT_LT(colorOf(diagonal).lightness(), quiet.lightness() - 30);
    EXPECT_NE(colorOf(cell).rgb(), colors.card.rgb());
}

TEST_F(EvaluatePage, savesWhatWasShownWhenTheFileWasAskedFor)
{
    train();
    const std::string before = test::readFile(exported("exportPredictions", "before.csv"));
    // While the dialog is open, the page comes to show something else, as at the end of a training.
    auto* page = m_studio.find<ui::EvaluatePage>("evaluatePage");
    QTimer::singleShot(0, page, [page] { page->setRun({}, nullptr, {}, 0); });
    const std::string saved = test::readFile(exported("exportPredictions", "saved.csv"));
    EXPECT_FALSE(matrix()->isVisible());
    EXPECT_EQ(saved, before);
}

TEST_F(EvaluatePage, saysWhereAFileCannotBeWritten)
{
    train();
    const QString path = QStringLiteral("/proc/matrix.csv"); // where nobody can make a file
    const test::FileDialogTypist typist(path);
    auto* menu = m_studio.find<QToolButton>("exportEvaluation")->menu();
    menu->findChild<QAction*>(QStringLiteral("exportCsv"))->trigger();
    EXPECT_TRUE(waitUntil([&] { return m_studio.text("messageText").contains(path); }))
        << m_studio.text("messageText").toStdString();
}

TEST_F(EvaluatePage, reportsWhichRunItIsOfAlsoWhileAnotherTrains)
{
    train();
    EXPECT_TRUE(waitUntil([&] { return m_studio.text("evaluatedRun") == QStringLiteral("run 1"); }));
    m_studio.find<QSpinBox>("epochs")->setValue(50);
    m_studio.click("trainButton");
    ASSERT_TRUE(waitUntil([&] { return m_studio.runs.runs().size() == 2; }));
    EXPECT_EQ(m_studio.text("evaluatedRun"), QStringLiteral("run 1"));
    clickCell(3, 3); // it answers as ever
    EXPECT_EQ(shown(), expected([](int l, int p) { return l == 3 && p == 3; }));
    m_studio.session->stop();
    EXPECT_TRUE(waitUntil([&] { return m_studio.text("evaluatedRun") == QStringLiteral("run 2"); }));
}

TEST_F(EvaluatePage, reportsItsProgressAndGoesBackWhereItIsCancelled)
{
    train();
    auto* kind = m_studio.find<QComboBox>("evaluatedSplit");
    kind->setCurrentIndex(2);
    m_studio.evaluations.forget(); // so that the test tells what comes
    auto* progress = m_studio.find<QProgressBar>("evaluationProgress");
    EXPECT_TRUE(progress->isVisible());
    Q_EMIT m_studio.evaluations.progressed(160, 640);
    EXPECT_EQ(progress->value(), 160);
    EXPECT_EQ(progress->maximum(), 640);
    EXPECT_TRUE(m_studio.text("evaluationLeft").startsWith(QStringLiteral("160 of 640 images · ")))
        << m_studio.text("evaluationLeft").toStdString();
    EXPECT_TRUE(m_studio.find<QPushButton>("cancelEvaluation")->isVisible());
    Q_EMIT m_studio.evaluations.cancelled();
    EXPECT_TRUE(matrix()->isVisible());
    EXPECT_EQ(kind->currentIndex(), 0) << "the images that it shows";
    EXPECT_TRUE(m_studio.text("messageText").contains(QStringLiteral("canceled")));
}

TEST_F(EvaluatePage, leavesTheMatrixItsRoomWhateverTheClassesAreCalled)
{
    train();
    auto* card = qobject_cast<ui::Card*>(gallery()->parentWidget());
    ASSERT_NE(card, nullptr);
    const int width = card->minimumSizeHint().width();
    card->setTitle(
        QStringLiteral("true Ankle boot → predicted T-shirt/top, as they are called in Fashion-MNIST"));
    card->setSubtitle(QStringLiteral("· 11 images · epoch 1"));
    EXPECT_EQ(card->minimumSizeHint().width(), width);
    EXPECT_LE(m_studio.find<QWidget>("evaluatePage")->minimumSizeHint().width(), 1024 - 76 - 2 * 12);
}

TEST_F(EvaluatePage, warnsOfTrainingImages)
{
    train();
    EXPECT_FALSE(m_studio.find<QLabel>("trainSplitWarning")->isVisible());
    m_studio.find<QComboBox>("evaluatedSplit")->setCurrentIndex(2);
    ASSERT_TRUE(
        waitUntil([&] { return m_studio.text("accuracyDetail").contains(QStringLiteral("of 640")); }));
    EXPECT_TRUE(m_studio.find<QLabel>("trainSplitWarning")->isVisible());
    m_studio.find<QComboBox>("evaluatedSplit")->setCurrentIndex(1); // nothing was held back
    EXPECT_TRUE(waitUntil(
        [&] { return m_studio.text("messageText").contains(QStringLiteral("held no images back")); }));
    EXPECT_EQ(m_studio.find<QComboBox>("evaluatedSplit")->currentIndex(), 2) << "as before";
    EXPECT_TRUE(matrix()->isVisible());
}

TEST_F(EvaluatePage, exportsTheImagesOfTheGallery)
{
    train();
    const auto [label, prediction] = errorCell();
    clickCell(label, prediction);
    const std::size_t count = shown().size();
    const QString path = QString::fromStdString((m_studio.folder / "images.png").string());
    auto* menu = m_studio.find<QToolButton>("exportEvaluation")->menu();
    Q_EMIT menu->aboutToShow();
    auto* action = menu->findChild<QAction*>(QStringLiteral("exportGallery2"));
    ASSERT_TRUE(action->isEnabled());
    const test::FileDialogTypist typist(path);
    action->trigger();
    ASSERT_TRUE(waitUntil([&] { return QFileInfo::exists(path); }));
    const QImage image(path);
    // Ten tiles a row, each of 88 × 137 points with 8 between them.
    const int rows = static_cast<int>((count + 9) / 10);
    EXPECT_EQ(image.height(), 2 * (2 * 24 + 62 + rows * (137 + 8) - 8));
    const ui::Colors colors = ui::lightColors();
    EXPECT_EQ(image.pixelColor(2 * 24 + 1, 2 * (24 + 62) + 1),
              label == prediction ? colors.right : colors.wrong);
    // The middle of the first of them, 3 points a pixel.
    const auto digit =
        gallery()->model()->index(0, 0).data(ui::PredictionListModel::ImageRole).value<QImage>();
    const int gray = qGray(digit.pixel(14, 14));
    EXPECT_EQ(image.pixelColor(2 * (24 + 2 + 14 * 3) + 2, 2 * (24 + 62 + 2 + 14 * 3) + 2),
              QColor(gray, gray, gray));
}

TEST_F(EvaluatePage, reportsThatAPictureTakesTheFirstImagesOnly)
{
    train();
    m_studio.find<QComboBox>("galleryOutcome")->setCurrentIndex(2); // all 200
    auto* menu = m_studio.find<QToolButton>("exportEvaluation")->menu();
    Q_EMIT menu->aboutToShow();
    const QString text = menu->findChild<QAction*>(QStringLiteral("exportGallery1"))->text();
    EXPECT_TRUE(text.contains(QStringLiteral("the first 120"))) << text.toStdString();
}

TEST_F(EvaluatePage, showsTheReliabilityDiagram)
{
    train();
    m_studio.click("showCalibration");
    auto* dialog = m_studio.find<QDialog>("calibrationDialog");
    ASSERT_NE(dialog, nullptr);
    EXPECT_TRUE(dialog->isVisible());
    const engine::EvaluationMetrics metrics = engine::metricsOf(m_kept.evaluation, m_kept.labels);
    auto* diagram = dialog->findChild<ui::ReliabilityDiagram*>(QStringLiteral("reliabilityDiagram"));
    EXPECT_EQ(diagram->binCount(), static_cast<int>(metrics.bins.size()));
    EXPECT_EQ(dialog->findChild<QLabel*>(QStringLiteral("calibrationText"))->text(),
              ui::calibrationText(metrics));
    QTest::keyClick(diagram, Qt::Key_Left); // to the last bin
    const QString reading = dialog->findChild<QLabel*>(QStringLiteral("reliabilityReading"))->text();
    EXPECT_EQ(reading, diagram->describe(diagram->binCount() - 1));
    QTest::keyClick(dialog, Qt::Key_Escape);
    EXPECT_FALSE(dialog->isVisible());
}

TEST_F(EvaluatePage, exportsWhatItShows)
{
    train();
    const auto picture = [&](const char* action) {
        return QImage(
            QString::fromStdString(exported(action, (std::string(action) + ".png").c_str()).string()));
    };
    const QImage once = picture("exportPng1");
    const QImage twice = picture("exportPng2");
    ASSERT_FALSE(once.isNull());
    EXPECT_EQ(twice.size(), 2 * once.size());
    EXPECT_EQ(picture("exportPng4").size(), 4 * once.size());
    EXPECT_EQ(twice.pixelColor(2, 2), QColor(Qt::white));
    // The cell with most errors fills its square with the strongest color.
    const QRgb strongest = ui::errorHeat(1, ui::lightColors()).rgb();
    int pixels = 0;
    for (int y = 0; y < twice.height(); ++y) {
        for (int x = 0; x < twice.width(); ++x)
            pixels += twice.pixel(x, y) == strongest ? 1 : 0;
    }
    EXPECT_GT(pixels, 2 * 40 * 2 * 30);
}

TEST_F(EvaluatePage, forgetsTheRunWithItsDataSet)
{
    train();
    m_studio.chooseDataset("sketch-digits");
    EXPECT_TRUE(waitUntil([&] { return !matrix()->isVisible(); }));
}
