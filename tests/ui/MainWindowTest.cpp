#include "WindowFixture.h"
#include "core/session/TrainingSession.h"
#include "support/WaitUntil.h"
#include "ui/charts/Curve.h"
#include "ui/charts/MetricChart.h"
#include "ui/pages/train/SampleStrip.h"
#include "ui/widgets/Chip.h"
#include "ui/widgets/ProgressLine.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QDesktopServices>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTest>
#include <QToolButton>
#include <QtCharts/QScatterSeries>
#include <future>
#include <gtest/gtest.h>

using test::waitUntil;
using test::WindowFixture;

namespace
{

bool isAnnounced(WindowFixture& studio)
{
    auto* bar = studio.find<QWidget>("messageBar");
    return bar->isVisible() && studio.text("messageText").contains(QStringLiteral("Training "));
}

/// Stands in for the desktop's file manager while it lives.
class UrlCatcher : public QObject
{
    Q_OBJECT
public:
    UrlCatcher() { QDesktopServices::setUrlHandler(QStringLiteral("file"), this, "take"); }
    ~UrlCatcher() override { QDesktopServices::unsetUrlHandler(QStringLiteral("file")); }
    Q_INVOKABLE void take(const QUrl& taken) { url = taken; }

    QUrl url;
};

} // namespace

TEST(MainWindow, trainClickedDrawsTheChartsAndAnnouncesTheResult)
{
    WindowFixture studio;
    studio.open();
    studio.find<QSpinBox>("epochs")->setValue(2);
    studio.click("trainButton");
    EXPECT_TRUE(studio.session->isActive());
    EXPECT_TRUE(studio.find<QPushButton>("stopButton")->isVisible());
    EXPECT_FALSE(studio.find<QPushButton>("trainButton")->isVisible());
    ASSERT_TRUE(waitUntil([&] { return isAnnounced(studio); }));

    auto* loss = studio.find<ui::MetricChart>("lossChart");
    auto* accuracy = studio.find<ui::MetricChart>("accuracyChart");
    ASSERT_TRUE(waitUntil([&] { return accuracy->testSeries()->count() == 2; }));
    EXPECT_EQ(loss->smoothedSeries()->count(), 40) << "2 epochs of 640 / 32 batches";
    EXPECT_EQ(loss->testSeries()->count(), 2);

    const QString announcement = studio.text("messageText");
    EXPECT_TRUE(announcement.contains(QStringLiteral("finished"))) << announcement.toStdString();
    EXPECT_TRUE(announcement.contains(QStringLiteral("of 200)"))) << announcement.toStdString();
    EXPECT_TRUE(announcement.contains(QStringLiteral("2 epochs"))) << announcement.toStdString();
    EXPECT_TRUE(std::filesystem::exists(studio.folder / "runs/1/weights.pt"));
    EXPECT_TRUE(studio.find<QPushButton>("trainButton")->isVisible());

    auto* strip = studio.find<ui::SampleStrip>("sampleStrip");
    ASSERT_TRUE(waitUntil([&] { return strip->hasPredictions(); }));
    EXPECT_EQ(studio.text("sampleCount"),
              QStringLiteral("%1 of %2 correct").arg(strip->correctCount()).arg(strip->visibleCount()));
}

TEST(MainWindow, stopKeepsTheWeightsAndSaysSo)
{
    WindowFixture studio;
    studio.open();
    studio.find<QSpinBox>("epochs")->setValue(1000);
    studio.click("trainButton");
    QSignalSpy batches(studio.session.get(), &core::TrainingSession::batchesFinished);
    ASSERT_TRUE(waitUntil([&] { return batches.count() > 0; }));
    studio.click("stopButton");
    ASSERT_TRUE(waitUntil([&] { return isAnnounced(studio); }));
    EXPECT_TRUE(studio.text("messageText").contains(QStringLiteral("stopped")));
    EXPECT_TRUE(std::filesystem::exists(studio.folder / "runs/1/weights.pt"));
}

