// The figures of an evaluation: how much is right, by class and all in all.
#pragma once

#include "core/evaluation/EvaluatedSplit.h"
#include "ui/widgets/Card.h"

namespace ui
{

class ClassFiguresTable;

class FiguresCard : public Card
{
    Q_OBJECT
public:
    explicit FiguresCard(QWidget* parent = nullptr);

    void setSplit(const core::EvaluatedSplit& split);

private:
    QLabel* m_accuracy;
    QLabel* m_accuracyDetail;
    QLabel* m_warning;
    ClassFiguresTable* m_figures;
    QLabel* m_moreFigures;
};

} // namespace ui
