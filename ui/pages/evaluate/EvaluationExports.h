// Exports of the Evaluate page: the current matrix, the gallery, all predictions, and the verdicts.
#pragma once

#include "core/evaluation/Verdicts.h"
#include "ui/render/ConfusionCells.h"
#include "ui/render/GalleryPicture.h"

#include <functional>
#include <memory>
#include <optional>

namespace ui
{

class ExportMenu;

/// Called on each export; only while there is an evaluation.
struct EvaluationOnShow {
    std::function<std::shared_ptr<const core::EvaluatedSplit>()> split;
    std::function<const ConfusionCells&()> cells;
    std::function<std::optional<std::size_t>()> epoch; ///< of the cells, from 0; nullopt: final weights
    std::function<const core::Verdicts&()> verdicts;
    std::function<GalleryPicture()> gallery;
};

void addEvaluationExports(ExportMenu& menu, const EvaluationOnShow& onShow);

} // namespace ui
