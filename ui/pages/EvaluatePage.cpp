#include "ui/pages/EvaluatePage.h"

#include "engine/evaluation/EvaluationCsv.h"
#include "engine/evaluation/Percent.h"
#include "engine/evaluation/WilsonInterval.h"
#include "engine/storage/AtomicFile.h"
#include "ui/charts/ConfusionPicture.h"
#include "ui/delegates/PredictionDelegate.h"
#include "ui/models/ConfusionModel.h"
#include "ui/models/PredictionListModel.h"
#include "ui/style/TextRole.h"
#include "ui/widgets/Card.h"
#include "ui/widgets/ClassFiguresTable.h"
#include "ui/widgets/ConfusedPairs.h"
#include "ui/widgets/SegmentedButtons.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QSlider>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QToolButton>
#include <QVBoxLayout>

namespace ui
{
namespace
{

constexpr int kMessageState = 0;
constexpr int kContentState = 1;

template<typename Enum>
Enum chosenIn(const QComboBox* box)
{
    return static_cast<Enum>(box->currentData().toInt());
}

} // namespace

EvaluatePage::EvaluatePage(const Services& services, QWidget* parent)
    : QWidget(parent),
      m_services(services),
      m_states(new QStackedWidget(this)),
      m_message(new QLabel(this)),
      m_progress(new QProgressBar(this)),
      m_cancel(new QPushButton(tr("Cancel"), this)),
      m_splitChoice(new QComboBox(this)),
      m_warning(new QLabel(this)),
      m_matrix(new ConfusionModel(this)),
      m_matrixView(new ConfusionView(this)),
      m_unit(new SegmentedButtons(SegmentedButtons::Mode::One, this)),
      m_errorsFirst(new QCheckBox(tr("errors first"), this)),
      m_export(new QToolButton(this)),
      m_epochRow(new QWidget(this)),
      m_epoch(new QSlider(Qt::Horizontal, this)),
      m_epochText(new QLabel(this)),
      m_gallery(new PredictionListModel(this)),
      m_galleryView(new QListView(this)),
      m_galleryEmpty(new QLabel(m_galleryView)),
      m_scopes(new SegmentedButtons(SegmentedButtons::Mode::One, this)),
      m_sort(new QComboBox(this)),
      m_outcome(new QComboBox(this)),
      m_accuracy(new QLabel(this)),
      m_accuracyDetail(new QLabel(this)),
      m_moreFigures(new QLabel(this)),
      m_figures(new ClassFiguresTable(this)),
      m_pairs(new ConfusedPairs(this))
{
    setObjectName(QStringLiteral("evaluatePage"));
    auto* content = new QWidget(this);
    auto* grid = new QGridLayout(content);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(12);
    grid->addWidget(makeMatrixCard(), 0, 0);
    grid->addWidget(makeGalleryCard(), 0, 1);
    grid->addWidget(makeFiguresCard(), 1, 0);
    grid->addWidget(makePairsCard(), 1, 1);
    grid->setRowStretch(0, 1);
    grid->setColumnStretch(0, 51);
    grid->setColumnStretch(1, 49);
    m_states->addWidget(makeEmptyState());
    m_states->addWidget(content);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_states);

    const core::EvaluationService& service = services.evaluations;
    connect(&service, &core::EvaluationService::evaluated, this, &EvaluatePage::showEvaluation);
    connect(&service, &core::EvaluationService::failed, this,
            [this](const engine::Error& error) { onEnded(QString::fromStdString(error.message)); });
    connect(&service, &core::EvaluationService::cancelled, this,
            [this] { onEnded(tr("The evaluation was cancelled.")); });
    connect(&service, &core::EvaluationService::progressed, this,
            [this](std::size_t done, std::size_t total) {
                m_progress->setRange(0, static_cast<int>(total));
                m_progress->setValue(static_cast<int>(done));
            });
    setRun({}, nullptr, {}, 0);
}

