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

struct Checkpoint {
    TrainingState state;
    TrainingOrigin origin;
    bool canResume = true; ///< false for what is known of a training whose own state is damaged
};

inline constexpr const char* kCheckpointFileName = "checkpoint.safetensors";

/// Writes `folder`/checkpoint.safetensors, whole or not at all; the folder must exist. Fails with
/// CannotWrite.
Result<void> writeCheckpoint(const std::filesystem::path& folder, const Checkpoint& training);

/// Errors: NotFound, CannotRead, BadFormat, OutOfMemory.
Result<Checkpoint> readCheckpoint(const std::filesystem::path& folder);

} // namespace engine
