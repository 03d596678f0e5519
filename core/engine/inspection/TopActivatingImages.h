// Top-activating images: the images of a data set with the highest activation of a unit, and dead units.
//
//     auto layers = engine::topActivatingImages(model, dataset);
//     (*layers)[3].units[4].images[0].index;      // the image with the highest value in its fifth map
//     (*layers)[3].deadUnits();                   // maps that no image activates
#pragma once

#include "engine/data/Dataset.h"
#include "engine/evaluation/Evaluation.h"
#include "engine/inspection/ReceptiveField.h"

#include <cstdint>

namespace engine
{

struct TopImage {
    std::uint32_t index = 0; ///< in the data set
    float value = 0;         ///< the maximum of the unit's map
    int y = 0;               ///< its position; ties go to the first, row by row
    int x = 0;
    CellRectangle receptiveField; ///< of that cell, in the image, including padding

    bool operator==(const TopImage&) const = default;
};

struct TopActivatingImages {
    /// Sorted by descending value; ties go to the lower index. After a ReLU, only images with a positive
    /// value: empty for a dead unit.
    std::vector<TopImage> images;
    std::size_t firing = 0; ///< images with a value above 0 in this map
};

struct LayerTopImages {
    int layer = 0;
    std::vector<TopActivatingImages> units; ///< one per channel; for Linear one per class
    std::size_t imageCount = 0;             ///< images searched

    /// Units with a positive value for none of the images.
    int deadUnits() const;
};

/// Searches all layers except Flatten and Dropout, whose values equal those of the layer below, in the order
/// of the spec, for all images of `dataset` (pass `dataset.first(n)` for a part), in one pass. A map with NaN
/// counts as not activated. `count`: images per unit. 10,000 MNIST images take about a second. `threads` 0
/// means defaultThreadCount(). Errors: BadValue if the image size differs from the model's, Cancelled if
/// `stop` is requested, OutOfMemory, Internal.
Result<std::vector<LayerTopImages>> topActivatingImages(const ModelSnapshot& model, const Dataset& dataset,
                                                        std::size_t count = 9, int threads = 0,
                                                        std::stop_token stop = {},
                                                        const EvaluationProgress& progress = {});

} // namespace engine
