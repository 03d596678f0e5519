// What the Evaluate page saves: the matrix as it is shown, the images of the gallery, all predictions, the
// verdicts.
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

/// Asked for when something is saved; never while there is no evaluation.
struct EvaluationOnShow {
    std::function<std::shared_ptr<const core::EvaluatedSplit>()> split;
    std::function<const ConfusionCells&()> cells;
    std::function<std::optional<std::size_t>()> epoch; ///< of the cells, from 0; nothing for the kept weights
    std::function<const core::Verdicts&()> verdicts;
    std::function<GalleryPicture()> gallery;
};

void addEvaluationExports(ExportMenu& menu, const EvaluationOnShow& onShow);

} // namespace ui
