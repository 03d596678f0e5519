// What a run's model said of every image, kept beside its weights: figures and galleries are there at once
// when a run is opened, and two runs can be compared without computing either anew.
//
// A file in the safetensors format. For a split SPLIT of N images in C classes it has SPLIT.probabilities,
// float32 [N, C], SPLIT.predictions and SPLIT.labels, uint8 [N]; for the test split of a training of E epochs
// also test.epochs, uint8 [E, N]. The metadata has the format, the data set's id, the checksum of the weights
// and each split's mean loss.
#pragma once

#include "engine/evaluation/Evaluation.h"

#include <filesystem>
#include <map>

namespace engine
{

struct SplitPredictions {
    Evaluation evaluation;
    std::vector<std::uint8_t> labels; ///< evaluation.size() of them
};

struct StoredPredictions {
    std::string datasetId;
    std::uint32_t weightsChecksum = 0;              ///< see weightsChecksum()
    std::map<std::string, SplitPredictions> splits; ///< by name: "test", "validation", "train"
    /// Predicted classes of the test split's images after each finished epoch. Empty where that is not known.
    std::vector<std::vector<std::uint8_t>> testEpochs;
};

inline constexpr const char* kPredictionsFileName = "predictions.safetensors";

/// CRC-32 of all weights and biases as float32 in the order of the state_dict: predictions that bear another
/// one are those of other weights. Throws what flatWeights() throws.
std::uint32_t weightsChecksum(const ModelSnapshot& model);

/// Writes `folder`/predictions.safetensors, whole or not at all; the folder must exist. Fails with
/// CannotWrite.
Result<void> writePredictions(const std::filesystem::path& folder, const StoredPredictions& predictions);

/// Errors: NotFound, CannotRead, BadFormat, OutOfMemory. Labels and predictions are below the number of
/// classes, and all arrays of a split are of its length; whether the weights and the data set are still the
/// same is for the caller to compare.
Result<StoredPredictions> readPredictions(const std::filesystem::path& folder);

} // namespace engine
