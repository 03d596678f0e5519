// Splits a data set by a training configuration.
#pragma once

#include "engine/data/ValidationSplit.h"
#include "engine/training/TrainingConfig.h"

namespace engine
{

/// The training images, limited to the sample limit if there is one.
Dataset trainingImages(const TrainingConfig& config, const DatasetSplits& data);

/// Splits `images`, the result of trainingImages(), into training and validation.
ValidationSplit splitFor(const TrainingConfig& config, const Dataset& images);

} // namespace engine
