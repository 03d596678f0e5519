// Content of the model chip: the network that Train would create.
#pragma once

#include "engine/data/Dataset.h"
#include "engine/training/TrainingConfig.h"

namespace ui
{

class Chip;

/// `data`: the training data; null for a data set of MNIST's shape.
void showModel(Chip& chip, const engine::TrainingConfig& config, const engine::DatasetSplits* data);

} // namespace ui
