#include "ui/pages/EvaluatePage.h"

#include "core/evaluation/VerdictStore.h"
#include "core/runs/RunLoader.h"
#include "core/session/TrainingController.h"
#include "ui/models/PredictionListModel.h"
#include "ui/pages/evaluate/CompareCard.h"
#include "ui/pages/evaluate/ConfusedPairs.h"
#include "ui/pages/evaluate/EvaluationExports.h"
#include "ui/pages/evaluate/GalleryCard.h"
#include "ui/pages/evaluate/GalleryView.h"
#include "ui/pages/evaluate/ImageDialog.h"
#include "ui/pages/evaluate/LaboratoryCard.h"
#include "ui/pages/evaluate/MatrixCard.h"
#include "ui/pages/evaluate/MetricsCard.h"
#include "ui/pages/evaluate/VerdictsCard.h"
#include "ui/pages/evaluate/WaitingCard.h"
#include "ui/style/TextRole.h"
#include "ui/widgets/ExportMenu.h"
#include "ui/widgets/SegmentedButtons.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QShortcut>
#include <QStackedWidget>
#include <QToolButton>

namespace ui
{
namespace
{

constexpr int kWaitingState = 0;
constexpr int kContentState = 1;

} // namespace

EvaluatePage::EvaluatePage(const Services& services, QWidget* parent)
    : QWidget(parent),
      m_services(services),
      m_states(new QStackedWidget(this)),
      m_waiting(new WaitingCard(this)),
      m_views(new SegmentedButtons(SegmentedButtons::Mode::One, this)),
      m_run(new QLabel(this)),
      m_kind(new QComboBox(this)),
      m_viewStack(new QStackedWidget(this)),
      m_metricsStack(new QStackedWidget(this)),
      m_matrix(new MatrixCard(this)),
      m_gallery(new GalleryCard(services.verdicts, this)),
      m_metrics(new MetricsCard(this)),
      m_laboratory(new LaboratoryCard(this)),
      m_verdicts(new VerdictsCard(services.verdicts, this)),
      m_compare(new CompareCard(services, this)),
      m_pairs(new ConfusedPairs(this)),
      m_exports(new ExportMenu(this))
{
    setObjectName(QStringLiteral("evaluatePage"));
    m_states->addWidget(m_waiting);
    m_states->addWidget(makeContent());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_states);
    addEvaluationExports(
        *m_exports,
        {[this] { return m_split; }, [this]() -> const ConfusionCells& { return m_matrix->cells(); },
         [this] { return m_matrix->epoch(); },
         [this]() -> const core::Verdicts& { return m_services.verdicts.verdicts(); },
         [this] {
             const PredictionListModel* images = m_gallery->model();
             return galleryPicture(m_split, images->positions(), m_gallery->heading(), images->other());
         }});
    connect(m_exports, &ExportMenu::messageReported, this, &EvaluatePage::messageReported);
    connectParts();
    openImagesByTheirTiles();
    connectServices();
    makeShortcuts();
    showView(View::Matrix);
    setRun({}, nullptr, {}, 0);
}

QWidget* EvaluatePage::makeContent()
{
    auto* content = new QWidget(this);
    for (QWidget* card : std::initializer_list<QWidget*>{m_matrix, m_laboratory, m_compare})
        m_viewStack->addWidget(card);
    for (QWidget* card : std::initializer_list<QWidget*>{m_metrics, m_verdicts})
        m_metricsStack->addWidget(card);
    auto* grid = new QGridLayout(content);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(12);
    grid->addLayout(makeViewRow(), 0, 0, 1, 2);
    grid->addWidget(m_viewStack, 1, 0);
    grid->addWidget(m_gallery, 1, 1);
    grid->addWidget(m_metricsStack, 2, 0);
    grid->addWidget(makePairsCard(), 2, 1);
    grid->setRowStretch(1, 1);
    grid->setColumnStretch(0, 51);
    grid->setColumnStretch(1, 49);
    return content;
}

