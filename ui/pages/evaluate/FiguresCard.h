// The figures of an evaluation: how much is right, by class and all in all.
#pragma once

#include "core/evaluation/EvaluatedSplit.h"
#include "ui/widgets/Card.h"

class QPushButton;

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
    void showCalibration();

    engine::EvaluationFigures m_shown;
    QString m_imagesName;
    QLabel* m_accuracy;
    QLabel* m_accuracyDetail;
    QLabel* m_warning;
    ClassFiguresTable* m_figures;
    QLabel* m_moreFigures;
    QPushButton* m_calibration;
};

} // namespace ui