QWidget* EvaluatePage::makeEmptyState()
{
    auto* card = new Card({}, this);
    m_message->setObjectName(QStringLiteral("evaluateMessage"));
    m_message->setAlignment(Qt::AlignCenter);
    m_message->setWordWrap(true);
    setTextRole(m_message, TextRole::Secondary);
    m_progress->setFixedWidth(280);
    m_progress->setAccessibleName(tr("Progress of the evaluation"));
    m_progress->setObjectName(QStringLiteral("evaluationProgress"));
    m_cancel->setAccessibleName(tr("Cancel the evaluation"));
    m_cancel->setObjectName(QStringLiteral("cancelEvaluation"));
    connect(m_cancel, &QPushButton::clicked, &m_services.evaluations, &core::EvaluationService::cancel);
    card->body()->addStretch();
    card->body()->addWidget(m_message);
    card->body()->addWidget(m_progress, 0, Qt::AlignHCenter);
    card->body()->addWidget(m_cancel, 0, Qt::AlignHCenter);
    card->body()->addStretch();
    return card;
}

QWidget* EvaluatePage::makeMatrixCard()
{
    auto* card = new Card(tr("Confusion matrix"), this);
    m_matrixView->setObjectName(QStringLiteral("confusionMatrix"));
    m_matrixView->setAccessibleName(tr("Confusion matrix: rows true, columns predicted"));
    m_matrixView->setModel(m_matrix);
    m_unit->setObjectName(QStringLiteral("confusionUnit"));
    m_unit->setSegments({tr("Counts"), tr("Row %"), tr("Col %")},
                        {tr("Images"), tr("Percent of the images of the true class"),
                         tr("Percent of the images predicted as the class")});
    m_errorsFirst->setObjectName(QStringLiteral("errorsFirst"));
    m_errorsFirst->setAccessibleName(tr("Errors first"));
    m_errorsFirst->setToolTip(tr("Leave the diagonal out of the colours, so that the errors are seen"));
    m_errorsFirst->setChecked(true);
    addExportMenu();
    for (QWidget* widget : std::initializer_list<QWidget*>{m_unit, m_export})
        card->header()->addWidget(widget);

    m_epoch->setObjectName(QStringLiteral("confusionEpoch"));
    m_epoch->setAccessibleName(tr("Epoch whose matrix is shown"));
    m_epoch->setToolTip(tr("How the matrix looked after each epoch"));
    m_epoch->setPageStep(1);
    m_epochText->setObjectName(QStringLiteral("confusionEpochText"));
    setTextRole(m_epochText, TextRole::Small);
    m_epochText->setMinimumWidth(150);
    auto* row = new QHBoxLayout(m_epochRow);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_epochText);
    row->addWidget(m_epoch, 1);
    auto* foot = new QHBoxLayout;
    foot->addWidget(m_epochRow, 1);
    foot->addStretch();
    foot->addWidget(m_errorsFirst);
    card->body()->addWidget(m_matrixView, 1);
    card->body()->addLayout(foot);

    connect(m_matrixView, &ConfusionView::chosen, this, &EvaluatePage::setScope);
    connect(m_unit, &SegmentedButtons::toggled, this, &EvaluatePage::showMatrix);
    connect(m_errorsFirst, &QCheckBox::toggled, this, &EvaluatePage::showMatrix);
    connect(m_epoch, &QSlider::valueChanged, this, &EvaluatePage::showMatrix);
    return card;
}

void EvaluatePage::addExportMenu()
{
    m_export->setObjectName(QStringLiteral("exportEvaluation"));
    m_export->setText(tr("Export ▾"));
    m_export->setAccessibleName(tr("Export the evaluation"));
    m_export->setToolTip(tr("Save the matrix as a picture or a table, or all predictions"));
    m_export->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(m_export);
    const auto add = [&](const char* name, const QString& text, const QString& what, int scale) {
        QAction* action = menu->addAction(text);
        action->setObjectName(QLatin1String(name));
        connect(action, &QAction::triggered, this, [this, what, scale] { exportAs(what, scale); });
    };
    add("exportPng1", tr("Matrix as PNG, for the screen…"), QStringLiteral("confusion.png"), 1);
    add("exportPng2", tr("Matrix as PNG, twice as fine…"), QStringLiteral("confusion.png"), 2);
    add("exportPng4", tr("Matrix as PNG, for print…"), QStringLiteral("confusion.png"), 4);
    add("exportSvg", tr("Matrix as SVG…"), QStringLiteral("confusion.svg"), 1);
    add("exportCsv", tr("Matrix as CSV…"), QStringLiteral("confusion.csv"), 1);
    menu->addSeparator();
    add("exportPredictions", tr("All predictions as CSV…"), QStringLiteral("predictions.csv"), 1);
    m_export->setMenu(menu);
}

