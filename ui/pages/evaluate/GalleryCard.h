// The images that something else on the page has chosen: a scope of the confusion matrix, of which the
// filters here make a choice, or a list that is shown as it is. Each can be judged.
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
    /// `verdicts` outlives this.
    explicit GalleryCard(core::VerdictStore& verdicts, QWidget* parent = nullptr);

    /// Null for none. Shows the errors of all classes, of the weights that are kept.
    void setSplit(std::shared_ptr<const core::EvaluatedSplit> split);
    void setScope(ConfusionScope scope, int trueClass, int predictedClass);
    /// Scopes choose from what was predicted after this epoch, from 0; nothing for the weights that are kept.
    void setEpoch(std::optional<std::size_t> epoch);
    /// The scope that was chosen last, after a selection.
    void showScope() { showQuery(); }
    void setSelection(GallerySelection selection, OtherPredictions other = {});

    GalleryView* view() const { return m_view; }
    /// Rows are what is shown; see PredictionListModel::positions().
    PredictionListModel* model() const { return m_model; }

Q_SIGNALS:
    /// By the user, of the cell that is chosen elsewhere.
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
