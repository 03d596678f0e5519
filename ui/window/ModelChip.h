// What the chip of the model says: the network that Train would make.
#pragma once

#include "engine/data/Dataset.h"
#include "engine/training/TrainingConfig.h"

namespace ui
{

class Chip;

/// `data`: what it would be trained on; null for a data set of MNIST's shape.
void showModel(Chip& chip, const engine::TrainingConfig& config, const engine::DatasetSplits* data);

} // namespace ui
