// The real main window on real services, with a small data set in a folder of its own: everything but the
// display.
#pragma once

#include "core/catalog/DatasetCatalog.h"
#include "core/catalog/DatasetLoader.h"
#include "core/evaluation/EvaluationService.h"
#include "core/evaluation/ModelComparison.h"
#include "core/evaluation/NearestImagesService.h"
#include "core/evaluation/VerdictStore.h"
#include "core/runs/RunLoader.h"
#include "core/session/CurrentModel.h"
#include "core/session/DeviceProbe.h"
#include "core/session/DrawingService.h"
#include "core/session/FineTuning.h"
#include "core/session/KeptDigits.h"
#include "core/session/PredictionService.h"
#include "core/session/TrainingController.h"
#include "core/settings/Settings.h"
#include "support/Files.h"
#include "ui/MainWindow.h"
#include "ui/style/Theme.h"

#include <QApplication>
#include <QPushButton>
#include <memory>

namespace test
{

/// Sketch digits as four IDX files in `folder`, which is made.
void writeSketchDigits(const std::filesystem::path& folder, std::size_t trainSize, std::size_t testSize);

class WindowFixture
{
public:
    explicit WindowFixture(std::size_t trainSize = 640, std::size_t testSize = 200,
                           QList<core::KnownDataset> known = core::knownDatasets());

    /// Another window, which believes that this machine has these devices.
    void pretendDevices(std::vector<engine::DeviceInfo> devices, engine::TrainingBackendFactory makeBackend);
    /// Another window on the same folders, as after a new start: on no data set and no run.
    void makeWindow();
    /// Shows the window and waits until the data set is there and the devices are known.
    void open();

    template<typename Widget>
    Widget* find(const char* objectName)
    {
        return window->findChild<Widget*>(QString::fromLatin1(objectName));
    }
    void click(const char* objectName);
    /// As a click on an entry of the data set chip's menu.
    void chooseDataset(const char* id);
    /// As a click on an entry of the run chip's menu, once it is listed.
    void chooseRun(int number);
    QString text(const char* labelName);

    TemporaryFolder folder;
    core::StudioFolders folders;
    core::Settings settings;
    std::shared_ptr<const core::DatasetCatalog> catalog;
    core::DatasetLoader datasets;
    std::unique_ptr<core::DeviceProbe> devices;
    core::PredictionService predictions;
    core::EvaluationService evaluations;
    core::EvaluationService comparisons;
    core::VerdictStore verdicts;
    core::NearestImagesService nearest;
    core::CurrentModel model;
    core::DrawingService drawings;
    core::KeptDigits kept;
    core::ModelComparison modelComparison;
    core::RunLoader runs;
    std::unique_ptr<core::TrainingSession> session;
    std::unique_ptr<core::FineTuning> fineTuning;
    std::unique_ptr<core::TrainingController> training;
    ui::Theme theme;
    std::unique_ptr<ui::MainWindow> window;
};

} // namespace test
