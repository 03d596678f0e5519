// The files of a run, and their export.
#pragma once

#include "core/runs/RunStore.h"
#include "engine/storage/CheckpointFile.h"
#include "engine/storage/PredictionsFile.h"
#include "engine/storage/SavedModel.h"

#include <array>

namespace core
{

inline constexpr const char* kDescriptionFileName = "weights.json";
/// The checkpoint comes first, so that a partly deleted run cannot be resumed.
inline constexpr std::array kRunFileNames = {engine::kCheckpointFileName, engine::kPredictionsFileName,
                                             kDescriptionFileName, engine::kWeightsFileName};

/// Copies the weights to `folder`, which is created if missing, and writes the metrics as CSV files. Returns
/// the file names: "weights.pt, weights.json, epochs.csv, batches.csv"; CSV files are omitted if their data
/// is damaged. Errors: CannotWrite, and as readSavedModel() if the weights are missing or damaged.
engine::Result<QString> exportRun(const RunInfo& run, const QString& folder);

/// Removes temporary files that a killed program left in a run's folder. Call only while holding the folder's
/// lock.
void removeLeftovers(const QString& folder);

} // namespace core
