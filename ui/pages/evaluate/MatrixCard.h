// The confusion matrix with its display options: unit, colors and epoch.
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

    /// Shows the matrix of the final weights, with nothing selected.
    void setSplit(std::shared_ptr<const core::EvaluatedSplit> split);
    /// The displayed cells: of the selected epoch, in the selected unit.
    const ConfusionCells& cells() const;
    /// The epoch of the displayed matrix, from 0; nullopt for the final weights.
    std::optional<std::size_t> epoch() const;

    /// Switch between counts and percentages; the page places it.
    QWidget* unitChoice() const;
    void showScope(ConfusionScope scope, int trueClass, int predictedClass);
    /// The first cell if none has been selected yet.
    std::pair<int, int> currentCell() const;

Q_SIGNALS:
    /// Emitted for user input only.
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