QWidget* EvaluatePage::makeGalleryCard()
{
    m_galleryCard = new Card(tr("Images"), this);
    m_scopes->setObjectName(QStringLiteral("galleryScope"));
    m_scopes->setSegments({tr("Cell"), tr("Row"), tr("Column"), tr("All")},
                          {tr("The images of the chosen cell"), tr("All images of the chosen true class"),
                           tr("All images predicted as the chosen class"), tr("All images")});
    m_galleryCard->header()->addWidget(m_scopes);

    m_outcome->setObjectName(QStringLiteral("galleryOutcome"));
    m_outcome->setAccessibleName(tr("Right or wrong"));
    m_outcome->addItem(tr("wrong"), static_cast<int>(GalleryOutcome::Wrong));
    m_outcome->addItem(tr("right"), static_cast<int>(GalleryOutcome::Right));
    m_outcome->addItem(tr("right and wrong"), static_cast<int>(GalleryOutcome::All));
    m_sort->setObjectName(QStringLiteral("gallerySort"));
    m_sort->setAccessibleName(tr("Order of the images"));
    m_sort->addItem(tr("most confident first"), static_cast<int>(GallerySort::Confidence));
    m_sort->addItem(tr("highest loss first"), static_cast<int>(GallerySort::Loss));
    m_sort->addItem(tr("smallest margin first"), static_cast<int>(GallerySort::Margin));
    m_sort->addItem(tr("highest entropy first"), static_cast<int>(GallerySort::Entropy));
    m_sort->addItem(tr("by index"), static_cast<int>(GallerySort::Index));
    m_sort->setToolTip(tr("Margin: the prediction's probability less that of the next class"));
    auto* filters = new QHBoxLayout;
    filters->addWidget(m_outcome);
    filters->addWidget(m_sort);
    filters->addStretch();
    m_galleryCard->body()->addLayout(filters);

    m_galleryView->setObjectName(QStringLiteral("gallery"));
    m_galleryView->setAccessibleName(tr("Images of the selection"));
    m_galleryView->setModel(m_gallery);
    m_galleryView->setItemDelegate(new PredictionDelegate(this));
    m_galleryView->setFlow(QListView::LeftToRight);
    m_galleryView->setWrapping(true);
    m_galleryView->setResizeMode(QListView::Adjust);
    m_galleryView->setUniformItemSizes(true);
    m_galleryView->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_galleryView->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_galleryEmpty->setText(tr("No image is in this selection."));
    m_galleryEmpty->setAlignment(Qt::AlignCenter);
    setTextRole(m_galleryEmpty, TextRole::Secondary);
    auto* overlay = new QVBoxLayout(m_galleryView);
    overlay->addWidget(m_galleryEmpty);
    m_galleryCard->body()->addWidget(m_galleryView, 1);

    connect(m_scopes, &SegmentedButtons::toggled, this, [this](int scope) {
        const QModelIndex cell = m_matrixView->currentIndex();
        setScope(static_cast<ConfusionScope>(scope), std::max(0, cell.row()), std::max(0, cell.column()));
    });
    connect(m_outcome, &QComboBox::currentIndexChanged, this, [this] {
        m_query.outcome = chosenIn<GalleryOutcome>(m_outcome);
        showGallery();
    });
    connect(m_sort, &QComboBox::currentIndexChanged, this, [this] {
        m_query.sort = chosenIn<GallerySort>(m_sort);
        showGallery();
    });
    return m_galleryCard;
}

