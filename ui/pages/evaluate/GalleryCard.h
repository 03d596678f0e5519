// Gallery of the images that another part of the page selects: a scope of the confusion matrix, filtered and
// sorted here, or a fixed list. Each image can be given a verdict.
#pragma once

#include "ui/models/PredictionListModel.h"
#include "ui/pages/evaluate/ConfusionView.h"
#include "ui/pages/evaluate/GallerySelection.h"
#include "ui/render/GalleryQuery.h"
#include "ui/widgets/Card.h"

#include <memory>

class QComboBox;
class QToolButton;

namespace core
{
class VerdictStore;
}

namespace ui
{

class GalleryView;
class SegmentedButtons;
class VerdictBar;

class GalleryCard : public Card
{
    Q_OBJECT
public:
    /// `verdicts` must outlive this.
    explicit GalleryCard(core::VerdictStore& verdicts, QWidget* parent = nullptr);

    /// Null for none. Shows the errors of all classes, of the final weights.
    void setSplit(std::shared_ptr<const core::EvaluatedSplit> split);
    void setScope(ConfusionScope scope, int trueClass, int predictedClass);
    /// The epoch, from 0, whose predictions scopes use; nullopt for the final weights.
    void setEpoch(std::optional<std::size_t> epoch);
    /// Returns from a fixed list to the last scope.
    void showScope() { showQuery(); }
    void setSelection(GallerySelection selection, OtherPredictions other = {});

    GalleryView* view() const { return m_view; }
    /// Its rows are the shown images; see PredictionListModel::positions().
    PredictionListModel* model() const { return m_model; }

Q_SIGNALS:
    /// The user wants another scope, for the cell that is selected in the matrix.
    void scopeWanted(ui::ConfusionScope scope);

private:
    void makeFilters();
    void fillClasses();
    void makeView();
    void makeVerdicts();
    void showQuery();
    void setFiltersVisible(bool visible);
    void showCount(const QString& emptyText);

    core::VerdictStore& m_verdicts;
    std::shared_ptr<const core::EvaluatedSplit> m_split;
    GalleryQuery m_query;
    PredictionListModel* m_model;
    GalleryView* m_view;
    QLabel* m_empty;
    SegmentedButtons* m_scopes;
    QComboBox* m_outcome;
    QComboBox* m_class;
    QComboBox* m_sort;
    QToolButton* m_reversed;
    VerdictBar* m_verdictBar;
};

} // namespace ui