TEST(MainWindow, escapeStopsAndControlRTrainsAgain)
{
    WindowFixture studio;
    studio.open();
    studio.window->activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(studio.window.get()));
    studio.find<QSpinBox>("epochs")->setValue(1000);
    for (int i = 0; i < 2; ++i) {
        QTest::keyClick(studio.window.get(), Qt::Key_R, Qt::ControlModifier);
        ASSERT_TRUE(studio.session->isActive());
        QTest::keyClick(studio.window.get(), Qt::Key_Escape);
        EXPECT_EQ(studio.session->state(), core::TrainingSession::State::Stopping);
        ASSERT_TRUE(waitUntil([&] { return !studio.session->isActive(); }));
    }
}

TEST(MainWindow, spacePausesAndContinuesAndTheButtonsStep)
{
    WindowFixture studio;
    studio.open();
    studio.window->activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(studio.window.get()));
    studio.find<QSpinBox>("epochs")->setValue(1000);
    QSignalSpy batches(studio.session.get(), &core::TrainingSession::batchesFinished);
    studio.click("trainButton");
    ASSERT_TRUE(waitUntil([&] { return batches.count() > 0; }));
    studio.window->setFocus();
    QTest::keyClick(studio.window.get(), Qt::Key_Space);
    const auto isPaused = [&] { return studio.session->state() == core::TrainingSession::State::Paused; };
    ASSERT_TRUE(waitUntil(isPaused));
    EXPECT_TRUE(studio.text("statusTitle").contains(QStringLiteral("Paused")));
    EXPECT_TRUE(studio.find<QPushButton>("unpauseButton")->isVisible());
    EXPECT_EQ(studio.find<QPushButton>("unpauseButton")->text(), QStringLiteral("Continue"));
    EXPECT_FALSE(studio.find<QPushButton>("pauseButton")->isVisible());

    const int reported = batches.count();
    studio.click("stepButton");
    ASSERT_TRUE(waitUntil([&] { return batches.count() == reported + 1 && isPaused(); }));

    studio.click("unpauseButton");
    ASSERT_TRUE(waitUntil([&] { return batches.count() > reported + 3; }));
    studio.click("pauseButton");
    ASSERT_TRUE(waitUntil(isPaused));
    studio.click("stopButton");
    ASSERT_TRUE(waitUntil([&] { return isAnnounced(studio); }));
    EXPECT_TRUE(studio.find<QPushButton>("trainButton")->isVisible());
}

TEST(MainWindow, aStoppedRunIsResumedAndAFinishedOneExtended)
{
    WindowFixture studio;
    studio.open();
    auto* resume = studio.find<QPushButton>("resumeButton");
    auto* extend = studio.find<QPushButton>("extendButton");
    EXPECT_FALSE(resume->isVisible());
    EXPECT_FALSE(extend->isVisible());
    studio.find<QSpinBox>("epochs")->setValue(2);
    QSignalSpy batches(studio.session.get(), &core::TrainingSession::batchesFinished);
    studio.click("trainButton");
    studio.session->pause(); // so that it cannot end before it is stopped
    studio.click("stopButton");
    ASSERT_TRUE(waitUntil([&] { return isAnnounced(studio); }));
    ASSERT_TRUE(resume->isVisible());
    EXPECT_EQ(resume->text(), QStringLiteral("Resume"));
    EXPECT_FALSE(extend->isVisible());

    studio.click("resumeButton");
    ASSERT_TRUE(waitUntil([&] { return !studio.session->isActive() && isAnnounced(studio); }));
    EXPECT_TRUE(studio.text("messageText").contains(QStringLiteral("2 epochs")))
        << studio.text("messageText").toStdString();
    ASSERT_TRUE(extend->isVisible());
    EXPECT_EQ(extend->text(), QStringLiteral("3 more epochs"));
    EXPECT_FALSE(resume->isVisible());
    auto* loss = studio.find<ui::MetricChart>("lossChart");
    ASSERT_TRUE(waitUntil([&] { return loss->smoothedSeries()->count() == 40; }));

    studio.click("extendButton");
    ASSERT_TRUE(waitUntil([&] { return !studio.session->isActive() && isAnnounced(studio); }));
    EXPECT_TRUE(studio.text("messageText").contains(QStringLiteral("5 epochs")))
        << studio.text("messageText").toStdString();
    ASSERT_TRUE(waitUntil([&] { return loss->testSeries()->count() == 5; }));
    EXPECT_EQ(loss->smoothedSeries()->count(), 100) << "the history is there again, and what was added";
    EXPECT_FALSE(std::filesystem::exists(studio.folder / "runs/2"));

    studio.chooseDataset("sketch-digits");
    ASSERT_TRUE(waitUntil(
        [&] { return studio.find<ui::Chip>("datasetChip")->value() == QStringLiteral("Sketch digits"); }));
    EXPECT_FALSE(resume->isVisible() || extend->isVisible()) << "the run was of other images";
}

