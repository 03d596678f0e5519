// The figures of a training as lines for people and as tables for programs.
#pragma once

#include "engine/training/TrainingState.h"

#include <string>

namespace app
{

/// A line an epoch, each behind a line break.
std::string epochLines(const std::vector<engine::EpochReport>& epochs);

/// "epoch,train_loss,…", a row an epoch; validation is empty where nothing was held back.
std::string epochsCsv(const std::vector<engine::EpochReport>& epochs);

/// "epoch,batch,images,correct,loss,learning_rate,seconds", a row a batch.
std::string batchesCsv(const std::vector<engine::BatchReport>& batches);

} // namespace app
