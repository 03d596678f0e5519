#include "engine/training/TrainingData.h"

#include "engine/MixedSeed.h"

namespace engine
{

Dataset trainingImages(const TrainingConfig& config, const DatasetSplits& data)
{
    return config.sampleLimit == 0 ? data.train : data.train.first(config.sampleLimit);
}

ValidationSplit splitFor(const TrainingConfig& config, const Dataset& images)
{
    return splitForValidation(images, config.validationShare, mixedSeed(config.seed, SeedStream::Validation));
}

} // namespace engine
