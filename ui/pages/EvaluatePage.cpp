#include "ui/pages/EvaluatePage.h"

#include "engine/evaluation/EvaluationCsv.h"
#include "ui/charts/ConfusionPicture.h"
#include "ui/pages/evaluate/FiguresCard.h"
#include "ui/pages/evaluate/GalleryCard.h"
#include "ui/pages/evaluate/MatrixCard.h"
#include "ui/style/TextRole.h"
#include "ui/widgets/ConfusedPairs.h"
#include "ui/widgets/ExportMenu.h"

#include <QGridLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>

namespace ui
{
namespace
{

constexpr int kMessageState = 0;
constexpr int kContentState = 1;

} // namespace

EvaluatePage::EvaluatePage(const Services& services, QWidget* parent)
    : QWidget(parent),
      m_services(services),
      m_states(new QStackedWidget(this)),
      m_message(new QLabel(this)),
      m_progress(new QProgressBar(this)),
      m_cancel(new QPushButton(tr("Cancel"), this)),
      m_matrix(new MatrixCard(this)),
      m_gallery(new GalleryCard(this)),
      m_figures(new FiguresCard(this)),
      m_pairs(new ConfusedPairs(this)),
      m_exports(new ExportMenu(this))
{
    setObjectName(QStringLiteral("evaluatePage"));
    m_matrix->header()->addWidget(makeExportButton());
    auto* content = new QWidget(this);
    auto* grid = new QGridLayout(content);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(12);
    grid->addWidget(m_matrix, 0, 0);
    grid->addWidget(m_gallery, 0, 1);
    grid->addWidget(m_figures, 1, 0);
    grid->addWidget(makePairsCard(), 1, 1);
    grid->setRowStretch(0, 1);
    grid->setColumnStretch(0, 51);
    grid->setColumnStretch(1, 49);
    m_states->addWidget(makeEmptyState());
    m_states->addWidget(content);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_states);

    connect(m_matrix, &MatrixCard::chosen, this, &EvaluatePage::setScope);
    connect(m_gallery, &GalleryCard::scopeWanted, this, [this](ConfusionScope scope) {
        const auto [trueClass, predictedClass] = m_matrix->currentCell();
        setScope(scope, trueClass, predictedClass);
    });
    connect(m_figures, &FiguresCard::kindChosen, this, [this](core::SplitKind kind) {
        m_request.kind = kind;
        evaluate();
    });
    connectService();
    setRun({}, nullptr, {}, 0);
}

void EvaluatePage::connectService()
{
    const core::EvaluationService& service = m_services.evaluations;
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

QWidget* EvaluatePage::makePairsCard()
{
    auto* card = new Card(tr("Most confused"), this);
    m_pairs->setObjectName(QStringLiteral("confusedPairs"));
    card->body()->addWidget(m_pairs, 1);
    connect(m_pairs, &ConfusedPairs::chosen, this, [this](int trueClass, int predictedClass) {
        setScope(ConfusionScope::Cell, trueClass, predictedClass);
    });
    return card;
}

QToolButton* EvaluatePage::makeExportButton()
{
    const auto picture = [this] {
        return titledPicture(m_matrix->cells(), m_split->datasetTitle, core::imagesName(m_split->kind));
    };
    const auto png = [picture](int scale) {
        return [picture, scale] { return confusionPng(picture(), scale); };
    };
    const QString pngName = QStringLiteral("confusion.png");
    m_exports->add("exportPng1", tr("Matrix as PNG, for the screen…"), pngName, png(1));
    m_exports->add("exportPng2", tr("Matrix as PNG, twice as fine…"), pngName, png(2));
    m_exports->add("exportPng4", tr("Matrix as PNG, for print…"), pngName, png(4));
    m_exports->add("exportSvg", tr("Matrix as SVG…"), QStringLiteral("confusion.svg"),
                   [picture] { return confusionSvg(picture()); });
    m_exports->add("exportCsv", tr("Matrix as CSV…"), QStringLiteral("confusion.csv"), [this] {
        return QByteArray::fromStdString(
            engine::confusionCsv(m_matrix->cells().matrix(), m_request.dataset->splits.classNames));
    });
    m_exports->addSeparator();
    m_exports->add("exportPredictions", tr("All predictions as CSV…"), QStringLiteral("predictions.csv"),
                   [this] {
                       return QByteArray::fromStdString(
                           engine::predictionsCsv(m_split->evaluation, m_split->labels, m_split->indices,
                                                  m_request.dataset->splits.classNames));
                   });
    connect(m_exports, &ExportMenu::told, this, &EvaluatePage::told);
    auto* button = new QToolButton(this);
    button->setObjectName(QStringLiteral("exportEvaluation"));
    button->setText(tr("Export ▾"));
    button->setAccessibleName(tr("Export the evaluation"));
    button->setToolTip(tr("Save the matrix as a picture or a table, or all predictions"));
    button->setPopupMode(QToolButton::InstantPopup);
    button->setMenu(m_exports);
    return button;
}

void EvaluatePage::setRun(const QString& folder, std::shared_ptr<const core::LoadedDataset> dataset,
                          const engine::Device& device, int threads)
{
    m_request = {folder, m_figures->kind(), std::move(dataset), device, threads};
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
    m_request.kind = m_split->kind;
    m_figures->setKind(m_split->kind);
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
    m_figures->setSplit(*m_split);
    m_pairs->setMatrix(m_split->evaluation.confusion, m_split->classNames);
    m_matrix->setSplit(m_split);
    m_states->setCurrentIndex(kContentState);
    m_gallery->setSplit(m_split);
}

void EvaluatePage::setScope(ConfusionScope scope, int trueClass, int predictedClass)
{
    if (scope == ConfusionScope::Cell)
        m_matrix->setCurrentCell(trueClass, predictedClass);
    m_gallery->setScope(scope, trueClass, predictedClass);
}

} // namespace ui
