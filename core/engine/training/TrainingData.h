// Which images of a data set a configuration trains on, and which it holds back.
#pragma once

#include "engine/data/ValidationSplit.h"
#include "engine/training/TrainingConfig.h"

namespace engine
{

/// The training images, or the first of them where the configuration has a sample limit.
Dataset trainingImages(const TrainingConfig& config, const DatasetSplits& data);

/// Of `images` as trainingImages() gives them.
ValidationSplit splitFor(const TrainingConfig& config, const Dataset& images);

} // namespace engine
