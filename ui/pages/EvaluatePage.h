// Where a run errs, in three views: confusion matrix, error laboratory, and comparison with another run.
//
//   1. setRun() has the run evaluated on the test images (EvaluationService)
//   2. a click in the current view selects images: a scope of the matrix, a ranking, a count
//   3. the gallery beside the views shows these images
#pragma once

#include "core/evaluation/EvaluationService.h"
#include "engine/evaluation/RejectedLabels.h"
#include "ui/Services.h"
#include "ui/pages/evaluate/ConfusionView.h"

#include <QWidget>

#include <cstdint>

class QComboBox;
class QLabel;
class QModelIndex;
class QStackedWidget;
class QToolButton;

namespace ui
{

class Card;
class CompareCard;
class ConfusedPairs;
class ExportMenu;
class MetricsCard;
class GalleryCard;
class LaboratoryCard;
class MatrixCard;
class SegmentedButtons;
class VerdictsCard;
class WaitingCard;
struct GallerySelection;

class EvaluatePage : public QWidget
{
    Q_OBJECT
public:
    explicit EvaluatePage(const Services& services, QWidget* parent = nullptr);

    /// The run in `folder`, which was trained on `dataset`; an empty folder for none. `device` and `threads`
    /// are used for whatever is not stored with the run.
    void setRun(const QString& folder, std::shared_ptr<const core::LoadedDataset> dataset,
                const engine::Device& device, int threads);

Q_SIGNALS:
    /// A message for the user: an export, or an error while something else is shown.
    void messageReported(const QString& message, bool isSuccess);
    /// Open an image, by its index in its split, on the Inspect page.
    void inspectWanted(core::SplitKind kind, std::uint32_t index);
    /// There is no model to evaluate: the user wants to train one.
    void trainWanted();

private:
    enum class View { Matrix, Laboratory, Compare }; // in the order of the buttons

    QWidget* makeContent();
    QLayout* makeViewRow();
    QWidget* makePairsCard();
    QToolButton* makeExportButton();
    void connectParts();
    void connectServices();
    void makeShortcuts();
    void evaluate();
    bool isAwaiting() const;
    void showMessage(const QString& text, const QString& actionText = {});
    void showThatThereIsNone();
    void showRunName();
    void showEvaluation(std::shared_ptr<const core::EvaluatedSplit> split);
    void onEnded(const QString& message);
    /// Of the current matrix.
    void showPairs();
    core::SplitKind chosenKind() const;
    std::span<const engine::RejectedLabel> rejectedLabels() const;
    View shownView() const;
    void showView(View view);
    /// Selects the initial images of the current view.
    void showImagesOfView();
    void setScope(ConfusionScope scope, int trueClass, int predictedClass);
    void openImagesByTheirTiles();
    void openImage(const QModelIndex& tile);

    Services m_services;
    core::EvaluationRequest m_request; ///< the request that is shown or pending
    std::shared_ptr<const core::EvaluatedSplit> m_split;

    QStackedWidget* m_states;
    WaitingCard* m_waiting;
    SegmentedButtons* m_views;
    QLabel* m_run;
    QComboBox* m_kind;
    QStackedWidget* m_viewStack;    ///< the cards of the views
    QStackedWidget* m_metricsStack; ///< below them
    MatrixCard* m_matrix;
    GalleryCard* m_gallery;
    MetricsCard* m_metrics;
    LaboratoryCard* m_laboratory;
    VerdictsCard* m_verdicts;
    CompareCard* m_compare;
    ConfusedPairs* m_pairs;
    Card* m_pairsCard = nullptr;
    ExportMenu* m_exports;
};

} // namespace ui
