// The predictions of a run's model for every image, stored beside its weights, so that metrics and galleries
// are available at once when a run is opened and two runs can be compared without recomputing.
//
// A file in the safetensors format. For a split SPLIT of N images in C classes it has SPLIT.probabilities,
// float32 [N, C], SPLIT.predictions and SPLIT.labels, uint8 [N]; for the test split of a run with E epochs
// also test.epochs, uint8 [E, N]. The metadata has the format, the data set's id, the checksum of the weights
// and each split's mean loss.
#pragma once

#include "engine/data/Dataset.h"
#include "engine/evaluation/Evaluation.h"

#include <cstdint>
#include <filesystem>
#include <map>

namespace engine
{

struct SplitPredictions {
    Evaluation evaluation;
    std::vector<std::uint8_t> labels; ///< evaluation.size() values
};

struct StoredPredictions {
    std::string datasetId;
    std::uint32_t weightsChecksum = 0;              ///< see weightsChecksum()
    std::map<std::string, SplitPredictions> splits; ///< by name: "test", "validation", "train"
    /// Predictions for the test split after each finished epoch; empty if unknown.
    std::vector<std::vector<std::uint8_t>> testEpochs;
};

inline constexpr const char* kPredictionsFileName = "predictions.safetensors";

/// CRC-32 of all weights and biases as float32 in the order of the state_dict. If it differs, the predictions
/// belong to other weights. Throws as flatWeights() does.
std::uint32_t weightsChecksum(const ModelSnapshot& model);

/// Writes `folder`/predictions.safetensors atomically; the folder must exist. Error: CannotWrite.
Result<void> writePredictions(const std::filesystem::path& folder, const StoredPredictions& predictions);

/// How much of a file is read: as much as predictions for this data set can need.
struct PredictionsBounds {
    std::size_t images = 2'000'000; ///< of each split
    std::size_t classes = 256;
};
PredictionsBounds boundsOf(const DatasetSplits& data);

/// Errors: NotFound, CannotRead, BadFormat (also if more is announced than `bounds` allow), OutOfMemory.
/// Guarantees that labels and predictions are valid classes and that all arrays of a split have the same
/// length. The caller must check whether weights and data set still match.
Result<StoredPredictions> readPredictions(const std::filesystem::path& folder,
                                          const PredictionsBounds& bounds = {});

} // namespace engine
