// A training in the middle, on disk: everything that it needs to go on, and the history of its batches.
#pragma once

#include "engine/training/TrainingState.h"

#include <filesystem>

namespace engine
{

/// What the training was started on, for whoever goes on with it.
struct TrainingOrigin {
    std::string datasetId;
    std::string datasetTitle;
    std::vector<std::string> classNames;
};

struct StoredTraining {
    TrainingState state;
    TrainingOrigin origin;
    bool canGoOn = true; ///< false for what is known of a training whose own state is damaged
};

inline constexpr const char* kStateFileName = "checkpoint.safetensors";

/// Writes `folder`/checkpoint.safetensors, whole or not at all; the folder must exist. Fails with
/// CannotWrite.
Result<void> writeTrainingState(const std::filesystem::path& folder, const StoredTraining& training);

/// Errors: NotFound, CannotRead, BadFormat, OutOfMemory.
Result<StoredTraining> readTrainingState(const std::filesystem::path& folder);

} // namespace engine
