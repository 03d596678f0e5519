// The Evaluate page in the real window, on a real run.
#include "EvaluateFixture.h"
#include "ui/models/ConfusionCells.h"
#include "ui/style/Colors.h"
#include "ui/widgets/Card.h"

#include <QComboBox>
#include <QHeaderView>
#include <QImage>
#include <QLabel>
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
