// Compares two runs on the same images: which is correct where, and whether the difference is significant.
#pragma once

#include "core/evaluation/EvaluatedSplit.h"
#include "engine/evaluation/McNemar.h"

#include <QString>
#include <cstdint>
#include <memory>

namespace core
{

enum class ComparedImages { BothRight, OnlyFirstRight, OnlySecondRight, BothWrong };

struct RunComparison {
    std::shared_ptr<const EvaluatedSplit> first;
    std::shared_ptr<const EvaluatedSplit> second;
    engine::McNemar test;

    std::size_t count(ComparedImages images) const;
};

/// BadValue if the two evaluations are not of the same images with the same labels.
engine::Result<RunComparison> compare(std::shared_ptr<const EvaluatedSplit> first,
                                      std::shared_ptr<const EvaluatedSplit> second);

/// Positions of these images. If one of the runs is wrong, sorted by descending confidence of the error; if
/// both are correct, by ascending confidence of the less certain run.
std::vector<std::uint32_t> positionsOf(const RunComparison& comparison, ComparedImages images);

/// Explains the result of McNemar's test in plain sentences, with its p-value.
QString inWords(const engine::McNemar& test, const QString& firstName, const QString& secondName);

} // namespace core
