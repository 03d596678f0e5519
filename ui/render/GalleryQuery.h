// Which images of an evaluation the gallery shows, and in which order.
#pragma once

#include "core/evaluation/EvaluatedSplit.h"

#include <optional>
#include <vector>

namespace ui
{

enum class GallerySort { Confidence, Loss, Margin, Entropy, Index };
enum class GalleryOutcome { All, Right, Wrong };

struct GalleryQuery {
    std::optional<int> trueClass;      ///< images of this class only
    std::optional<int> predictedClass; ///< images predicted so only
    std::optional<int> eitherClass;    ///< images of this class, or predicted so, only
    /// What was predicted after this epoch, from 0, is meant; without one, what the weights predict that are
    /// kept.
    std::optional<std::size_t> epoch;
    GalleryOutcome outcome = GalleryOutcome::Wrong;
    GallerySort sort = GallerySort::Confidence;
    bool isReversed = false; ///< else the most telling first: high confidence, loss and entropy, low margin

    bool operator==(const GalleryQuery&) const = default;
};

/// "true 9 → predicted 4", "true 9", "9, true or predicted", "all classes", for people.
QString classesTitle(const GalleryQuery& query, const QStringList& classNames);
/// The same, behind "wrong · " or "right · " where only those are meant.
QString titleOf(const GalleryQuery& query, const QStringList& classNames);

/// Positions in `split`; of two alike the lower first.
std::vector<std::uint32_t> select(const core::EvaluatedSplit& split, const GalleryQuery& query);

} // namespace ui
