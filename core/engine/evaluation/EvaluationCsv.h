// Exports an evaluation as CSV (RFC 4180), for spreadsheets and Python.
#pragma once

#include "engine/evaluation/Evaluation.h"

#include <cstdint>
#include <string>
#include <vector>

namespace engine
{

/// Counts: a header `true \ predicted,NAME,…`, then one row per true class.
std::string confusionCsv(const ConfusionMatrix& confusion, const std::vector<std::string>& classNames);

/// One line per image: `index,label,prediction,NAME,…`, with the probabilities in the NAME columns.
/// `indices`, if not empty, are the images' indices in their split.
std::string predictionsCsv(const Evaluation& evaluation, std::span<const std::uint8_t> labels,
                           std::span<const std::uint32_t> indices,
                           const std::vector<std::string>& classNames);

} // namespace engine
