#include "WindowFixture.h"

#include "support/TinyKnownDataset.h"
#include "support/WaitUntil.h"
#include "ui/widgets/Chip.h"

#include <QLabel>
#include <QMenu>
#include <QTest>
#include <algorithm>
#include <gtest/gtest.h>

namespace test
{
namespace
{

core::StudioFolders foldersIn(const TemporaryFolder& folder)
{
    const auto path = [&](const char* name) { return QString::fromStdString((folder / name).string()); };
    return {path("datasets"), {}, path("runs"), path("settings.ini"), path("verdicts")};
}

} // namespace

void writeSketchDigits(const std::filesystem::path& folder, std::size_t trainSize, std::size_t testSize)
{
    writeIdxFolder(QString::fromStdString(folder.string()), sketchDigitsFiles(trainSize, testSize));
}

WindowFixture::WindowFixture(std::size_t trainSize, std::size_t testSize, QList<core::KnownDataset> known)
    : folders(foldersIn(folder)),
      settings(folders.settingsFile),
      catalog(std::make_shared<const core::DatasetCatalog>(folders, std::move(known))),
      datasets(catalog),
      devices(std::make_unique<core::DeviceProbe>()),
      verdicts(folders.verdicts),
      kept(catalog->ownDigitsFolder()),
      modelComparison(catalog),
      runs(folders.runs),
      session(std::make_unique<core::TrainingSession>(folders.runs)),
      fineTuning(std::make_unique<core::FineTuning>(*session, catalog)),
      theme(*qApp, core::ThemeChoice::Light)
{
    writeSketchDigits(folder / "digits", trainSize, testSize);
    settings.setDataset(QString::fromStdString((folder / "digits").string()));
    makeWindow();
}

void WindowFixture::pretendDevices(std::vector<engine::DeviceInfo> list,
                                   engine::TrainingBackendFactory makeBackend)
{
    window.reset();
    training.reset();
    fineTuning.reset();
    session = std::make_unique<core::TrainingSession>(folders.runs, std::move(makeBackend));
    fineTuning = std::make_unique<core::FineTuning>(*session, catalog);
    devices = std::make_unique<core::DeviceProbe>([list = std::move(list)] { return list; });
    makeWindow();
}

void WindowFixture::makeWindow()
{
    window.reset();
    training = std::make_unique<core::TrainingController>(
        core::TrainingController::Parts{datasets, *devices, runs, model, *session, *fineTuning});
    window = std::make_unique<ui::MainWindow>(ui::Services{
        settings, *catalog, *training, datasets, *session, model, *fineTuning, *devices, predictions,
        evaluations, comparisons, verdicts, nearest, drawings, kept, modelComparison, runs, theme});
}

void WindowFixture::open()
{
    window->resize(1280, 800);
    window->show();
    window->startUp();
    ASSERT_TRUE(
        waitUntil([&] { return find<QPushButton>("trainButton")->isEnabled() && !devices->isAsking(); }));
}

void WindowFixture::click(const char* objectName)
{
    auto* widget = find<QWidget>(objectName);
    ASSERT_NE(widget, nullptr) << objectName;
    QTest::mouseClick(widget, Qt::LeftButton);
}

void WindowFixture::chooseDataset(const char* id)
{
    QMenu* menu = find<ui::Chip>("datasetChip")->menu();
    Q_EMIT menu->aboutToShow(); // which fills it
    auto* entry = menu->findChild<QAction*>(QStringLiteral("dataset_") + QLatin1String(id));
    ASSERT_NE(entry, nullptr) << id;
    entry->trigger();
}

void WindowFixture::chooseRun(int number)
{
    const auto isListed = [&] {
        return std::any_of(runs.runs().begin(), runs.runs().end(), [&](const core::RunInfo& run) {
            return run.number == number && run.state != core::RunInfo::State::Running;
        });
    };
    ASSERT_TRUE(waitUntil(isListed)) << number;
    QMenu* menu = find<ui::Chip>("runChip")->menu();
    Q_EMIT menu->aboutToShow(); // which fills it
    auto* entry = menu->findChild<QAction*>(QStringLiteral("run_%1").arg(number));
    ASSERT_NE(entry, nullptr) << number;
    EXPECT_TRUE(entry->isEnabled());
    entry->trigger();
}

QString WindowFixture::text(const char* labelName)
{
    auto* label = find<QLabel>(labelName);
    return label == nullptr ? QString() : label->text();
}

} // namespace test
