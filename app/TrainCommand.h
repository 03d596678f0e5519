#pragma once

#include "app/NetworkOptions.h"
#include "core/StudioFolders.h"
#include "engine/training/TrainingConfig.h"

#include <optional>
#include <string>

namespace app
{

struct TrainRequest {
    std::optional<std::string> dataset; ///< name or folder; default: MNIST, or Sketch digits if it is absent;
                                        ///< with `from`, the user's own digits
    std::string device = "auto";
    engine::TrainingConfig config;     ///< everything except the device
    std::optional<std::string> out;    ///< folder of the run; default: the next number among the runs
    std::optional<std::string> resume; ///< run to resume, a number or folder; only `config.threads` is used
    std::optional<int> epochs;         ///< total number of epochs, if given
    NetworkRequest network;
    /// Model to start from: a run's number, a run folder or a weights file. `config.network` is ignored.
    std::optional<std::string> from;
    bool isJson = false;
};

/// Trains, tests and saves a network. Returns an ExitCode.
int runTrain(const TrainRequest& request, const core::StudioFolders& folders);

} // namespace app
