// An evaluation as CSV (RFC 4180), for spreadsheets and for Python.
#pragma once

#include "engine/evaluation/Evaluation.h"

#include <string>
#include <vector>

namespace engine
{

/// Counts: a header `true \ predicted,NAME,…`, then a row a true class.
std::string confusionCsv(const ConfusionMatrix& confusion, const std::vector<std::string>& classNames);

/// A line an image: `index,label,prediction,NAME,…`; below the names, probabilities. `indices`, where they
/// are not empty, are those of the images in their split.
std::string predictionsCsv(const Evaluation& evaluation, std::span<const std::uint8_t> labels,
                           std::span<const std::uint32_t> indices,
                           const std::vector<std::string>& classNames);

} // namespace engine
