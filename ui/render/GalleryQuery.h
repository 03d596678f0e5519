// Selects and sorts the images of an evaluation for the gallery.
#pragma once

#include "core/evaluation/EvaluatedSplit.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace ui
{

enum class GallerySort { Confidence, Loss, Margin, Entropy, Index };
enum class GalleryOutcome { All, Right, Wrong };

struct GalleryQuery {
    std::optional<int> trueClass;      ///< only images of this class
    std::optional<int> predictedClass; ///< only images predicted as this class
    std::optional<int> eitherClass;    ///< only images of this class or predicted as it
    /// Use the predictions after this epoch, from 0; without it, the predictions of the final weights.
    std::optional<std::size_t> epoch;
    GalleryOutcome outcome = GalleryOutcome::Wrong;
    GallerySort sort = GallerySort::Confidence;
    bool isReversed = false; ///< default: high confidence, loss and entropy first, or small margin first

    bool operator==(const GalleryQuery&) const = default;
};

/// Readable titles: "true 9 → predicted 4", "true 9", "9, true or predicted", "all classes".
QString classesTitle(const GalleryQuery& query, const QStringList& classNames);
/// The same with a prefix "wrong · " or "correct · " if the query is restricted to those.
QString titleOf(const GalleryQuery& query, const QStringList& classNames);

/// Positions in `split`; ties are in ascending order.
std::vector<std::uint32_t> select(const core::EvaluatedSplit& split, const GalleryQuery& query);

} // namespace ui