TEST(MainWindow, theLearningRateCanBeChangedWhileItTrains)
{
    WindowFixture studio;
    studio.open();
    studio.find<QSpinBox>("epochs")->setValue(1000);
    QSignalSpy batches(studio.session.get(), &core::TrainingSession::batchesFinished);
    studio.click("trainButton");
    ASSERT_TRUE(waitUntil([&] { return batches.count() > 0; }));
    auto* rate = studio.find<QDoubleSpinBox>("learningRate");
    ASSERT_TRUE(rate->isEnabled());
    rate->setFocus();
    rate->selectAll();
    QTest::keyClicks(rate, QStringLiteral("0.02"));
    QTest::keyClick(rate, Qt::Key_Return);
    EXPECT_TRUE(waitUntil([&] {
        return batches.last()[0].value<std::vector<engine::BatchReport>>().back().learningRate == .02F;
    }));
    studio.click("stopButton");
    ASSERT_TRUE(waitUntil([&] { return isAnnounced(studio); }));
}

TEST(MainWindow, closesDuringTraining)
{
    WindowFixture studio;
    studio.open();
    studio.find<QSpinBox>("epochs")->setValue(1000);
    studio.click("trainButton");
    QSignalSpy batches(studio.session.get(), &core::TrainingSession::batchesFinished);
    ASSERT_TRUE(waitUntil([&] { return batches.count() > 0; }));
    EXPECT_TRUE(studio.window->close());
    studio.window.reset();
    studio.session.reset(); // joins
    EXPECT_TRUE(std::filesystem::exists(studio.folder / "runs/1/weights.pt"));
}

TEST(MainWindow, controlQClosesIt)
{
    WindowFixture studio;
    studio.open();
    QTest::keyClick(studio.window.get(), Qt::Key_Q, Qt::ControlModifier);
    EXPECT_TRUE(waitUntil([&] { return !studio.window->isVisible(); }));
}

TEST(MainWindow, canBeUsedWhileItTrains)
{
    WindowFixture studio;
    studio.open();
    studio.find<QSpinBox>("epochs")->setValue(1000);
    studio.click("trainButton");
    auto* pages = studio.window->findChild<QStackedWidget*>();
    for (const char* button : {"rail_data", "rail_settings", "rail_train"}) {
        studio.click(button);
        EXPECT_TRUE(studio.find<QAbstractButton>(button)->isChecked());
        QCoreApplication::processEvents();
    }
    EXPECT_EQ(pages->currentWidget()->objectName(), QStringLiteral("trainPage"));
    EXPECT_FALSE(studio.find<QSpinBox>("epochs")->isEnabled());
    EXPECT_FALSE(studio.find<ui::Chip>("datasetChip")->isEnabled());
    studio.find<QSlider>("smoothing")->setValue(0);
    studio.click("stopButton");
    ASSERT_TRUE(waitUntil([&] { return isAnnounced(studio); }));
    EXPECT_TRUE(studio.find<QSpinBox>("epochs")->isEnabled());
    EXPECT_TRUE(studio.find<ui::Chip>("datasetChip")->isEnabled());
    EXPECT_EQ(studio.find<ui::ProgressLine>("progressLine")->progress(), 0);
}

