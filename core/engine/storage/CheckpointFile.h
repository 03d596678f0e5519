// Checkpoints: the full state of a training run on disk, from which it can be resumed, and its batch history.
#pragma once

#include "engine/training/TrainingState.h"

#include <filesystem>

namespace engine
{

/// The data set of the run, for resuming it.
struct TrainingOrigin {
    std::string datasetId;
    std::string datasetTitle;
    std::vector<std::string> classNames;
};

struct Checkpoint {
    TrainingState state;
    TrainingOrigin origin;
    bool canResume = true; ///< false if the training state is damaged
};

inline constexpr const char* kCheckpointFileName = "checkpoint.safetensors";

/// Writes `folder`/checkpoint.safetensors atomically; the folder must exist. Error: CannotWrite.
Result<void> writeCheckpoint(const std::filesystem::path& folder, const Checkpoint& training);

/// Errors: NotFound, CannotRead, BadFormat, OutOfMemory.
Result<Checkpoint> readCheckpoint(const std::filesystem::path& folder);

} // namespace engine
