// A training of a second that uses whatever can make a difference when it is resumed.
#pragma once

#include "engine/training/TrainingConfig.h"

namespace test
{

/// Of 100 images: two epochs of 4 batches, the last one of 12 images.
inline engine::TrainingConfig shortTraining(const engine::NetworkChoice& network)
{
    engine::TrainingConfig config;
    config.network = network;
    config.epochs = 2;
    config.optimizer = engine::OptimizerKind::AdamW;
    config.learningRate = .005;
    config.schedule = engine::Schedule::OneCycle;
    config.augmentation = engine::Augmentation::Affine;
    config.validationShare = .1;
    config.batchSize = 26;
    config.threads = 1;
    return config;
}

} // namespace test
