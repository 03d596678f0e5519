// The images that something else on the page has chosen: a scope of the confusion matrix, of which the
// filters here make a choice, or a list that is shown as it is. Each can be judged.
#pragma once

#include "ui/models/GalleryQuery.h"
#include "ui/pages/evaluate/GallerySelection.h"
#include "ui/widgets/Card.h"
#include "ui/widgets/ConfusionView.h"

#include <memory>

class QComboBox;

namespace core
{
class VerdictStore;
}

namespace ui
{

class GalleryView;
class PredictionListModel;
class SegmentedButtons;
class VerdictBar;

class GalleryCard : public Card
{
    Q_OBJECT
public:
    /// `verdicts` outlives this.
    explicit GalleryCard(core::VerdictStore& verdicts, QWidget* parent = nullptr);

    /// Null for none. Shows the errors of all classes.
    void setSplit(std::shared_ptr<const core::EvaluatedSplit> split);
    void setScope(ConfusionScope scope, int trueClass, int predictedClass);
    /// The scope that was chosen last, after a selection.
    void showScope() { showQuery(); }
    /// `other` is what another run, called `otherName`, says of the same images; null for none.
    void setSelection(GallerySelection selection, std::shared_ptr<const core::EvaluatedSplit> other = {},
                      const QString& otherName = {});

    GalleryView* view() const { return m_view; }
    /// Rows are what is shown; see PredictionListModel::positions().
    PredictionListModel* model() const { return m_model; }

Q_SIGNALS:
    /// By the user, of the cell that is chosen elsewhere.
    void scopeWanted(ui::ConfusionScope scope);

private:
    void makeFilters();
    void makeView();
    void makeVerdicts();
    QString title() const;
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
    QComboBox* m_sort;
    QComboBox* m_outcome;
    VerdictBar* m_verdictBar;
};

} // namespace ui
