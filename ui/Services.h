// The services that the window uses. All are owned by app and outlive the window.
#pragma once

namespace core
{
class CurrentModel;
class DatasetCatalog;
class DatasetLoader;
class DeviceProbe;
class DrawingService;
class EvaluationService;
class FineTuning;
class KeptDigits;
class ModelComparison;
class NearestImagesService;
class PredictionService;
class RunLoader;
class Settings;
class TrainingController;
class TrainingSession;
class VerdictStore;
} // namespace core

namespace ui
{

class Theme;

struct Services {
    core::Settings& settings;
    const core::DatasetCatalog& catalog;
    core::TrainingController& training; ///< controls the services that are const here
    const core::DatasetLoader& datasets;
    const core::TrainingSession& session;
    const core::CurrentModel& model;
    const core::FineTuning& fineTuning;
    core::DeviceProbe& devices;
    core::PredictionService& predictions;
    core::EvaluationService& evaluations;
    core::EvaluationService& comparisons; ///< evaluates the run that is compared with the current one
    core::VerdictStore& verdicts;
    core::NearestImagesService& nearest;
    core::DrawingService& drawings;
    core::KeptDigits& kept;
    core::ModelComparison& modelComparison;
    core::RunLoader& runs;
    Theme& theme;
};

} // namespace ui
