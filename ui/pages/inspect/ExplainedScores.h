// The score that each attribution method explains, and the size of the occlusion square; the defaults follow
// the papers.
#pragma once

#include "core/inspection/InspectionService.h"

namespace ui
{

struct ExplainedScores {
    engine::ClassScore gradient = engine::ClassScore::Logit;
    engine::ClassScore occlusion = engine::ClassScore::Probability;
    int side = engine::OcclusionOptions().side; ///< of the square, in pixels

    bool operator==(const ExplainedScores&) const = default;
};

/// Grad-CAM is defined for the logit.
inline engine::ClassScore scoreOf(const ExplainedScores& scores, engine::AttributionKind kind)
{
    switch (kind) {
    case engine::AttributionKind::InputGradient:
        return scores.gradient;
    case engine::AttributionKind::Occlusion:
        return scores.occlusion;
    default:
        return engine::ClassScore::Logit;
    }
}

/// Whether it is a result for the given request.
inline bool isOf(const ExplainedScores& scores, const engine::AttributionMap& map)
{
    return map.score == scoreOf(scores, map.kind) &&
           (map.kind != engine::AttributionKind::Occlusion || map.side == scores.side);
}

} // namespace ui
