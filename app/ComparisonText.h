// Formats the comparison of two runs on the same images, as text and as JSON.
#pragma once

#include "engine/evaluation/Evaluation.h"
#include "engine/evaluation/McNemar.h"

#include <nlohmann/json.hpp>
#include <string>

namespace app
{

struct ComparedRuns {
    std::string firstName; ///< shown to the user: "run 3"
    std::string secondName;
    std::size_t firstCorrect = 0;
    std::size_t secondCorrect = 0;
    engine::McNemar test;

    std::size_t total() const { return firstCorrect + test.onlySecond.size() + test.bothWrong; }
};

/// Both accuracies, the four counts as a table, and the result of McNemar's test.
std::string comparisonText(const ComparedRuns& runs);

/// `{"event":"comparison",…}`; see docs/command-line.md.
nlohmann::ordered_json comparisonJson(const ComparedRuns& runs);

} // namespace app
