// The confusion matrix with what decides how it is shown: the unit, the colors, the epoch.
#pragma once

#include "core/evaluation/EvaluatedSplit.h"
#include "ui/pages/evaluate/ConfusionView.h"
#include "ui/render/ConfusionCells.h"
#include "ui/widgets/Card.h"

#include <memory>
#include <optional>

class QCheckBox;
class QSlider;

namespace ui
{

class ConfusionModel;
class SegmentedButtons;

class MatrixCard : public Card
{
    Q_OBJECT
public:
    explicit MatrixCard(QWidget* parent = nullptr);

    /// Shows the matrix of the weights that are kept, with nothing chosen.
    void setSplit(std::shared_ptr<const core::EvaluatedSplit> split);
    /// As they are shown: of the chosen epoch, in the chosen unit.
    const ConfusionCells& cells() const;
    /// After which the matrix stood so, from 0; nothing for the weights that are kept.
    std::optional<std::size_t> epoch() const;

    /// Counts or percent: for the page to place.
    QWidget* unitChoice() const;
    void showScope(ConfusionScope scope, int trueClass, int predictedClass);
    /// The first cell where none was chosen yet.
    std::pair<int, int> currentCell() const;

Q_SIGNALS:
    /// By the user.
    void chosen(ui::ConfusionScope scope, int trueClass, int predictedClass);
    void epochChanged();

protected:
    void changeEvent(QEvent* event) override;

private:
    void showCells();
    engine::ConfusionMatrix shownMatrix() const;

    std::shared_ptr<const core::EvaluatedSplit> m_split;
    ConfusionModel* m_matrix;
    ConfusionView* m_view;
    SegmentedButtons* m_unit;
    QCheckBox* m_errorsFirst;
    QWidget* m_epochRow;
    QSlider* m_epoch;
    QLabel* m_epochText;
};

} // namespace ui
