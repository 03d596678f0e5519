// A trained model on disk: `weights.pt`, which torch.load opens in Python, and `weights.json` beside it,
// which says what the weights are. Each file is replaced atomically; the JSON carries the weights' checksum,
// so that after a crash between the two the figures are never taken for those of other weights.
#pragma once

#include "engine/network/ModelSnapshot.h"
#include "engine/training/TrainingConfig.h"
#include "engine/training/TrainingObserver.h"

#include <filesystem>
#include <optional>

namespace engine
{

/// Where the weights come from.
struct TrainingRecord {
    TrainingConfig config;
    std::string datasetId;
    std::string datasetTitle;
    std::vector<std::string> classNames;
    std::vector<EpochReport> epochs; ///< those that were finished
    bool isStopped =
        false; ///< stopped within an epoch: the weights are younger than the last epoch's figures
    std::optional<double> changedLearningRate = {}; ///< see the function of that name
};

struct SavedModel {
    ModelSnapshot model;
    std::optional<TrainingRecord> record; ///< nothing for weights that were trained elsewhere
};

inline constexpr const char* kWeightsFileName = "weights.pt";

/// Writes `folder`/weights.pt and `folder`/weights.json; the folder must exist. Fails with CannotWrite.
Result<void> writeSavedModel(const std::filesystem::path& folder, const SavedModel& saved);

/// `path` is such a folder or a weights file, also one that Python wrote. Errors: NotFound, CannotRead,
/// BadFormat, OutOfMemory.
Result<SavedModel> readSavedModel(const std::filesystem::path& path);

} // namespace engine
