// An evaluation as tables for people.
#pragma once

#include "engine/evaluation/EvaluationMetrics.h"

#include <string>
#include <vector>

namespace app
{

/// Accuracy with its 95 % interval, top-2 accuracy, mean loss and calibration error, one a line.
std::string figuresText(const engine::EvaluationMetrics& figures, double meanLoss);

/// Precision, recall, F1 and support of every class, one a line.
std::string classTable(const engine::ConfusionMatrix& confusion, const std::vector<std::string>& classNames);

/// Two rows more of that table: the mean over the classes, each alike, and each by its number of images.
std::string averageRows(const engine::EvaluationMetrics& figures, const std::vector<std::string>& classNames);

/// Rows true, columns predicted.
std::string confusionTable(const engine::ConfusionMatrix& confusion,
                           const std::vector<std::string>& classNames);

} // namespace app
