// The images that something else on the page has chosen, and which of them, in which order.
#pragma once

#include "ui/models/GalleryQuery.h"
#include "ui/widgets/Card.h"
#include "ui/widgets/ConfusionView.h"

#include <memory>

class QComboBox;
class QListView;

namespace ui
{

class PredictionListModel;
class SegmentedButtons;

class GalleryCard : public Card
{
    Q_OBJECT
public:
    explicit GalleryCard(QWidget* parent = nullptr);

    /// Null for none. Shows the errors of all classes.
    void setSplit(std::shared_ptr<const core::EvaluatedSplit> split);
    void setScope(ConfusionScope scope, int trueClass, int predictedClass);

    QListView* view() const { return m_view; }
    /// Rows are what is shown; see PredictionListModel::positions().
    PredictionListModel* model() const { return m_model; }

Q_SIGNALS:
    /// By the user, of the cell that is chosen elsewhere.
    void scopeWanted(ui::ConfusionScope scope);

private:
    void makeFilters();
    void makeView();
    QString title() const;
    void showImages();

    std::shared_ptr<const core::EvaluatedSplit> m_split;
    GalleryQuery m_query;
    PredictionListModel* m_model;
    QListView* m_view;
    QLabel* m_empty;
    SegmentedButtons* m_scopes;
    QComboBox* m_sort;
    QComboBox* m_outcome;
};

} // namespace ui
