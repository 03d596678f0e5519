// Configuration at the left, loss and accuracy charts at the right, test samples below.
#pragma once

#include "core/catalog/DatasetCatalog.h"
#include "core/session/TrainingSession.h"
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

    void setDataset(std::shared_ptr<const core::LoadedDataset> dataset);
    /// The curves and the weights of a training of the past, on the data set that is shown, and where wanted
    /// its recipe, in place of the user's.
    void showTraining(const engine::TrainingState& state, bool withRecipe);
    /// The configuration that Train uses; the device is chosen elsewhere.
    engine::TrainingConfig config() const;
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
    void onStarted(const engine::TrainingPlan& plan);
    void onBatchesFinished(const std::vector<engine::BatchReport>& reports);
    void onFinished(const core::TrainingResult& result);
    void showRecipe(engine::TrainingConfig recipe, double learningRateFactor);
    void classifySamples(std::shared_ptr<const engine::ModelSnapshot> model);
    void updateSampleCount();

    Services m_services;
    std::shared_ptr<const core::LoadedDataset> m_dataset;
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
