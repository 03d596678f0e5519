// Formats an evaluation as text tables.
#pragma once

#include "engine/evaluation/EvaluationMetrics.h"

#include <string>
#include <vector>

namespace app
{

/// Accuracy with its 95 % interval, top-2 accuracy, mean loss and calibration error, one per line.
std::string metricsText(const engine::EvaluationMetrics& metrics, double meanLoss);

/// Precision, recall, F1 and support of each class, one class per line.
std::string classTable(const engine::ConfusionMatrix& confusion, const std::vector<std::string>& classNames);

/// Two more rows of that table: the macro mean and the support-weighted mean over the classes.
std::string averageRows(const engine::EvaluationMetrics& metrics, const std::vector<std::string>& classNames);

/// Rows true, columns predicted.
std::string confusionTable(const engine::ConfusionMatrix& confusion,
                           const std::vector<std::string>& classNames);

} // namespace app
