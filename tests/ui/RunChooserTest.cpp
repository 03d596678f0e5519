// Runs of the past in the real window.
#include "WindowFixture.h"
#include "core/runs/RunStore.h"
#include "support/WaitUntil.h"
#include "ui/charts/Curve.h"
#include "ui/charts/MetricChart.h"
#include "ui/pages/train/SampleStrip.h"
#include "ui/widgets/Chip.h"

#include <QMenu>
#include <QSpinBox>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <gtest/gtest.h>

using test::waitUntil;

namespace
{

class RunChooser : public testing::Test
{
protected:
    void train(int epochs)
    {
        m_studio.find<QSpinBox>("epochs")->setValue(epochs);
        m_studio.click("trainButton");
        ASSERT_TRUE(waitUntil([&] {
            return !m_studio.session->isActive() && m_studio.find<QWidget>("messageBar")->isVisible();
        }));
        m_studio.click("messageClose");
    }
    QString runShown() { return m_studio.find<ui::Chip>("runChip")->value(); }
    int points()
    {
        return static_cast<int>(m_studio.find<ui::MetricChart>("lossChart")->smoothedSeries()->count());
    }
    /// As if the program had been killed.
    void orphanTheRuns() const
    {
        {
            QSqlDatabase database =
                QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("test"));
            database.setDatabaseName(m_studio.folders.runs + QStringLiteral(".sqlite"));
            ASSERT_TRUE(database.open());
            QSqlQuery query(database);
            ASSERT_TRUE(query.exec(QStringLiteral("UPDATE runs SET state = 'running'")));
        }
        QSqlDatabase::removeDatabase(QStringLiteral("test"));
    }

    test::WindowFixture m_studio;
};

} // namespace

TEST_F(RunChooser, bringsBackRecipeCurvesAndWeights)
{
    m_studio.open();
    EXPECT_EQ(runShown(), QStringLiteral("none"));
    train(2);
    ASSERT_TRUE(waitUntil([&] { return runShown() == QStringLiteral("1"); }));
    train(1);
    ASSERT_TRUE(waitUntil([&] { return runShown() == QStringLiteral("2") && points() == 20; }));

    m_studio.chooseRun(1);
    ASSERT_TRUE(waitUntil([&] { return runShown() == QStringLiteral("1"); }));
    EXPECT_EQ(m_studio.find<QSpinBox>("epochs")->value(), 2);
    EXPECT_TRUE(waitUntil([&] { return points() == 40; }));
    EXPECT_TRUE(waitUntil([&] { return m_studio.find<ui::SampleStrip>("sampleStrip")->hasPredictions(); }));
    EXPECT_EQ(m_studio.find<QPushButton>("extendButton")->text(), QStringLiteral("3 more epochs"));
    EXPECT_TRUE(m_studio.find<QPushButton>("extendButton")->isVisible());

    m_studio.click("extendButton");
    ASSERT_TRUE(waitUntil([&] { return !m_studio.session->isActive() && points() == 100; }));
    EXPECT_FALSE(std::filesystem::exists(m_studio.folder / "runs/3"));
}

TEST_F(RunChooser, bringsBackTheDataSetOfARunToo)
{
    m_studio.open();
    train(1);
    m_studio.chooseDataset("sketch-digits");
    const auto dataset = [&] { return m_studio.find<ui::Chip>("datasetChip")->value(); };
    ASSERT_TRUE(waitUntil([&] { return dataset() == QStringLiteral("Sketch digits"); }));
    EXPECT_TRUE(waitUntil([&] { return runShown() == QStringLiteral("none") && points() == 0; }));

    m_studio.chooseRun(1);
    ASSERT_TRUE(waitUntil([&] { return runShown() == QStringLiteral("1"); }));
    EXPECT_EQ(dataset(), QStringLiteral("digits"));
    EXPECT_TRUE(waitUntil([&] { return points() == 20; }));
}

TEST_F(RunChooser, showsTheNewestRunOfTheDataSetAtStartAndKeepsTheRecipeOfTheForm)
{
    m_studio.open();
    train(2);
    train(1);
    m_studio.find<QSpinBox>("epochs")->setValue(7);
    m_studio.makeWindow();
    m_studio.model.clear();
    m_studio.open();
    ASSERT_TRUE(waitUntil([&] { return runShown() == QStringLiteral("2"); }));
    EXPECT_TRUE(waitUntil([&] { return points() == 20; }));
    ASSERT_TRUE(waitUntil([&] { return m_studio.model.get() != nullptr; }));
    EXPECT_TRUE(m_studio.model.get()->runFolder.endsWith(QStringLiteral("/2")));
    EXPECT_EQ(m_studio.find<QSpinBox>("epochs")->value(), 7);

    m_studio.chooseDataset("sketch-digits");
    EXPECT_TRUE(waitUntil([&] { return runShown() == QStringLiteral("none") && !m_studio.model.get(); }));
}

