// Two runs' predictions and what scikit-learn, scipy and numpy make of them: see fixtures/metrics.
#pragma once

#include "engine/evaluation/Evaluation.h"

#include "support/Files.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace test
{

inline nlohmann::json recordedMetrics()
{
    return nlohmann::json::parse(
        readFile(std::filesystem::path(FIXTURES_FOLDER) / "metrics" / "metrics.json"));
}

/// The most probable class is the prediction; `probabilities` row by row, one row a label.
inline engine::Evaluation evaluationOf(std::vector<float> probabilities,
                                       const std::vector<std::uint8_t>& labels, int classCount)
{
    engine::Evaluation evaluation;
    evaluation.confusion = engine::ConfusionMatrix(classCount);
    auto row = probabilities.cbegin();
    for (const std::uint8_t label : labels) {
        const auto prediction = std::max_element(row, row + classCount) - row;
        evaluation.predictions.push_back(static_cast<std::uint8_t>(prediction));
        evaluation.confusion.add(label, static_cast<int>(prediction));
        row += classCount;
    }
    evaluation.probabilities = std::move(probabilities);
    return evaluation;
}

/// `run`: "first" or "second".
inline engine::Evaluation recordedRun(const nlohmann::json& record, const char* run)
{
    std::vector<float> probabilities;
    for (const nlohmann::json& row : record.at(run)) {
        for (const nlohmann::json& numerator : row)
            probabilities.push_back(numerator.get<float>() / record.at("one").get<float>());
    }
    return evaluationOf(std::move(probabilities), record.at("labels"), record.at("classes"));
}

} // namespace test