TEST(MainWindow, aRunsFolderThatCannotBeWrittenIsReportedAndTrainingCanBeTriedAgain)
{
    WindowFixture studio;
    test::writeFile(studio.folder / "runs", "a file where the folder should be");
    studio.open();
    studio.click("trainButton");
    ASSERT_TRUE(waitUntil([&] { return studio.find<QWidget>("messageBar")->isVisible(); }));
    EXPECT_TRUE(studio.text("messageText").contains(studio.folders.runs))
        << studio.text("messageText").toStdString();
    EXPECT_FALSE(studio.session->isActive());

    std::filesystem::remove(studio.folder / "runs");
    studio.find<QSpinBox>("epochs")->setValue(1);
    studio.click("messageAction");
    ASSERT_TRUE(waitUntil([&] { return isAnnounced(studio); }));
}

TEST(MainWindow, opensTheFolderOfTheRunThatHasFinished)
{
    WindowFixture studio;
    studio.open();
    studio.find<QSpinBox>("epochs")->setValue(1);
    studio.click("trainButton");
    ASSERT_TRUE(waitUntil([&] { return isAnnounced(studio); }));
    UrlCatcher catcher;
    studio.click("messageAction");
    EXPECT_EQ(catcher.url, QUrl::fromLocalFile(studio.folders.runs + QStringLiteral("/1")));
}

TEST(MainWindow, forgetsCurvesAndPredictionsWhenTheDataSetChanges)
{
    WindowFixture studio;
    studio.open();
    studio.find<QSpinBox>("epochs")->setValue(1);
    studio.click("trainButton");
    auto* strip = studio.find<ui::SampleStrip>("sampleStrip");
    ASSERT_TRUE(waitUntil([&] { return isAnnounced(studio) && strip->hasPredictions(); }));
    auto* loss = studio.find<ui::MetricChart>("lossChart");
    ASSERT_TRUE(waitUntil([&] { return loss->smoothedSeries()->count() > 0; }));

    studio.chooseDataset("sketch-digits");
    ASSERT_TRUE(waitUntil(
        [&] { return studio.find<ui::Chip>("datasetChip")->value() == QStringLiteral("Sketch digits"); }));
    EXPECT_FALSE(strip->hasPredictions());
    EXPECT_TRUE(waitUntil([&] { return loss->smoothedSeries()->count() == 0; }));
    EXPECT_EQ(studio.text("sampleCount"), QString());
    EXPECT_FALSE(studio.find<QToolButton>("exportCharts")->isEnabled());
}

TEST(MainWindow, chipsTellTheTruth)
{
    WindowFixture studio;
    studio.open();
    EXPECT_EQ(studio.find<ui::Chip>("datasetChip")->value(), QStringLiteral("digits"));
    EXPECT_EQ(studio.find<ui::Chip>("modelChip")->value(), QStringLiteral("none"));
    EXPECT_EQ(studio.find<ui::Chip>("modelChip")->detail(), QString());
    studio.find<QSpinBox>("threads")->setValue(1);
    EXPECT_EQ(studio.find<ui::Chip>("deviceChip")->value(), QStringLiteral("CPU"));
    EXPECT_EQ(studio.find<ui::Chip>("deviceChip")->detail(), QStringLiteral("· 1 thread"));
    EXPECT_TRUE(studio.text("statusFacts").contains(QStringLiteral("640 + 200")));
}

