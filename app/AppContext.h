// Owns everything that lives as long as the window. Members are destroyed in reverse order of construction,
// so each object is destroyed before what it uses.
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
#include "ui/MainWindow.h"
#include "ui/style/Theme.h"

namespace app
{

class AppContext
{
public:
    AppContext(QApplication& application, const core::StudioFolders& folders)
        : m_settings(folders.settingsFile),
          m_catalog(std::make_shared<const core::DatasetCatalog>(folders)),
          m_datasets(m_catalog),
          m_verdicts(folders.verdicts),
          m_kept(m_catalog->ownDigitsFolder()),
          m_modelComparison(m_catalog),
          m_runs(folders.runs),
          m_session(folders.runs),
          m_fineTuning(m_session, m_catalog),
          m_training({m_datasets, m_devices, m_runs, m_model, m_session, m_fineTuning}),
          m_theme(application, m_settings.theme()),
          m_window({m_settings, *m_catalog, m_training, m_datasets, m_session, m_model, m_fineTuning,
                    m_devices, m_predictions, m_evaluations, m_comparisons, m_verdicts, m_nearest, m_drawings,
                    m_kept, m_modelComparison, m_runs, m_theme})
    {
    }

    ui::MainWindow& window() { return m_window; }

private:
    core::Settings m_settings;
    std::shared_ptr<const core::DatasetCatalog> m_catalog;
    core::DatasetLoader m_datasets;
    core::DeviceProbe m_devices;
    core::PredictionService m_predictions;
    core::EvaluationService m_evaluations;
    core::EvaluationService m_comparisons;
    core::VerdictStore m_verdicts;
    core::NearestImagesService m_nearest;
    core::CurrentModel m_model;
    core::DrawingService m_drawings;
    core::KeptDigits m_kept;
    core::ModelComparison m_modelComparison;
    core::RunLoader m_runs;
    core::TrainingSession m_session;
    core::FineTuning m_fineTuning;
    core::TrainingController m_training;
    ui::Theme m_theme;
    ui::MainWindow m_window;
};

} // namespace app