QWidget* EvaluatePage::makeFiguresCard()
{
    auto* card = new Card({}, this);
    m_accuracy->setObjectName(QStringLiteral("accuracy"));
    m_accuracy->setProperty("role", QLatin1String("heading"));
    m_accuracyDetail->setObjectName(QStringLiteral("accuracyDetail"));
    setTextRole(m_accuracyDetail, TextRole::Small);
    m_splitChoice->setObjectName(QStringLiteral("evaluatedSplit"));
    m_splitChoice->setAccessibleName(tr("Images to evaluate on"));
    m_splitChoice->addItem(tr("Test images"), static_cast<int>(core::SplitKind::Test));
    m_splitChoice->addItem(tr("Validation images"), static_cast<int>(core::SplitKind::Validation));
    m_splitChoice->addItem(tr("Training images"), static_cast<int>(core::SplitKind::Train));
    auto* line = new QHBoxLayout;
    line->setSpacing(8);
    line->addWidget(m_accuracy);
    line->addWidget(m_accuracyDetail);
    line->addStretch();
    line->addWidget(m_splitChoice);
    m_warning->setObjectName(QStringLiteral("trainSplitWarning"));
    m_warning->setWordWrap(true);
    m_warning->setText(
        tr("⚠ The model has seen these images while training: how it does on them says nothing "
           "about new ones."));
    setTextRole(m_warning, TextRole::Small);
    m_moreFigures->setObjectName(QStringLiteral("moreFigures"));
    m_moreFigures->setWordWrap(true);
    setTextRole(m_moreFigures, TextRole::Small);
    m_figures->setObjectName(QStringLiteral("classFigures"));
    m_figures->setFixedHeight(116);
    card->body()->addLayout(line);
    card->body()->addWidget(m_warning);
    card->body()->addWidget(m_figures);
    card->body()->addWidget(m_moreFigures);
    connect(m_splitChoice, &QComboBox::currentIndexChanged, this, [this] {
        m_request.kind = chosenIn<core::SplitKind>(m_splitChoice);
        evaluate();
    });
    return card;
}

QWidget* EvaluatePage::makePairsCard()
{
    auto* card = new Card(tr("Most confused"), this);
    m_pairs->setObjectName(QStringLiteral("confusedPairs"));
    card->body()->addWidget(m_pairs, 1);
    connect(m_pairs, &ConfusedPairs::chosen, this, [this](int trueClass, int predictedClass) {
        m_matrixView->setCurrentCell(trueClass, predictedClass);
        setScope(ConfusionScope::Cell, trueClass, predictedClass);
    });
    return card;
}

void EvaluatePage::setRun(const QString& folder, std::shared_ptr<const core::LoadedDataset> dataset,
                          const engine::Device& device, int threads)
{
    m_request = {folder, chosenIn<core::SplitKind>(m_splitChoice), std::move(dataset), device, threads};
    evaluate();
}

void EvaluatePage::evaluate()
{
    if (m_request.runFolder.isEmpty() || !m_request.dataset) {
        m_services.evaluations.cancel();
        m_split.reset();
        return showMessage(
            tr("No trained model yet.\nTrain one, or choose a run at the top: what it gets right "
               "and wrong is shown here."),
            false);
    }
    showMessage(tr("Evaluating on the %1 …").arg(core::imagesName(m_request.kind)), true);
    m_progress->setRange(0, 0);
    m_services.evaluations.evaluate(m_request);
}

void EvaluatePage::onEnded(const QString& message)
{
    const bool isSameRun = m_split && m_split->runFolder == m_request.runFolder;
    if (!isSameRun) {
        m_split.reset();
        return showMessage(message, false);
    }
    // Other images of the run that is shown were asked for: back to those.
    const QSignalBlocker blocker(m_splitChoice);
    m_request.kind = m_split->kind;
    m_splitChoice->setCurrentIndex(static_cast<int>(m_split->kind));
    m_states->setCurrentIndex(kContentState);
    Q_EMIT told(message, false);
}

