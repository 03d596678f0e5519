// Where a run errs: its confusion matrix, the images behind every cell of it, and the figures.
//
//   1. setRun() has the run evaluated (EvaluationService), on the test images
//   2. a click on the matrix or the pairs chooses a scope
//   3. the gallery shows the images of that scope
#pragma once

#include "core/evaluation/EvaluationService.h"
#include "ui/Services.h"
#include "ui/widgets/ConfusionView.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace ui
{

class ConfusedPairs;
class ExportMenu;
class FiguresCard;
class GalleryCard;
class MatrixCard;

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

private:
    QWidget* makeEmptyState();
    QWidget* makePairsCard();
    QToolButton* makeExportButton();
    void connectService();
    void evaluate();
    void showMessage(const QString& text, bool isBusy);
    void showEvaluation(std::shared_ptr<const core::EvaluatedSplit> split);
    void onEnded(const QString& message);
    void setScope(ConfusionScope scope, int trueClass, int predictedClass);

    Services m_services;
    core::EvaluationRequest m_request; ///< whose answer is shown or awaited
    std::shared_ptr<const core::EvaluatedSplit> m_split;

    QStackedWidget* m_states;
    QLabel* m_message;
    QProgressBar* m_progress;
    QPushButton* m_cancel;
    MatrixCard* m_matrix;
    GalleryCard* m_gallery;
    FiguresCard* m_figures;
    ConfusedPairs* m_pairs;
    ExportMenu* m_exports;
};

} // namespace ui
