// Calibration of a run: the reliability diagram and a summary in words.
#pragma once

#include "engine/evaluation/EvaluationMetrics.h"

#include <QDialog>

class QLabel;

namespace ui
{

class ReliabilityDiagram;

class CalibrationDialog : public QDialog
{
    Q_OBJECT
public:
    /// `imagesName`: "test images".
    CalibrationDialog(const engine::EvaluationMetrics& metrics, const QString& imagesName,
                      QWidget* parent = nullptr);

private:
    void showBin(int bin);

    ReliabilityDiagram* m_diagram;
    QLabel* m_reading;
};

} // namespace ui
