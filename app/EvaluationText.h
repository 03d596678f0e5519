// An evaluation as tables for people.
#pragma once

#include "engine/evaluation/Evaluation.h"

#include <string>
#include <vector>

namespace app
{

/// Precision, recall, F1 and support of every class, one a line.
std::string classTable(const engine::ConfusionMatrix& confusion, const std::vector<std::string>& classNames);

/// Rows true, columns predicted.
std::string confusionTable(const engine::ConfusionMatrix& confusion,
                           const std::vector<std::string>& classNames);

} // namespace app
