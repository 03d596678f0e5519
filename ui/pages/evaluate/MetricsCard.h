// The metrics of an evaluation, overall and per class.
#pragma once

#include "core/evaluation/EvaluatedSplit.h"
#include "ui/widgets/Card.h"

class QPushButton;

namespace ui
{

class ClassMetricsTable;

class MetricsCard : public Card
{
    Q_OBJECT
public:
    explicit MetricsCard(QWidget* parent = nullptr);

    void setSplit(const core::EvaluatedSplit& split);

private:
    void showCalibration();

    engine::EvaluationMetrics m_shown;
    QString m_imagesName;
    QLabel* m_accuracy;
    QLabel* m_accuracyDetail;
    QLabel* m_warning;
    ClassMetricsTable* m_metrics;
    QLabel* m_moreMetrics;
    QPushButton* m_calibration;
};

} // namespace ui
