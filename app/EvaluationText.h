// An evaluation as tables for people and as CSV for programs.
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

/// The same counts: a header `true \ predicted,NAME,…`, then a row a true class.
std::string confusionCsv(const engine::ConfusionMatrix& confusion,
                         const std::vector<std::string>& classNames);

/// A line an image, in the data set's order: `index,label,prediction,NAME,…`; below the names, probabilities.
std::string predictionsCsv(const engine::Evaluation& evaluation, const engine::Dataset& dataset,
                           const std::vector<std::string>& classNames);

} // namespace app