QLayout* EvaluatePage::makeViewRow()
{
    m_views->setObjectName(QStringLiteral("evaluateView"));
    m_views->setSegments({tr("Matrix"), tr("Error laboratory"), tr("Compare runs")},
                         {tr("Confusion matrix and metrics"),
                          tr("The most informative errors, and your verdicts on them"),
                          tr("Compare with another run, image by image")});
    m_run->setObjectName(QStringLiteral("evaluatedRun"));
    m_run->setToolTip(tr("The evaluated run, even while another one is training"));
    setTextRole(m_run, TextRole::Secondary);
    m_kind->setObjectName(QStringLiteral("evaluatedSplit"));
    m_kind->setAccessibleName(tr("Images to evaluate on"));
    m_kind->addItem(tr("Test images"), static_cast<int>(core::SplitKind::Test));
    m_kind->addItem(tr("Validation images"), static_cast<int>(core::SplitKind::Validation));
    m_kind->addItem(tr("Training images"), static_cast<int>(core::SplitKind::Train));
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_views);
    row->addWidget(m_matrix->unitChoice());
    row->addStretch();
    row->addWidget(m_run);
    row->addWidget(m_kind);
    row->addWidget(makeExportButton());
    return row;
}

void EvaluatePage::connectParts()
{
    connect(m_views, &SegmentedButtons::toggled, this,
            [this](int view) { showView(static_cast<View>(view)); });
    connect(m_kind, &QComboBox::currentIndexChanged, this, [this] {
        m_request.kind = chosenKind();
        evaluate();
    });
    connect(m_matrix, &MatrixCard::chosen, this, &EvaluatePage::setScope);
    connect(m_matrix, &MatrixCard::epochChanged, this, [this] {
        m_gallery->setEpoch(m_matrix->epoch());
        showPairs();
    });
    connect(m_gallery, &GalleryCard::scopeWanted, this, [this](ConfusionScope scope) {
        const auto [trueClass, predictedClass] = m_matrix->currentCell();
        setScope(scope, trueClass, predictedClass);
    });
    connect(m_laboratory, &LaboratoryCard::selectionChanged, this,
            [this] { m_gallery->setSelection(m_laboratory->selection()); });
    connect(m_laboratory, &LaboratoryCard::rejectedToggled, this,
            [this] { m_gallery->model()->setRejected(m_laboratory->shownRejected()); });
    connect(m_verdicts, &VerdictsCard::chosen, this, [this](const GallerySelection& selection) {
        m_laboratory->clearSelection();
        m_gallery->setSelection(selection);
    });
    connect(m_compare, &CompareCard::selectionChanged, this, [this] {
        if (shownView() == View::Compare)
            showImagesOfView();
    });
    connect(m_compare, &CompareCard::testImagesWanted, this,
            [this] { m_kind->setCurrentIndex(m_kind->findData(static_cast<int>(core::SplitKind::Test))); });
}

void EvaluatePage::connectServices()
{
    const core::EvaluationService& service = m_services.evaluations;
    connect(&service, &core::EvaluationService::evaluated, this, &EvaluatePage::showEvaluation);
    connect(&service, &core::EvaluationService::failed, this,
            [this](const engine::Error& error) { onEnded(QString::fromStdString(error.message)); });
    connect(&service, &core::EvaluationService::cancelled, this,
            [this] { onEnded(tr("Evaluation canceled.")); });
    connect(&service, &core::EvaluationService::progressed, m_waiting, &WaitingCard::showProgress);
    connect(m_waiting, &WaitingCard::actionWanted, this, &EvaluatePage::trainWanted);
    connect(m_waiting, &WaitingCard::cancelClicked, &m_services.evaluations,
            &core::EvaluationService::cancel);
    connect(&m_services.runs, &core::RunLoader::listed, this, &EvaluatePage::showRunName);
    connect(&m_services.training, &core::TrainingController::stateChanged, this, [this] {
        if (!isAwaiting())
            showThatThereIsNone();
    });
    connect(&m_services.verdicts, &core::VerdictStore::failed, this, [this](const engine::Error& error) {
        Q_EMIT messageReported(QString::fromStdString(error.message), false);
    });
}

