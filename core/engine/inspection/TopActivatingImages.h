// The images of a data set that activate a unit most, and whether any activates it at all.
//
//     auto layers = engine::topActivatingImages(model, dataset);
//     (*layers)[3].units[4].images[0].index;      // the image that the fifth map of that layer answers most
//     to
//     (*layers)[3].deadUnits();                   // maps that nothing in the data set excites
#pragma once

#include "engine/data/Dataset.h"
#include "engine/evaluation/Evaluation.h"
#include "engine/inspection/ReceptiveField.h"

namespace engine
{

struct TopImage {
    std::uint32_t index = 0; ///< in the data set
    float value = 0;         ///< the maximum of the unit's map
    int y = 0;               ///< where that is; of several alike the first, row by row
    int x = 0;
    CellRectangle receptiveField; ///< of that cell, in the image, with its part in the padding

    bool operator==(const TopImage&) const = default;
};

struct TopActivatingImages {
    /// The largest value first, of two alike the lower index. Behind a ReLU only images that the unit fires
    /// for: none of a dead unit.
    std::vector<TopImage> images;
    std::size_t firing = 0; ///< images in whose map some value is above 0
};

struct LayerTopImages {
    int layer = 0;
    std::vector<TopActivatingImages> units; ///< one a channel, of Linear one a class
    std::size_t imageCount = 0;             ///< that were looked at

    /// Units that fire for none of the images.
    int deadUnits() const;
};

/// All layers but Flatten and Dropout, whose numbers are those of the layer below, in the order of the spec,
/// for all images of `dataset` (give `dataset.first(n)` for a part of them), in one pass. A map with a value
/// that is no number counts as one that does not fire. `count`: images a unit. 10,000 MNIST images take about
/// a second. `threads` 0 means defaultThreadCount(). Errors: BadValue where the images' size is not the
/// model's, Cancelled when `stop` is requested, OutOfMemory, Internal.
Result<std::vector<LayerTopImages>> topActivatingImages(const ModelSnapshot& model, const Dataset& dataset,
                                                        std::size_t count = 9, int threads = 0,
                                                        std::stop_token stop = {},
                                                        const EvaluationProgress& progress = {});

} // namespace engine
