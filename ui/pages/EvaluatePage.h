// Where a run errs, in three views: its confusion matrix, the laboratory of its errors, and beside another
// run.
//
//   1. setRun() has the run evaluated (EvaluationService), on the test images
//   2. a click in the view on show chooses images: a scope of the matrix, a list, a count
//   3. the gallery, which is beside all of them, shows these images
#pragma once

#include "core/evaluation/EvaluationService.h"
#include "engine/evaluation/RejectedLabels.h"
#include "ui/Services.h"
#include "ui/pages/evaluate/ConfusionView.h"

#include <QWidget>

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
    /// compute what was not kept with it.
    void setRun(const QString& folder, std::shared_ptr<const core::LoadedDataset> dataset,
                const engine::Device& device, int threads);

Q_SIGNALS:
    /// News for the window: what was exported, or what went wrong while something else is shown.
    void told(const QString& message, bool isSuccess);
    /// An image, by its index in its split, is to be seen inside the network.
    void inspectWanted(core::SplitKind kind, std::uint32_t index);
    /// There is no model to evaluate.
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
    /// Of the matrix that is shown.
    void showPairs();
    core::SplitKind chosenKind() const;
    std::span<const engine::RejectedLabel> rejectedLabels() const;
    View shownView() const;
    void showView(View view);
    /// What the view on show chooses at first.
    void showImagesOfView();
    void setScope(ConfusionScope scope, int trueClass, int predictedClass);
    void openImagesByTheirTiles();
    void openImage(const QModelIndex& tile);

    Services m_services;
    core::EvaluationRequest m_request; ///< whose answer is shown or awaited
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
