// The figures of an evaluation, and the choice of the images that they are about.
#pragma once

#include "core/evaluation/EvaluatedSplit.h"
#include "ui/widgets/Card.h"

class QComboBox;

namespace ui
{

class ClassFiguresTable;

class FiguresCard : public Card
{
    Q_OBJECT
public:
    explicit FiguresCard(QWidget* parent = nullptr);

    void setSplit(const core::EvaluatedSplit& split);
    core::SplitKind kind() const;
    void setKind(core::SplitKind kind);

Q_SIGNALS:
    /// By the user.
    void kindChosen(core::SplitKind kind);

private:
    QLabel* m_accuracy;
    QLabel* m_accuracyDetail;
    QComboBox* m_kind;
    QLabel* m_warning;
    ClassFiguresTable* m_figures;
    QLabel* m_moreFigures;
};

} // namespace ui