void EvaluatePage::makeShortcuts()
{
    core::VerdictStore& verdicts = m_services.verdicts;
    connect(new QShortcut(QKeySequence::Undo, this, nullptr, nullptr, Qt::WidgetWithChildrenShortcut),
            &QShortcut::activated, &verdicts, &core::VerdictStore::undo);
    connect(new QShortcut(QKeySequence::Redo, this, nullptr, nullptr, Qt::WidgetWithChildrenShortcut),
            &QShortcut::activated, &verdicts, &core::VerdictStore::redo);
}

QWidget* EvaluatePage::makePairsCard()
{
    m_pairsCard = new Card(tr("Most confused"), this);
    m_pairs->setObjectName(QStringLiteral("confusedPairs"));
    m_pairsCard->body()->addWidget(m_pairs, 1);
    connect(m_pairs, &ConfusedPairs::chosen, this, [this](int trueClass, int predictedClass) {
        m_laboratory->clearSelection();
        setScope(ConfusionScope::Cell, trueClass, predictedClass);
    });
    return m_pairsCard;
}

void EvaluatePage::showPairs()
{
    const auto epoch = m_matrix->epoch();
    m_pairs->setMatrix(m_matrix->cells().matrix(), m_split->classNames);
    m_pairsCard->setSubtitle(epoch ? tr("· epoch %1").arg(*epoch + 1) : QString());
}

QToolButton* EvaluatePage::makeExportButton()
{
    auto* button = new QToolButton(this);
    button->setObjectName(QStringLiteral("exportEvaluation"));
    button->setText(tr("Export ▾"));
    button->setAccessibleName(tr("Export the evaluation"));
    button->setToolTip(tr("Save the matrix, the gallery, all predictions, or your verdicts"));
    button->setPopupMode(QToolButton::InstantPopup);
    button->setProperty("segment", QLatin1String("only"));
    button->setMenu(m_exports);
    return button;
}

void EvaluatePage::setRun(const QString& folder, std::shared_ptr<const core::LoadedDataset> dataset,
                          const engine::Device& device, int threads)
{
    m_request = {folder, chosenKind(), std::move(dataset), device, threads};
    evaluate();
}

void EvaluatePage::evaluate()
{
    if (!isAwaiting()) {
        m_services.evaluations.forget();
        m_split.reset();
        return showThatThereIsNone();
    }
    m_waiting->showBusy(tr("Evaluating on the %1 …").arg(core::imagesName(m_request.kind)));
    m_states->setCurrentIndex(kWaitingState);
    m_services.evaluations.evaluate(m_request);
}

bool EvaluatePage::isAwaiting() const
{
    // A result may still arrive after its run was removed from the page.
    return !m_request.runFolder.isEmpty() && m_request.dataset != nullptr;
}

void EvaluatePage::onEnded(const QString& message)
{
    if (!isAwaiting())
        return;
    const bool isSameRun = m_split && m_split->runFolder == m_request.runFolder;
    if (!isSameRun) {
        m_split.reset();
        return showMessage(message);
    }
    // Another split of the shown run was requested: go back to the previous one.
    m_request.kind = m_split->kind;
    const QSignalBlocker blocker(m_kind);
    m_kind->setCurrentIndex(m_kind->findData(static_cast<int>(m_split->kind)));
    m_states->setCurrentIndex(kContentState);
    Q_EMIT messageReported(message, false);
}

void EvaluatePage::showMessage(const QString& text, const QString& actionText)
{
    m_waiting->showMessage(text, actionText);
    m_states->setCurrentIndex(kWaitingState);
}

void EvaluatePage::showThatThereIsNone()
{
    if (m_services.training.isActive()) {
        showMessage(tr("A model is being trained.\nIts evaluation appears here when training has ended."));
    } else {
        showMessage(tr("No trained model yet.\nTrain one, or choose a run at the top, to evaluate it here."),
                    tr("Train a network"));
    }
}

void EvaluatePage::showRunName()
{
    m_run->setText(m_split ? m_services.runs.nameOf(m_split->runFolder) : QString());
}

