// Exports the metrics of a run as CSV.
#pragma once

#include "engine/training/TrainingState.h"

#include <string>
#include <vector>

namespace core
{

/// "epoch,train_loss,…", one row per epoch; validation fields are empty without a validation split.
std::string epochsCsv(const std::vector<engine::EpochReport>& epochs);

/// "epoch,batch,images,correct,loss,learning_rate,seconds", one row per batch.
std::string batchesCsv(const std::vector<engine::BatchReport>& batches);

/// The charts' data:
/// "epoch,batch,step,seconds,train_loss,train_accuracy_percent,test_loss,test_accuracy_percent", one row per
/// batch; test values are in the row of the epoch's last batch.
std::string chartCsv(const std::vector<engine::BatchReport>& batches,
                     const std::vector<engine::EpochReport>& epochs, int batchesPerEpoch);

} // namespace core
