#include "ui/pages/TrainPage.h"

#include "core/runs/TrainingCsv.h"
#include "core/session/PredictionService.h"
#include "core/settings/Settings.h"
#include "ui/charts/MetricChart.h"
#include "ui/pages/train/SampleStrip.h"
#include "ui/pages/train/TrainingConfigForm.h"
#include "ui/render/ChartPicture.h"
#include "ui/render/Colors.h"
#include "ui/style/Icons.h"
#include "ui/style/TextRole.h"
#include "ui/widgets/ExportMenu.h"

#include <QActionGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QScrollArea>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>
#include <cmath>

namespace ui
{
namespace
{

constexpr qint64 kMillisecondsBetweenSnapshots = 300;

/// The slider is finer near 1, where smoothing changes most: s = 1 − 10^(−3·position).
double smoothingAt(int position)
{
    return position <= 0 ? 0 : 1 - std::pow(10, -3.0 * position / 100);
}

int positionOf(double smoothing)
{
    return static_cast<int>(std::lround(-std::log10(1 - std::min(smoothing, 0.999)) / 3 * 100));
}

QStringList classNamesOf(const core::LoadedDataset& dataset)
{
    QStringList names;
    for (const std::string& name : dataset.splits.classNames)
        names << QString::fromStdString(name);
    return names;
}

} // namespace

TrainPage::TrainPage(const Services& services, QWidget* parent)
    : QWidget(parent),
      m_services(services),
      m_history(services.training.reports()),
      m_form(new TrainingConfigForm(this)),
      m_lossChart(new MetricChart(Metric::Loss, m_history, this)),
      m_accuracyChart(new MetricChart(Metric::Accuracy, m_history, this)),
      m_strip(new SampleStrip(this)),
      m_sampleCount(new QLabel(this))
{
    setObjectName(QStringLiteral("trainPage"));
    auto* charts = new QVBoxLayout;
    charts->setSpacing(12);
    charts->addWidget(m_lossChart, 1);
    charts->addWidget(m_accuracyChart, 1);
    auto* upper = new QHBoxLayout;
    upper->setSpacing(12);
    upper->addWidget(makeConfigCard());
    upper->addLayout(charts, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    layout->addLayout(upper, 1);
    layout->addWidget(makeSampleCard());

    connect(m_lossChart, &MetricChart::zoomRangeChanged, m_accuracyChart, &MetricChart::setZoomRange);
    connect(m_accuracyChart, &MetricChart::zoomRangeChanged, m_lossChart, &MetricChart::setZoomRange);

    m_history.setSmoothing(services.settings.chartSmoothing());
    addChartControls();
    m_form->setConfig(services.settings.trainingConfig());
    connect(m_form, &TrainingConfigForm::configChanged, this, [this] {
        m_services.settings.setTrainingConfig(m_form->config());
        Q_EMIT configChanged();
    });

    connectTraining();
    connect(&services.predictions, &core::PredictionService::classified, this,
            [this](const std::vector<engine::Classification>& predictions) {
                m_isSnapshotWanted = false;
                if (m_areSamplesAwaited)
                    m_strip->setPredictions(predictions);
            });
    connect(&services.predictions, &core::PredictionService::failed, this,
            [this] { m_isSnapshotWanted = false; });
    updateSampleCount();
}

void TrainPage::connectTraining()
{
    core::TrainingController& training = m_services.training;
    connect(&training, &core::TrainingController::stateChanged, this, [this, &training] {
        m_form->setTraining(training.isActive());
        if (!training.isActive() && m_ownRecipe)
            m_form->setConfig(*std::exchange(m_ownRecipe, std::nullopt));
    });
    connect(&training, &core::TrainingController::runOpened, this,
            [this](const std::shared_ptr<const core::StoredRun>& run, bool isRequested) {
                showRun(*run, isRequested);
            });
    connect(&training, &core::TrainingController::finished, this, [this](const core::TrainingResult& result) {
        classifySamples(std::make_shared<const engine::ModelSnapshot>(result.outcome.model));
    });
    connect(m_form, &TrainingConfigForm::learningRateChanged, &training,
            &core::TrainingController::setLearningRate);
    const core::TrainingSession& session = m_services.session;
    connect(&session, &core::TrainingSession::started, this, &TrainPage::onStarted);
    connect(&session, &core::TrainingSession::batchesFinished, this, &TrainPage::onBatchesFinished);
    connect(&session, &core::TrainingSession::snapshotTaken, this,
            [this](const std::shared_ptr<const engine::ModelSnapshot>& model) {
                if (m_isSnapshotWanted) // ignore snapshots requested by other pages
                    classifySamples(model);
            });
}

QWidget* TrainPage::makeConfigCard()
{
    auto* card = new Card(tr("Configuration"), this);
    card->setObjectName(QStringLiteral("configurationCard"));
    card->setFixedWidth(286);             // room for the scroll bar beside the fields
    auto* scroll = new QScrollArea(card); // scrolls in a low window or with a large font
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(m_form);
    card->body()->addWidget(scroll, 1);
    return card;
}

QWidget* TrainPage::makeSampleCard()
{
    m_sampleCard = new Card(tr("Test samples with current predictions"), this);
    m_sampleCount->setObjectName(QStringLiteral("sampleCount"));
    setTextRole(m_sampleCount, TextRole::Secondary);
    m_sampleCard->header()->addWidget(m_sampleCount);
    m_sampleCard->body()->addWidget(m_strip);
    connect(m_strip, &SampleStrip::countsChanged, this, &TrainPage::updateSampleCount);
    return m_sampleCard;
}

void TrainPage::addChartControls()
{
    auto* caption = new QLabel(tr("smoothing"), this);
    setTextRole(caption, TextRole::Small);
    auto* slider = new QSlider(Qt::Horizontal, this);
    slider->setObjectName(QStringLiteral("smoothing"));
    slider->setAccessibleName(tr("Smoothing of the training curves"));
    slider->setToolTip(tr("Exponential smoothing of the strong line; 0 shows the raw values"));
    slider->setRange(0, 100);
    slider->setMinimumWidth(44); // in a narrow window
    slider->setMaximumWidth(90);
    slider->setValue(positionOf(m_history.smoothing()));
    auto* value = new QLabel(this);
    setTextRole(value, TextRole::Small);
    value->setFixedWidth(36);
    const auto showValue = [value](double smoothing) {
        value->setText(QString::number(smoothing, 'f', smoothing > .99 ? 3 : 2));
    };
    showValue(m_history.smoothing());
    connect(slider, &QSlider::valueChanged, this, [this, showValue](int position) {
        m_history.setSmoothing(smoothingAt(position));
        m_services.settings.setChartSmoothing(m_history.smoothing());
        showValue(m_history.smoothing());
    });

    auto* axis = new QToolButton(this);
    axis->setObjectName(QStringLiteral("timeAxis"));
    axis->setPopupMode(QToolButton::InstantPopup);
    axis->setToolTip(tr("Unit of the time axis"));
    auto* axisMenu = new QMenu(axis);
    auto* axisGroup = new QActionGroup(axisMenu);
    const std::pair<TimeAxis, QString> axes[] = {
        {TimeAxis::Epochs, tr("epochs")}, {TimeAxis::Steps, tr("steps")}, {TimeAxis::Seconds, tr("seconds")}};
    for (const auto& [which, name] : axes) {
        auto* action = axisMenu->addAction(name);
        action->setObjectName(QStringLiteral("timeAxis_%1").arg(static_cast<int>(which)));
        action->setCheckable(true);
        action->setChecked(which == TimeAxis::Epochs);
        axisGroup->addAction(action);
        connect(action, &QAction::triggered, this, [this, axis, which = which, name = name] {
            axis->setText(tr("x: %1 ▾").arg(name));
            axis->setAccessibleName(tr("Time axis: %1").arg(name));
            m_lossChart->setTimeAxis(which);
            m_accuracyChart->setTimeAxis(which);
        });
    }
    axis->setText(tr("x: %1 ▾").arg(axes[0].second));
    axis->setAccessibleName(tr("Time axis: %1").arg(axes[0].second));
    axis->setMenu(axisMenu);

    auto* exportButton = new QToolButton(this);
    exportButton->setObjectName(QStringLiteral("exportCharts"));
    exportButton->setAccessibleName(tr("Export the charts"));
    exportButton->setToolTip(tr("Export the charts as pictures, or their metrics as a table"));
    exportButton->setText(tr("Export ▾"));
    exportButton->setPopupMode(QToolButton::InstantPopup);
    auto* exportMenu = new ExportMenu(exportButton);
    addExports(*exportMenu);
    exportButton->setMenu(exportMenu);
    exportButton->setEnabled(false);
    connect(&m_history, &TrainingHistory::changed, exportButton,
            [this, exportButton] { exportButton->setEnabled(!m_history.isEmpty()); });

    for (QWidget* widget : std::initializer_list<QWidget*>{caption, slider, value, axis, exportButton})
        m_lossChart->header()->addWidget(widget);
}

void TrainPage::addExports(ExportMenu& menu)
{
    const auto pictures = [this] { return std::vector{m_lossChart->picture(), m_accuracyChart->picture()}; };
    menu.add("export_png", tr("Charts as PNG…"), QStringLiteral("training.png"),
             [pictures] { return [charts = pictures()] { return chartsPng(charts, 2); }; });
    menu.add("export_svg", tr("Charts as SVG…"), QStringLiteral("training.svg"),
             [pictures] { return [charts = pictures()] { return chartsSvg(charts); }; });
    menu.add("export_csv", tr("Metrics as CSV…"), QStringLiteral("training.csv"), [this] {
        return [batches = m_history.batches(), epochs = m_history.epochs(),
                batchesPerEpoch = m_history.plan()->batchesPerEpoch] {
            return QByteArray::fromStdString(core::chartCsv(batches, epochs, batchesPerEpoch));
        };
    });
    connect(&menu, &ExportMenu::messageReported, this, &TrainPage::exportFinished);
}

QString TrainPage::configError() const
{
    return m_form->error();
}

void TrainPage::setDataset(const core::LoadedDataset& dataset)
{
    m_form->setImages(dataset.splits.train.shape(), dataset.splits.train.classCount());
    m_areSamplesAwaited = false; // pending predictions belong to the previous data set
    m_strip->setDataset(dataset.splits.test, classNamesOf(dataset));
}

void TrainPage::showRun(const core::StoredRun& run, bool withRecipe)
{
    if (withRecipe)
        showRecipe(run.training.state.config, run.training.state.learningRateFactor);
    m_strip->clearPredictions();
    classifySamples(run.model);
}

void TrainPage::setPreset(engine::Preset preset)
{
    m_form->setConfig(engine::withPreset(m_form->config(), preset));
}

void TrainPage::showRecipe(engine::TrainingConfig recipe, double learningRateFactor)
{
    const engine::TrainingConfig shown = m_form->config();
    recipe.learningRate *= learningRateFactor;
    recipe.device = shown.device;
    recipe.threads = shown.threads;
    if (recipe != shown)
        m_form->setConfig(recipe);
}

engine::TrainingConfig TrainPage::config() const
{
    return m_form->config();
}

void TrainPage::onStarted(const engine::TrainingPlan& plan)
{
    if (!plan.config.startedFrom.isNone())
        m_ownRecipe = m_form->config(); // a fine-tuning must not replace the recipe for training from scratch
    showRecipe(plan.config, plan.learningRateFactor); // a resumed run has its own
    m_strip->clearPredictions();
    m_isSnapshotWanted = false;
    m_sinceSnapshot.start();
}

void TrainPage::onBatchesFinished()
{
    if (!m_isSnapshotWanted && isVisible() && m_sinceSnapshot.elapsed() >= kMillisecondsBetweenSnapshots) {
        m_isSnapshotWanted = true;
        m_sinceSnapshot.restart();
        m_services.training.requestSnapshot();
    }
}

void TrainPage::classifySamples(std::shared_ptr<const engine::ModelSnapshot> model)
{
    m_areSamplesAwaited = true;
    m_services.predictions.classify(std::move(model), m_strip->pixels());
}

void TrainPage::updateSampleCount()
{
    const int count = m_strip->visibleCount();
    m_sampleCard->setSubtitle(count == 0 ? QString()
                                         : tr("updated during training · %1 fixed images").arg(count));
    m_sampleCount->setText(m_strip->hasPredictions()
                               ? tr("%1 of %2 correct").arg(m_strip->correctCount()).arg(count)
                               : QString());
}

} // namespace ui
