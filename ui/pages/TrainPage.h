// Configuration at the left, loss and accuracy charts at the right, test samples below.
#pragma once

#include "core/catalog/DatasetCatalog.h"
#include "core/session/TrainingController.h"
#include "ui/Services.h"
#include "ui/render/TrainingHistory.h"

#include <QElapsedTimer>
#include <QWidget>

class QLabel;
class QSlider;
class QToolButton;

namespace ui
{

class Card;
class ExportMenu;
class MetricChart;
class SampleStrip;
class TrainingConfigForm;

class TrainPage : public QWidget
{
    Q_OBJECT
public:
    explicit TrainPage(const Services& services, QWidget* parent = nullptr);

    void setDataset(const core::LoadedDataset& dataset);
    /// The configuration that Train uses; the device is chosen elsewhere.
    engine::TrainingConfig config() const;
    /// Why no training can start with this configuration; empty otherwise.
    QString configError() const;
    /// Fills the form with a preset.
    void setPreset(engine::Preset preset);

Q_SIGNALS:
    void configChanged();
    /// Result of writing an exported file.
    void exportFinished(const QString& message, bool isSuccess);

private:
    QWidget* makeConfigCard();
    QWidget* makeSampleCard();
    void addChartControls();
    void addExports(ExportMenu& menu);
    void connectTraining();
    /// The weights of a stored run and, if `withRecipe`, its recipe in place of the user's.
    void showRun(const core::StoredRun& run, bool withRecipe);
    void onStarted(const engine::TrainingPlan& plan);
    void onBatchesFinished();
    void showRecipe(engine::TrainingConfig recipe, double learningRateFactor);
    void classifySamples(std::shared_ptr<const engine::ModelSnapshot> model);
    void updateSampleCount();

    Services m_services;
    TrainingHistory m_history;
    TrainingConfigForm* m_form;
    std::optional<engine::TrainingConfig> m_ownRecipe; ///< restored after a fine-tuning
    MetricChart* m_lossChart;
    MetricChart* m_accuracyChart;
    Card* m_sampleCard;
    SampleStrip* m_strip;
    QLabel* m_sampleCount;
    QElapsedTimer m_sinceSnapshot;
    bool m_areSamplesAwaited = false;
    bool m_isSnapshotWanted = false; ///< requested and not yet classified
};

} // namespace ui
