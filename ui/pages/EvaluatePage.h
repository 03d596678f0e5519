// Where a run errs: its confusion matrix, the images behind every cell of it, and the figures.
//
//   1. setRun() has the run evaluated (EvaluationService), on the test images
//   2. a click on the matrix, the pairs or the filters makes a GalleryQuery
//   3. the gallery shows what the query selects
#pragma once

#include "core/evaluation/EvaluationService.h"
#include "ui/Services.h"
#include "ui/models/GalleryQuery.h"
#include "ui/widgets/ConfusionView.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QListView;
class QProgressBar;
class QPushButton;
class QSlider;
class QStackedWidget;
class QToolButton;

namespace ui
{

class Card;
class ClassFiguresTable;
class ConfusedPairs;
class ConfusionModel;
class PredictionListModel;
class SegmentedButtons;

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

protected:
    void changeEvent(QEvent* event) override;

private:
    QWidget* makeEmptyState();
    QWidget* makeMatrixCard();
    QWidget* makeGalleryCard();
    QWidget* makeFiguresCard();
    QWidget* makePairsCard();
    void addExportMenu();
    void evaluate();
    void showMessage(const QString& text, bool isBusy);
    void showEvaluation(std::shared_ptr<const core::EvaluatedSplit> split);
    void showMatrix();
    void onEnded(const QString& message);
    void setScope(ConfusionScope scope, int trueClass, int predictedClass);
    void showGallery();
    QString galleryTitle() const;
    engine::ConfusionMatrix shownMatrix() const;
    void exportAs(const QString& suffix, int scale);
    QByteArray exported(const QString& what, int scale) const;

    Services m_services;
    core::EvaluationRequest m_request; ///< whose answer is shown or awaited
    std::shared_ptr<const core::EvaluatedSplit> m_split;
    GalleryQuery m_query;
    ConfusionScope m_scope = ConfusionScope::AllErrors;

    QStackedWidget* m_states;
    QLabel* m_message;
    QProgressBar* m_progress;
    QPushButton* m_cancel;
    QComboBox* m_splitChoice;
    QLabel* m_warning;
    ConfusionModel* m_matrix;
    ConfusionView* m_matrixView;
    SegmentedButtons* m_unit;
    QCheckBox* m_errorsFirst;
    QToolButton* m_export;
    QWidget* m_epochRow;
    QSlider* m_epoch;
    QLabel* m_epochText;
    Card* m_galleryCard;
    PredictionListModel* m_gallery;
    QListView* m_galleryView;
    QLabel* m_galleryEmpty;
    SegmentedButtons* m_scopes;
    QComboBox* m_sort;
    QComboBox* m_outcome;
    QLabel* m_accuracy;
    QLabel* m_accuracyDetail;
    QLabel* m_moreFigures;
    ClassFiguresTable* m_figures;
    ConfusedPairs* m_pairs;
};

} // namespace ui