TEST(MainWindow, modelChipNamesTheNetworkOfTheRunAndNotThatOfTheForm)
{
    WindowFixture studio;
    studio.open();
    const auto* chip = studio.find<ui::Chip>("modelChip");
    const auto chooseKernel = [&](int size) {
        auto* kernel = studio.find<QComboBox>("kernelSize");
        kernel->setCurrentIndex(kernel->findData(size));
    };
    const auto train = [&] {
        studio.find<QSpinBox>("epochs")->setValue(1);
        studio.click("trainButton");
        ASSERT_TRUE(waitUntil([&] { return isAnnounced(studio) && !studio.training->isActive(); }));
    };
    const QString three = QStringLiteral("TinyVGG 7,740 params");
    const QString seven = QStringLiteral("TinyVGG · kernel size 7 20,140 params");
    const auto shown = [&] { return chip->value() + QLatin1Char(' ') + chip->detail(); };

    train();
    EXPECT_EQ(shown(), three);
    chooseKernel(7);
    EXPECT_EQ(shown(), three) << "the form is about the next training";
    train();
    EXPECT_EQ(shown(), seven);
    studio.chooseRun(1);
    ASSERT_TRUE(waitUntil([&] { return studio.training->run().folder.endsWith(QLatin1String("/1")); }));
    EXPECT_EQ(shown(), three);
    EXPECT_EQ(studio.find<ui::Chip>("runChip")->value(), QStringLiteral("1"));

    studio.runs.list();
    ASSERT_TRUE(waitUntil([&] { return studio.runs.runs().size() == 2; }));
    studio.runs.remove({studio.runs.runs().back()}); // run 1, which is shown: run 2 takes its place
    ASSERT_TRUE(waitUntil([&] { return studio.training->run().folder.endsWith(QLatin1String("/2")); }));
    EXPECT_EQ(shown(), seven);

    studio.makeWindow(); // another start
    studio.open();
    ASSERT_TRUE(waitUntil([&] { return studio.training->run().folder.endsWith(QLatin1String("/2")); }));
    EXPECT_EQ(studio.find<ui::Chip>("modelChip")->detail(), QStringLiteral("20,140 params"));
}

TEST(MainWindow, leadsFromAnEmptyEvaluatePageToTraining)
{
    WindowFixture studio;
    studio.open();
    studio.click("rail_evaluate");
    const auto* action = studio.find<QPushButton>("evaluateAction");
    ASSERT_TRUE(action->isVisible());
    studio.click("evaluateAction");
    EXPECT_TRUE(studio.find<QWidget>("trainPage")->isVisible());
    studio.find<QSpinBox>("epochs")->setValue(1);
    studio.click("trainButton");
    studio.click("rail_evaluate");
    EXPECT_FALSE(action->isVisible()) << "a network is being trained";
    ASSERT_TRUE(waitUntil([&] { return isAnnounced(studio); }));
}

TEST(MainWindow, theSettingsChooseTheDeviceAsTheTopBarDoes)
{
    WindowFixture studio;
    studio.pretendDevices({{{}, "CPU", true, {}},
                           {{engine::DeviceKind::Cuda, 0}, "Best GPU", true, {}},
                           {{engine::DeviceKind::Cuda, 1}, "Old GPU", false, "Its driver is asleep."}},
                          engine::makeTrainingBackend);
    studio.open();
    studio.click("rail_settings");
    EXPECT_TRUE(studio.find<QRadioButton>("useDevice_auto")->isChecked());
    EXPECT_EQ(studio.find<QRadioButton>("useDevice_gpu:0")->text(), QStringLiteral("Best GPU"));
    const auto* unusable = studio.find<QRadioButton>("useDevice_gpu:1");
    EXPECT_FALSE(unusable->isEnabled());
    EXPECT_EQ(unusable->accessibleDescription(), QStringLiteral("Its driver is asleep."));
    const auto* chip = studio.find<ui::Chip>("deviceChip");
    EXPECT_EQ(chip->value(), QStringLiteral("GPU 0"));

    studio.find<QRadioButton>("useDevice_cpu")->click();
    EXPECT_EQ(studio.settings.deviceRequest(), QStringLiteral("cpu"));
    EXPECT_EQ(chip->value(), QStringLiteral("CPU"));

    Q_EMIT chip->menu()->aboutToShow(); // which fills it
    chip->menu()->findChild<QAction*>(QStringLiteral("device_gpu:0"))->trigger();
    EXPECT_TRUE(studio.find<QRadioButton>("useDevice_gpu:0")->isChecked());
    EXPECT_FALSE(studio.find<QRadioButton>("useDevice_cpu")->isChecked());
}

