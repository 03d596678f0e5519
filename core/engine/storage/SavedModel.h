// A trained model on disk: `weights.pt`, which torch.load opens in Python, and `weights.json` beside it,
// which describes the weights. Each file is replaced atomically. The JSON has the weights' checksum, so that
// after a crash between the two writes its metrics are not attributed to other weights.
#pragma once

#include "engine/network/ModelSnapshot.h"
#include "engine/training/TrainingConfig.h"
#include "engine/training/TrainingObserver.h"

#include <filesystem>
#include <optional>

namespace engine
{

/// Origin of the weights.
struct TrainingRecord {
    TrainingConfig config;
    std::string datasetId;
    std::string datasetTitle;
    std::vector<std::string> classNames;
    std::vector<EpochReport> epochs; ///< finished epochs
    bool isStopped = false; ///< stopped within an epoch: the weights are newer than the last epoch's metrics
    std::optional<double> changedLearningRate = {}; ///< see engine::changedLearningRate()
};

struct SavedModel {
    ModelSnapshot model;
    std::optional<TrainingRecord> record; ///< not set for weights trained elsewhere
};

inline constexpr const char* kWeightsFileName = "weights.pt";

/// Writes `folder`/weights.pt and `folder`/weights.json; the folder must exist. Error: CannotWrite.
Result<void> writeSavedModel(const std::filesystem::path& folder, const SavedModel& saved);

/// `path` is such a folder, or a weights file, which may come from Python. Errors: NotFound, CannotRead,
/// BadFormat, OutOfMemory.
Result<SavedModel> readSavedModel(const std::filesystem::path& path);

} // namespace engine