void EvaluatePage::showMessage(const QString& text, bool isBusy)
{
    m_message->setText(text);
    m_progress->setVisible(isBusy);
    m_cancel->setVisible(isBusy);
    m_states->setCurrentIndex(kMessageState);
}

void EvaluatePage::showEvaluation(std::shared_ptr<const core::EvaluatedSplit> split)
{
    m_split = std::move(split);
    const engine::EvaluationFigures& figures = m_split->figures;
    const engine::Interval interval = engine::wilsonInterval(figures.correct, figures.total);
    m_accuracy->setText(tr("%1 %").arg(engine::shownPercent(figures.correct, figures.total), 0, 'f', 2));
    m_accuracyDetail->setText(tr("%L1 of %L2 · 95 % CI %3–%4")
                                  .arg(figures.correct)
                                  .arg(figures.total)
                                  .arg(100 * interval.low, 0, 'f', 2)
                                  .arg(100 * interval.high, 0, 'f', 2));
    m_accuracyDetail->setToolTip(
        tr("Wilson's score interval: where the accuracy on very many such images lies, in 95 "
           "of 100 cases"));
    m_moreFigures->setText(
        tr("macro F1 %1 % · weighted F1 %2 % · top-2 %L3 · negative log-likelihood %4 · calibration "
           "error %5 %")
            .arg(100 * figures.macro.f1, 0, 'f', 2)
            .arg(100 * figures.weighted.f1, 0, 'f', 2)
            .arg(figures.correctWithinTwo)
            .arg(figures.meanLoss, 0, 'f', 4)
            .arg(100 * figures.calibrationError, 0, 'f', 2));
    m_moreFigures->setToolTip(
        tr("Top-2: the true class is among the two most probable. Calibration error: how far "
           "confidence and accuracy lie apart, on average"));
    m_warning->setVisible(!m_split->isOutOfSample());
    m_figures->setFigures(figures, m_split->classNames);
    m_pairs->setMatrix(m_split->evaluation.confusion, m_split->classNames);
    const int epochs = static_cast<int>(m_split->epochs.size());
    m_epochRow->setVisible(epochs > 1);
    {
        const QSignalBlocker blocker(m_epoch);
        m_epoch->setRange(1, epochs + 1); // one more: the weights that are kept
        m_epoch->setValue(epochs + 1);
    }
    m_matrixView->clearSelection();
    showMatrix();
    m_states->setCurrentIndex(kContentState);
    setScope(ConfusionScope::AllErrors, 0, 0);
}

engine::ConfusionMatrix EvaluatePage::shownMatrix() const
{
    const auto epoch = static_cast<std::size_t>(m_epoch->value());
    if (epoch > m_split->epochs.size())
        return m_split->evaluation.confusion;
    engine::ConfusionMatrix matrix(m_split->evaluation.confusion.classCount());
    const std::vector<std::uint8_t>& predictions = m_split->epochs[epoch - 1];
    for (std::size_t i = 0; i < predictions.size(); ++i)
        matrix.add(m_split->labels[i], predictions[i]);
    return matrix;
}

void EvaluatePage::showMatrix()
{
    if (!m_split)
        return;
    const ConfusionUnit unit = m_unit->isChecked(1)   ? ConfusionUnit::RowShare
                               : m_unit->isChecked(2) ? ConfusionUnit::ColumnShare
                                                      : ConfusionUnit::Counts;
    const engine::ConfusionMatrix matrix = shownMatrix();
    const int epochs = static_cast<int>(m_split->epochs.size());
    const QString accuracy =
        QString::number(engine::shownPercent(matrix.correctCount(), matrix.total()), 'f', 2);
    m_epochText->setText(
        m_epoch->value() > epochs
            ? tr("the model as kept: %1 %").arg(accuracy)
            : tr("after epoch %1 of %2: %3 %").arg(m_epoch->value()).arg(epochs).arg(accuracy));
    m_matrix->setCells({matrix, m_split->classNames, unit, m_errorsFirst->isChecked()});
}