TEST(MainWindow, waitsForTheDevicesBeforeItTrainsOnAnyOfThem)
{
    std::promise<void> answer;
    const auto driver = answer.get_future().share();
    WindowFixture studio;
    studio.window.reset();
    studio.devices = std::make_unique<core::DeviceProbe>([driver] {
        driver.wait();
        return std::vector<engine::DeviceInfo>{{{}, "CPU", true, {}}};
    });
    studio.makeWindow();
    studio.window->show();
    studio.window->startUp();
    ASSERT_TRUE(waitUntil([&] { return studio.find<QPushButton>("trainButton")->isEnabled(); }));
    studio.find<QSpinBox>("epochs")->setValue(1);
    studio.click("trainButton");
    EXPECT_FALSE(studio.session->isActive());
    EXPECT_TRUE(studio.text("statusTitle").contains(QStringLiteral("GPU")));
    answer.set_value();
    ASSERT_TRUE(waitUntil([&] { return isAnnounced(studio); }));
}

TEST(MainWindow, aGpuThatIsNotThereCanBeReplacedByTheCpu)
{
    WindowFixture studio;
    studio.open();
    studio.settings.setDeviceRequest(QStringLiteral("gpu:9"));
    studio.find<QSpinBox>("epochs")->setValue(1);
    studio.click("trainButton");
    EXPECT_FALSE(studio.session->isActive());
    EXPECT_TRUE(studio.text("messageText").contains(QStringLiteral("GPU 9")));
    studio.click("messageAction");
    EXPECT_TRUE(studio.session->isActive());
    ASSERT_TRUE(waitUntil([&] { return isAnnounced(studio); }));
}

TEST(MainWindow, fallsBackToSketchDigitsWhenTheLastFolderIsGone)
{
    WindowFixture studio;
    std::filesystem::remove_all(studio.folder / "digits");
    studio.open();
    EXPECT_EQ(studio.find<ui::Chip>("datasetChip")->value(), QStringLiteral("Sketch digits"));
    EXPECT_TRUE(studio.find<QWidget>("messageBar")->isVisible());
    EXPECT_TRUE(studio.text("messageText").contains(QStringLiteral("digits")));
}

TEST(MainWindow, offersMnistAtTheFirstStart)
{
    WindowFixture studio;
    studio.settings.setDataset({});
    studio.open();
    EXPECT_EQ(studio.find<ui::Chip>("datasetChip")->value(), QStringLiteral("Sketch digits"));
    EXPECT_TRUE(
        studio.find<QPushButton>("messageAction")->text().startsWith(QStringLiteral("Download MNIST")));
}

TEST(MainWindow, theDatasetMenuListsWhatIsThereAndWhatCanBeHad)
{
    WindowFixture studio;
    studio.open();
    QMenu* menu = studio.find<ui::Chip>("datasetChip")->menu();
    Q_EMIT menu->aboutToShow();
    QStringList texts;
    for (const QAction* action : menu->actions())
        texts << action->text();
    const QString all = texts.join(QLatin1Char('|'));
    EXPECT_TRUE(all.contains(QStringLiteral("MNIST – download"))) << all.toStdString();
    EXPECT_TRUE(all.contains(QStringLiteral("Fashion-MNIST – download"))) << all.toStdString();
    EXPECT_TRUE(all.contains(QStringLiteral("Sketch digits (built in)"))) << all.toStdString();
    studio.chooseDataset("sketch-digits");
    ASSERT_TRUE(waitUntil(
        [&] { return studio.find<ui::Chip>("datasetChip")->value() == QStringLiteral("Sketch digits"); }));
    EXPECT_EQ(studio.settings.dataset(), QStringLiteral("sketch-digits"));
}

