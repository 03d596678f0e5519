// Two runs on the same images, for people and for programs.
#pragma once

#include "engine/evaluation/Evaluation.h"
#include "engine/evaluation/McNemar.h"

#include <nlohmann/json.hpp>
#include <string>

namespace app
{

struct ComparedRuns {
    std::string firstName; ///< "run 3", as people are to read it
    std::string secondName;
    std::size_t firstCorrect = 0;
    std::size_t secondCorrect = 0;
    engine::McNemar test;

    std::size_t total() const { return firstCorrect + test.onlySecond.size() + test.bothWrong; }
};

/// Both accuracies, the four counts as a table, and what McNemar's test says in words.
std::string comparisonText(const ComparedRuns& runs);

/// `{"event":"comparison",…}`; see docs/command-line.md.
nlohmann::ordered_json comparisonJson(const ComparedRuns& runs);

} // namespace app
