// The Evaluate page in the real window, on a real run.
#include "WindowFixture.h"
#include "engine/storage/PredictionsFile.h"
#include "support/WaitUntil.h"
#include "ui/models/PredictionListModel.h"
#include "ui/widgets/Card.h"
#include "ui/widgets/ConfusionView.h"

#include <QComboBox>
#include <QFileDialog>
#include <QHeaderView>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QSlider>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>
#include <algorithm>
#include <gtest/gtest.h>

using test::waitUntil;

namespace
{

class EvaluatePage : public testing::Test
{
protected:
    void SetUp() override
    {
        m_studio.open();
        QTest::keyClick(m_studio.window.get(), Qt::Key_3, Qt::ControlModifier);
    }

    /// Two epochs, after which much is still wrong.
    void train()
    {
        m_studio.find<QSpinBox>("epochs")->setValue(2);
        m_studio.click("trainButton");
        ASSERT_TRUE(waitUntil([&] { return matrix()->isVisible() && matrix()->model()->rowCount() > 0; }));
        const auto read = engine::readPredictions(m_studio.folder / "runs/1");
        ASSERT_TRUE(read) << read.error().message;
        m_kept = read->splits.at("test");
        m_epochs = read->testEpochs;
    }

    ui::ConfusionView* matrix() { return m_studio.find<ui::ConfusionView>("confusionMatrix"); }
    QListView* gallery() { return m_studio.find<QListView>("gallery"); }

    void clickCell(int row, int column)
    {
        const QRect cell = matrix()->visualRect(matrix()->model()->index(row, column));
        QTest::mouseClick(matrix()->viewport(), Qt::LeftButton, {}, cell.center());
    }
    /// The images that the gallery shows, in the order of their indices.
    std::vector<int> shown()
    {
        std::vector<int> indices;
        for (int i = 0; i < gallery()->model()->rowCount(); ++i)
            indices.push_back(
                gallery()->model()->index(i, 0).data(ui::PredictionListModel::IndexRole).toInt());
        std::ranges::sort(indices);
        return indices;
    }
    template<typename Condition>
    std::vector<int> expected(Condition isWanted) const
    {
        std::vector<int> indices;
        for (std::size_t i = 0; i < m_kept.labels.size(); ++i) {
            if (isWanted(m_kept.labels[i], m_kept.evaluation.predictions[i]))
                indices.push_back(static_cast<int>(i));
        }
        return indices;
    }
    /// Some cell off the diagonal in which there are images.
    std::pair<int, int> errorCell() const
    {
        for (std::size_t i = 0; i < m_kept.labels.size(); ++i) {
            if (m_kept.labels[i] != m_kept.evaluation.predictions[i])
                return {m_kept.labels[i], m_kept.evaluation.predictions[i]};
        }
        ADD_FAILURE() << "nothing is wrong";
        return {0, 1};
    }

    test::WindowFixture m_studio;
    engine::SplitPredictions m_kept;
    std::vector<std::vector<std::uint8_t>> m_epochs;
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
    const auto path = m_studio.folder / "confusion.png";
    QTimer typist;
    QObject::connect(&typist, &QTimer::timeout, &typist, [&] {
        auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
        auto* name = dialog ? dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit")) : nullptr;
        if (name == nullptr)
            return;
        typist.stop();
        name->setText(QString::fromStdString(path.string()));
        QTest::keyClick(name, Qt::Key_Return);
    });
    typist.start(5);
    auto* menu = m_studio.find<QToolButton>("exportEvaluation")->menu();
    menu->findChild<QAction*>(QStringLiteral("exportPng2"))->trigger();
    const QImage image(QString::fromStdString(path.string()));
    ASSERT_FALSE(image.isNull());
    EXPECT_EQ(image.pixelColor(2, 2), QColor(Qt::white));
    EXPECT_GT(image.width(), 2 * 10 * 46);
}

TEST_F(EvaluatePage, forgetsTheRunWithItsDataSet)
{
    train();
    m_studio.chooseDataset("sketch-digits");
    EXPECT_TRUE(waitUntil([&] { return !matrix()->isVisible(); }));
}