TEST(MainWindow, aFolderThatCannotBeReadLeavesTheOldDataSetAndTrainInPlace)
{
    WindowFixture studio;
    studio.open();
    std::filesystem::create_directory(studio.folder / "empty");
    studio.datasets.load(QString::fromStdString((studio.folder / "empty").string()));
    ASSERT_TRUE(waitUntil([&] { return studio.find<QWidget>("messageBar")->isVisible(); }));
    EXPECT_TRUE(studio.text("messageText").contains(QStringLiteral("empty")));
    EXPECT_TRUE(studio.find<QPushButton>("trainButton")->isEnabled());
    EXPECT_EQ(studio.find<ui::Chip>("datasetChip")->value(), QStringLiteral("digits"));
    EXPECT_EQ(studio.text("statusTitle"), QStringLiteral("Ready"));
}

TEST(MainWindow, doesNotTrainOnTheOldDataSetWhileANewOneLoads)
{
    WindowFixture studio;
    studio.open();
    studio.datasets.load(QStringLiteral("sketch-digits"));
    QTest::keyClick(studio.window.get(), Qt::Key_R, Qt::ControlModifier);
    EXPECT_FALSE(studio.session->isActive());
}

TEST(MainWindow, aFallbackIsNotRemembered)
{
    WindowFixture studio;
    studio.settings.setDataset({});
    studio.open();
    EXPECT_EQ(studio.settings.dataset(), QString());
    WindowFixture other;
    const QString unplugged = other.settings.dataset();
    std::filesystem::rename(other.folder / "digits", other.folder / "elsewhere");
    other.open();
    EXPECT_EQ(other.settings.dataset(), unplugged);
}

TEST(MainWindow, threadsStayWhenTheRecipeChanges)
{
    WindowFixture studio;
    studio.open();
    studio.find<QSpinBox>("threads")->setValue(1);
    studio.find<QSpinBox>("epochs")->setValue(2);
    EXPECT_EQ(studio.settings.trainingConfig().threads, 1);
    EXPECT_EQ(studio.settings.trainingConfig().epochs, 2);
    EXPECT_EQ(studio.find<ui::Chip>("deviceChip")->detail(), QStringLiteral("· 1 thread"));
}

TEST(MainWindow, remembersTheConfiguration)
{
    WindowFixture studio;
    studio.open();
    auto* units = studio.find<QLineEdit>("hiddenUnits");
    units->setFocus();
    units->selectAll();
    QTest::keyClicks(units, QStringLiteral("12"));
    EXPECT_EQ(studio.settings.trainingConfig().network.tinyVgg.hiddenUnits, std::vector<int>{12});
    studio.window->close();
    EXPECT_FALSE(studio.settings.windowGeometry().isEmpty());
}

TEST(MainWindow, everyControlHasANameForScreenReadersAndTests)
{
    WindowFixture studio;
    studio.open();
    for (const auto* widget : studio.window->findChildren<QWidget*>()) {
        const bool isControl =
            qobject_cast<const QAbstractButton*>(widget) || qobject_cast<const QComboBox*>(widget) ||
            qobject_cast<const QAbstractSpinBox*>(widget) || qobject_cast<const QSlider*>(widget);
        // A field inside another control is Qt's own, and so is what scrolls, and a table's corner.
        const bool isInner = qobject_cast<const QAbstractSpinBox*>(widget->parentWidget()) ||
                             widget->objectName().startsWith(QStringLiteral("qt_"));
        if (!isControl || isInner || widget->inherits("QScrollBar") || widget->inherits("QTableCornerButton"))
            continue;
        const std::string name = widget->objectName().toStdString();
        EXPECT_FALSE(name.empty()) << widget->metaObject()->className() << " "
                                   << widget->accessibleName().toStdString();
        EXPECT_FALSE(widget->accessibleName().isEmpty()) << name;
    }
}

TEST(MainWindow, fitsAProjector)
{
    WindowFixture studio;
    studio.open();
    EXPECT_LE(studio.window->minimumSizeHint().width(), 1024);
    EXPECT_LE(studio.window->minimumSizeHint().height(), 700);
}

#include "MainWindowTest.moc"
