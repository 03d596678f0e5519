// Two runs side by side on the Evaluate page, in the real window.
#include "EvaluateFixture.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>

using test::waitUntil;
using ui::PredictionListModel;

namespace
{

class CompareRuns : public test::EvaluateFixture
{
protected:
    QComboBox* others() { return m_studio.find<QComboBox>("otherRun"); }
    QPushButton* count(int group)
    {
        return m_studio.window->findChild<QPushButton*>(QStringLiteral("compared_%1").arg(group));
    }
    /// Two runs, the second of them on show, the first chosen to compare with.
    void compareTwo()
    {
        train();
        m_first = m_kept;
        train(2);
        chooseView(Compare);
        ASSERT_TRUE(waitUntil([&] { return others()->count() == 1; }));
        others()->setFocus();
        QTest::keyClick(others(), Qt::Key_Down);
        ASSERT_TRUE(waitUntil([&] { return count(0)->isVisible(); }));
    }
    /// Test images that the run on show (2) has right or wrong, and the other (1).
    std::vector<int> images(bool isShownRight, bool isOtherRight) const
    {
        std::vector<int> indices;
        for (std::size_t i = 0; i < m_kept.labels.size(); ++i) {
            const auto label = m_kept.labels[i];
            if ((m_kept.evaluation.predictions[i] == label) == isShownRight &&
                (m_first.evaluation.predictions[i] == label) == isOtherRight)
                indices.push_back(static_cast<int>(i));
        }
        return indices;
    }

    engine::SplitPredictions m_first;
};

} // namespace

TEST_F(CompareRuns, saysThatThereIsNoOtherRun)
{
    train();
    chooseView(Compare);
    EXPECT_TRUE(waitUntil([&] {
        return m_studio.text("compareMessage").contains(QStringLiteral("No other run"));
    })) << m_studio.text("compareMessage").toStdString();
    EXPECT_FALSE(others()->isEnabled());
    EXPECT_FALSE(count(0)->isVisible());
}

TEST_F(CompareRuns, showsTheImagesOfEachCount)
{
    compareTwo();
    const std::array<std::pair<bool, bool>, 4> groups = {
        {{true, true}, {true, false}, {false, true}, {false, false}}};
    EXPECT_EQ(shown(), images(true, false)) << "what only the run on show has right";
    for (int group = 0; group < 4; ++group) {
        const auto [isShownRight, isOtherRight] = groups[static_cast<std::size_t>(group)];
        const std::vector<int> expected = images(isShownRight, isOtherRight);
        QTest::mouseClick(count(group), Qt::LeftButton);
        EXPECT_EQ(shown(), expected) << group;
        EXPECT_TRUE(count(group)->text().startsWith(QString::number(expected.size()))) << group;
    }
    // In a window of 1024 × 700, of which the bars around the page take 112.
    EXPECT_LE(m_studio.find<QWidget>("evaluatePage")->minimumSizeHint().height(), 700 - 112);
    EXPECT_TRUE(m_studio.text("comparisonWords").contains(QStringLiteral("run 1")));
    EXPECT_TRUE(m_studio.text("firstAccuracy")
                    .contains(QStringLiteral("%1 of 200").arg(m_kept.evaluation.correctCount())));
    EXPECT_TRUE(m_studio.text("secondAccuracy")
                    .contains(QStringLiteral("%1 of 200").arg(m_first.evaluation.correctCount())));
}

TEST_F(CompareRuns, saysOnTheTilesWhatBothSay)
{
    compareTwo();
    const std::vector<int> onlyShown = images(true, false);
    ASSERT_FALSE(onlyShown.empty());
    const QModelIndex first = gallery()->model()->index(0, 0);
    const auto index = static_cast<std::size_t>(first.data(PredictionListModel::IndexRole).toInt());
    EXPECT_TRUE(first.data(PredictionListModel::OtherTextRole)
                    .toString()
                    .startsWith(QStringLiteral("run 1: %1 ").arg(m_first.evaluation.predictions[index])));
    EXPECT_FALSE(first.data(PredictionListModel::IsOtherRightRole).toBool());
    chooseView(Matrix);
    EXPECT_EQ(gallery()->model()->index(0, 0).data(PredictionListModel::OtherTextRole).toString(), QString());
}

TEST_F(CompareRuns, comparesOnTestImagesOnly)
{
    compareTwo();
    m_studio.find<QComboBox>("evaluatedSplit")->setCurrentIndex(2);
    ASSERT_TRUE(waitUntil([&] { return m_studio.find<QPushButton>("compareOnTest")->isVisible(); }));
    EXPECT_FALSE(count(0)->isVisible());
    EXPECT_TRUE(inOrder().empty());
    m_studio.click("compareOnTest");
    EXPECT_TRUE(waitUntil([&] { return others()->isEnabled() && others()->isVisible(); }));
    EXPECT_EQ(m_studio.find<QComboBox>("evaluatedSplit")->currentIndex(), 0);
}

TEST_F(CompareRuns, saysWhatToDoAgainWhereAnotherRunIsShown)
{
    compareTwo();
    m_studio.chooseRun(1);
    ASSERT_TRUE(waitUntil([&] { return !count(0)->isVisible() && matrix() != nullptr; }));
    EXPECT_TRUE(waitUntil([&] {
        return m_studio.text("compareMessage").startsWith(QStringLiteral("Choose a run above"));
    })) << m_studio.text("compareMessage").toStdString();
    EXPECT_EQ(others()->currentIndex(), -1);
    EXPECT_FALSE(m_studio.find<QWidget>("compareProgress")->isVisible());
}

TEST_F(CompareRuns, namesTheOtherRunAlsoWhenItIsDeleted)
{
    compareTwo();
    const auto run = std::ranges::find(m_studio.runs.runs(), 1, &core::RunInfo::number);
    ASSERT_NE(run, m_studio.runs.runs().end());
    m_studio.runs.remove({*run});
    ASSERT_TRUE(waitUntil([&] { return others()->count() == 0; }));
    QTest::mouseClick(count(1), Qt::LeftButton);
    const QString text = gallery()->model()->index(0, 0).data(PredictionListModel::OtherTextRole).toString();
    EXPECT_TRUE(text.startsWith(QStringLiteral("run 1: "))) << text.toStdString();
}

TEST_F(CompareRuns, reportsARunThatCannotBeRead)
{
    train();
    train(2);
    chooseView(Compare);
    ASSERT_TRUE(waitUntil([&] { return others()->count() == 1; }));
    test::writeFile(m_studio.folder / "runs/1/weights.pt", "nonsense");
    others()->setFocus();
    QTest::keyClick(others(), Qt::Key_Down);
    EXPECT_TRUE(waitUntil([&] {
        return m_studio.text("compareMessage").contains(QStringLiteral("weights.pt"));
    })) << m_studio.text("compareMessage").toStdString();
    EXPECT_FALSE(count(0)->isVisible());
}