void EvaluatePage::showEvaluation(std::shared_ptr<const core::EvaluatedSplit> split)
{
    if (!isAwaiting() || split->runFolder != m_request.runFolder)
        return;
    m_split = std::move(split);
    showRunName();
    m_services.verdicts.open(m_split->datasetId);
    m_metrics->setSplit(*m_split);
    m_matrix->setSplit(m_split);
    showPairs();
    m_gallery->setSplit(m_split);
    m_laboratory->setSplit(m_split, rejectedLabels());
    m_gallery->model()->setRejected(m_laboratory->shownRejected());
    m_verdicts->setSplit(m_split);
    m_compare->setSplit(m_split, m_request);
    m_states->setCurrentIndex(kContentState);
    showImagesOfView();
}

std::span<const engine::RejectedLabel> EvaluatePage::rejectedLabels() const
{
    // Known only for the published test images; other files may have the same name.
    const bool isPublished = m_request.dataset->verification == core::Verification::Verified;
    if (m_split->kind != core::SplitKind::Test || !isPublished)
        return {};
    return engine::rejectedTestLabels(m_split->datasetId.toStdString());
}

core::SplitKind EvaluatePage::chosenKind() const
{
    return static_cast<core::SplitKind>(m_kind->currentData().toInt());
}

EvaluatePage::View EvaluatePage::shownView() const
{
    return static_cast<View>(m_viewStack->currentIndex());
}

void EvaluatePage::showView(View view)
{
    m_viewStack->setCurrentIndex(static_cast<int>(view));
    for (int i = 0; i < m_viewStack->count(); ++i) { // hidden views take no space
        m_viewStack->widget(i)->setSizePolicy(QSizePolicy::Preferred, i == m_viewStack->currentIndex()
                                                                          ? QSizePolicy::Preferred
                                                                          : QSizePolicy::Ignored);
    }
    m_matrix->unitChoice()->setVisible(view == View::Matrix);
    m_metricsStack->setCurrentIndex(view == View::Laboratory ? 1 : 0);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_metricsStack, m_pairsCard})
        widget->setVisible(view != View::Compare); // these show a single run
    showImagesOfView();
}

void EvaluatePage::showImagesOfView()
{
    if (!m_split)
        return;
    switch (shownView()) {
    case View::Matrix:
        m_gallery->showScope();
        break;
    case View::Laboratory:
        m_laboratory->selectAny();
        m_gallery->setSelection(m_laboratory->selection());
        break;
    case View::Compare: {
        const auto& comparison = m_compare->comparison();
        m_gallery->setSelection(m_compare->selection(),
                                {m_compare->otherName(), comparison ? comparison->second : nullptr});
        break;
    }
    }
}

void EvaluatePage::setScope(ConfusionScope scope, int trueClass, int predictedClass)
{
    m_matrix->showScope(scope, trueClass, predictedClass);
    m_gallery->setScope(scope, trueClass, predictedClass);
}

void EvaluatePage::openImagesByTheirTiles()
{
    // Not activated(): some desktops emit it on a single click.
    connect(m_gallery->view(), &QListView::doubleClicked, this, &EvaluatePage::openImage);
    for (const Qt::Key key : {Qt::Key_Return, Qt::Key_Enter}) {
        auto* shortcut = new QShortcut(key, m_gallery->view());
        shortcut->setContext(Qt::WidgetShortcut);
        connect(shortcut, &QShortcut::activated, this,
                [this] { openImage(m_gallery->view()->currentIndex()); });
    }
}

void EvaluatePage::openImage(const QModelIndex& tile)
{
    if (!tile.isValid())
        return;
    const PredictionListModel* model = m_gallery->model();
    const ImageSelection selection = {m_split, model->positions(), m_request.dataset, m_request.threads};
    auto* dialog = new ImageDialog(m_services, selection, tile.row(), window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ImageDialog::moved, this, [this, model, selection](int row) {
        // A training that ended in the meantime may have replaced the images.
        if (m_split == selection.split && model->positions() == selection.positions)
            m_gallery->view()->setCurrentIndex(model->index(row));
    });
    connect(dialog, &ImageDialog::inspectWanted, this, &EvaluatePage::inspectWanted);
    dialog->open();
}

} // namespace ui
