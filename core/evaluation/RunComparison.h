// Two runs on the same images: who is right where, and whether one is better or only luckier.
#pragma once

#include "core/evaluation/EvaluatedSplit.h"
#include "engine/evaluation/McNemar.h"

#include <QString>
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

/// Fails with BadValue where the two are not of the same images with the same labels.
engine::Result<RunComparison> compare(std::shared_ptr<const EvaluatedSplit> first,
                                      std::shared_ptr<const EvaluatedSplit> second);

/// Positions of these images; where one of the runs is wrong, its most confident errors first; where both are
/// right, those of which the less certain of the two is the least certain.
std::vector<std::uint32_t> positionsOf(const RunComparison& comparison, ComparedImages images);

/// What McNemar's test says, in sentences for people who do not know it, with its figure.
QString inWords(const engine::McNemar& test, const QString& firstName, const QString& secondName);

} // namespace core
