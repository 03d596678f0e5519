// The ranges of TrainingConfig's numbers. NetworkRanges.h has those of the network, Device.h that of the
// threads.
#pragma once

#include "engine/Range.h"
#include "engine/device/Device.h"

#include <cstdint>
#include <limits>

namespace engine::ranges
{

inline constexpr Range<int> kEpochs = {"Epochs", 1, 1000};
inline constexpr Range<int> kBatchSize = {"Batch size", 1, 4096};
inline constexpr Range<double> kLearningRate = {"Learning rate", 0, 10, true};
inline constexpr Range<double> kMomentum = {"Momentum", 0, 0.999};
inline constexpr Range<double> kWeightDecay = {"Weight decay", 0, 1};
inline constexpr Range<double> kLabelSmoothing = {"Label smoothing", 0, 0.9};
inline constexpr Range<int> kStepEpochs = {"Step epochs", 1, 1000};
inline constexpr Range<double> kStepFactor = {"Step factor", 0, 1, true};
inline constexpr Range<double> kValidationShare = {"Validation share", 0, 0.5};
inline constexpr Range<int> kPatience = {"Patience", 0, 1000};
inline constexpr Range<std::uint64_t> kSeed = {"Seed", 0, std::numeric_limits<std::uint64_t>::max()};

} // namespace engine::ranges