void EvaluatePage::setScope(ConfusionScope scope, int trueClass, int predictedClass)
{
    m_scope = scope;
    m_scopes->setChecked(static_cast<int>(scope));
    const bool hasRow = scope == ConfusionScope::Cell || scope == ConfusionScope::Row;
    const bool hasColumn = scope == ConfusionScope::Cell || scope == ConfusionScope::Column;
    m_query.trueClass = hasRow ? std::optional(trueClass) : std::nullopt;
    m_query.predictedClass = hasColumn ? std::optional(predictedClass) : std::nullopt;
    if (scope == ConfusionScope::Cell)
        m_matrixView->setCurrentCell(trueClass, predictedClass);
    showGallery();
}

QString EvaluatePage::galleryTitle() const
{
    const auto name = [&](std::optional<int> index) { return m_split->classNames.value(*index); };
    if (m_query.trueClass && m_query.predictedClass)
        return tr("true %1 → predicted %2").arg(name(m_query.trueClass), name(m_query.predictedClass));
    if (m_query.trueClass)
        return tr("true %1").arg(name(m_query.trueClass));
    if (m_query.predictedClass)
        return tr("predicted %1").arg(name(m_query.predictedClass));
    return tr("all classes");
}

void EvaluatePage::showGallery()
{
    if (!m_split)
        return;
    GalleryQuery query = m_query;
    const bool isCell = query.trueClass && query.predictedClass;
    if (isCell) // which says itself whether they are right
        query.outcome = GalleryOutcome::All;
    m_outcome->setEnabled(!isCell);
    std::vector<std::uint32_t> positions = select(*m_split, query);
    const auto count = positions.size();
    const QString images = count == 1 ? tr("1 image") : tr("%L1 images").arg(count);
    m_galleryCard->setTitle(galleryTitle());
    m_galleryCard->setSubtitle(isCell || query.outcome == GalleryOutcome::All ? tr("· %1").arg(images)
                               : query.outcome == GalleryOutcome::Wrong       ? tr("· %1 wrong").arg(images)
                                                                        : tr("· %1 right").arg(images));
    m_gallery->show(m_split, std::move(positions));
    m_galleryEmpty->setVisible(count == 0);
    m_galleryView->scrollToTop();
}

QByteArray EvaluatePage::exported(const QString& what, int scale) const
{
    if (what == QLatin1String("predictions.csv")) {
        std::vector<std::string> names = m_request.dataset->splits.classNames;
        return QByteArray::fromStdString(
            engine::predictionsCsv(m_split->evaluation, m_split->labels, m_split->indices, names));
    }
    if (what == QLatin1String("confusion.csv")) {
        return QByteArray::fromStdString(
            engine::confusionCsv(m_matrix->cells().matrix(), m_request.dataset->splits.classNames));
    }
    const ConfusionPicture picture =
        titledPicture(m_matrix->cells(), m_split->datasetTitle, core::imagesName(m_split->kind));
    return what.endsWith(QLatin1String("svg")) ? confusionSvg(picture) : confusionPng(picture, scale);
}

void EvaluatePage::exportAs(const QString& what, int scale)
{
    const QDir folder(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    const QString suffix = QFileInfo(what).suffix();
    QString path = QFileDialog::getSaveFileName(this, tr("Export"), folder.filePath(what),
                                                tr("%1 files (*.%2)").arg(suffix.toUpper(), suffix));
    if (path.isEmpty())
        return;
    if (QFileInfo(path).suffix().isEmpty())
        path += QLatin1Char('.') + suffix;
    const QByteArray content = exported(what, scale);
    const auto written = engine::writeFileAtomically(
        path.toStdString(), std::string_view(content.constData(), static_cast<std::size_t>(content.size())));
    if (written)
        Q_EMIT told(tr("Saved %1.").arg(path), true);
    else
        Q_EMIT told(QString::fromStdString(written.error().message), false);
}

void EvaluatePage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        m_matrixView->viewport()->update();
    QWidget::changeEvent(event);
}

} // namespace ui
