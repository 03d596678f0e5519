// The rankings of the error laboratory: which images to look at first, and why.
#pragma once

#include "core/evaluation/EvaluatedSplit.h"

#include <QString>
#include <array>
#include <cstdint>
#include <vector>

namespace ui
{

enum class ErrorRanking {
    MostConfidentErrors,
    HighestLosses,
    LeastCertainRight,
    SuspectsBySelfConfidence,
    SuspectsByMargin,
};

inline constexpr std::array kErrorRankings = {
    ErrorRanking::MostConfidentErrors, ErrorRanking::HighestLosses, ErrorRanking::LeastCertainRight,
    ErrorRanking::SuspectsBySelfConfidence, ErrorRanking::SuspectsByMargin};

struct ErrorRankingTexts {
    QString name;
    QString explanation; ///< the sort order and its purpose
};

ErrorRankingTexts textsOf(ErrorRanking ranking);

/// Rankings that question labels need images that the model was not trained on.
bool isAboutLabels(ErrorRanking ranking);

/// Positions in `split`, at most `count`, most informative first. Empty if the ranking is about labels and
/// the model was trained on these images.
std::vector<std::uint32_t> rank(const core::EvaluatedSplit& split, ErrorRanking ranking, std::size_t count);

} // namespace ui