TEST_F(RunChooser, letsATrainingBeginBeforeTheNewestRunIsThere)
{
    m_studio.open();
    train(1);
    m_studio.makeWindow();
    m_studio.open();
    m_studio.click("trainButton"); // before the list of runs has come
    ASSERT_TRUE(waitUntil([&] { return !m_studio.session->isActive(); }));
    EXPECT_TRUE(waitUntil([&] { return runShown() == QStringLiteral("2"); }));
    ASSERT_TRUE(waitUntil([&] { return m_studio.model.get() && !m_studio.model.isLoading(); }));
    EXPECT_TRUE(m_studio.model.get()->runFolder.endsWith(QStringLiteral("/2")));
}

TEST_F(RunChooser, putsTheModelOnTheNewestEpochOfATraining)
{
    m_studio.open();
    m_studio.find<QSpinBox>("epochs")->setValue(1000);
    m_studio.click("trainButton");
    ASSERT_TRUE(waitUntil([&] { return m_studio.model.get() != nullptr; }));
    EXPECT_TRUE(m_studio.session->isActive()) << "it does not wait for the end";
    EXPECT_FALSE(m_studio.model.get()->record->epochs.empty());
    m_studio.click("stopButton");
    ASSERT_TRUE(waitUntil([&] { return !m_studio.session->isActive(); }));
}

TEST_F(RunChooser, offersToResumeWhatWasInterrupted)
{
    m_studio.open();
    m_studio.find<QSpinBox>("epochs")->setValue(2);
    m_studio.click("trainButton");
    m_studio.session->pause();
    m_studio.click("stopButton");
    ASSERT_TRUE(waitUntil([&] { return !m_studio.session->isActive(); }));
    orphanTheRuns();
    m_studio.runs.list();
    ASSERT_TRUE(
        waitUntil([&] { return m_studio.runs.runs().at(0).state == core::RunInfo::State::Interrupted; }));

    m_studio.makeWindow();
    m_studio.open();
    ASSERT_TRUE(
        waitUntil([&] { return m_studio.text("messageText").contains(QStringLiteral("interrupted")); }));
    m_studio.click("messageAction");
    ASSERT_TRUE(waitUntil([&] { return m_studio.text("messageText").contains(QStringLiteral("finished")); }));
    EXPECT_TRUE(m_studio.text("messageText").contains(QStringLiteral("2 epochs")));
    EXPECT_TRUE(waitUntil([&] { return points() == 40; }));
}

TEST_F(RunChooser, aTrainingOfWhichNothingCouldBeKeptIsBegunAnew)
{
    bool isDiskFull = true;
    m_studio.pretendDevices({{{}, "CPU", true, {}}},
                            [&](const engine::TrainingConfig& config, const engine::NetworkSpec& model,
                                const engine::Dataset& train) {
                                if (isDiskFull) // as good as: nothing can be written where there is no folder
                                    std::filesystem::remove(m_studio.folder / "runs/1");
                                return engine::makeTrainingBackend(config, model, train);
                            });
    m_studio.open();
    m_studio.find<QSpinBox>("epochs")->setValue(1);
    m_studio.click("trainButton");
    ASSERT_TRUE(waitUntil(
        [&] { return !m_studio.session->isActive() && m_studio.find<QWidget>("messageBar")->isVisible(); }));
    EXPECT_TRUE(m_studio.text("messageText").contains(QStringLiteral("cannot be written")))
        << m_studio.text("messageText").toStdString();
    EXPECT_EQ(m_studio.find<QPushButton>("messageAction")->text(), QStringLiteral("Try again"));
    EXPECT_FALSE(m_studio.find<QPushButton>("resumeButton")->isVisible());
    EXPECT_FALSE(m_studio.find<QPushButton>("extendButton")->isVisible());
    EXPECT_TRUE(
        waitUntil([&] { return m_studio.runs.runs().empty() && runShown() == QStringLiteral("none"); }));

    isDiskFull = false;
    m_studio.click("messageAction");
    ASSERT_TRUE(waitUntil([&] { return m_studio.text("messageText").contains(QStringLiteral("finished")); }));
    EXPECT_TRUE(waitUntil([&] { return runShown() == QStringLiteral("1"); }));
}

TEST_F(RunChooser, showsWhatCannotBeOpened)
{
    m_studio.open();
    train(1);
    std::filesystem::remove_all(m_studio.folder / "runs/1");
    m_studio.runs.list();
    ASSERT_TRUE(
        waitUntil([&] { return !m_studio.runs.runs().empty() && !m_studio.runs.runs()[0].isFolderThere; }));
    QMenu* menu = m_studio.find<ui::Chip>("runChip")->menu();
    Q_EMIT menu->aboutToShow();
    const auto* entry = menu->findChild<QAction*>(QStringLiteral("run_1"));
    ASSERT_NE(entry, nullptr);
    EXPECT_FALSE(entry->isEnabled());
    EXPECT_TRUE(entry->text().contains(QStringLiteral("files missing")));
}

TEST_F(RunChooser, saysSoWhereThereAreNone)
{
    m_studio.open();
    QMenu* menu = m_studio.find<ui::Chip>("runChip")->menu();
    Q_EMIT menu->aboutToShow();
    ASSERT_EQ(menu->actions().size(), 1);
    EXPECT_FALSE(menu->actions()[0]->isEnabled());
}
