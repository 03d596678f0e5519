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
class TrainingSession;
class VerdictStore;
} // namespace core

namespace ui
{

class Theme;

struct Services {
    core::Settings& settings;
    const core::DatasetCatalog& catalog;
    core::DatasetLoader& datasets;
    core::DeviceProbe& devices;
    core::TrainingSession& session;
    core::PredictionService& predictions;
    core::EvaluationService& evaluations;
    core::EvaluationService& comparisons; ///< evaluates the run that is compared with the current one
    core::VerdictStore& verdicts;
    core::NearestImagesService& nearest;
    core::CurrentModel& model;
    core::DrawingService& drawings;
    core::KeptDigits& kept;
    core::ModelComparison& modelComparison;
    core::FineTuning& fineTuning;
    core::RunLoader& runs;
    Theme& theme;
};

} // namespace ui
