// The metrics of a training as tables.
#pragma once

#include "engine/training/TrainingState.h"

#include <string>
#include <vector>

namespace core
{

/// "epoch,train_loss,…", a row an epoch; validation is empty where nothing was held back.
std::string epochsCsv(const std::vector<engine::EpochReport>& epochs);

/// "epoch,batch,images,correct,loss,learning_rate,seconds", a row a batch.
std::string batchesCsv(const std::vector<engine::BatchReport>& batches);

/// What the charts show: "epoch,batch,step,seconds,train_loss,train_accuracy_percent,test_loss,
/// test_accuracy_percent", a row a batch; the test stands at the last batch of its epoch.
std::string chartCsv(const std::vector<engine::BatchReport>& batches,
                     const std::vector<engine::EpochReport>& epochs, int batchesPerEpoch);

} // namespace core
