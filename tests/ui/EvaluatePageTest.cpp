// The Evaluate page in the real window, on a real run.
#include "ui/pages/EvaluatePage.h"
#include "EvaluateFixture.h"
#include "FileDialogTypist.h"
#include "ui/charts/ReliabilityDiagram.h"
#include "ui/models/ConfusionCells.h"
#include "ui/style/Colors.h"
#include "ui/widgets/Card.h"

#include <QComboBox>
#include <QDialog>
#include <QHeaderView>
#include <QImage>
#include <QLabel>
#include <QMenu>
#include <QSlider>
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
    const int grey = qGray(digit.pixel(14, 14));
    EXPECT_EQ(image.pixelColor(2 * (24 + 2 + 14 * 3) + 2, 2 * (24 + 62 + 2 + 14 * 3) + 2),
              QColor(grey, grey, grey));
}

TEST_F(EvaluatePage, tellsThatAPictureTakesTheFirstImagesOnly)
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
    const engine::EvaluationFigures figures = engine::figuresOf(m_kept.evaluation, m_kept.labels);
    auto* diagram = dialog->findChild<ui::ReliabilityDiagram*>(QStringLiteral("reliabilityDiagram"));
    EXPECT_EQ(diagram->binCount(), static_cast<int>(figures.bins.size()));
    EXPECT_EQ(dialog->findChild<QLabel*>(QStringLiteral("calibrationText"))->text(),
              ui::calibrationText(figures));
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
    // The cell with most errors fills its square with the strongest colour.
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
