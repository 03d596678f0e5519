#pragma once

#include "core/StudioFolders.h"
#include "engine/training/TrainingConfig.h"

#include <optional>
#include <string>

namespace app
{

struct TrainRequest {
    std::optional<std::string> dataset; ///< name or folder; without one MNIST, or Sketch digits where that is
                                        ///< absent; with `from`, the user's own digits
    std::string device = "auto";
    engine::TrainingConfig config;  ///< all but its device
    std::optional<std::string> out; ///< folder of the run; without one it is numbered among the runs
    std::optional<std::string>
        resume;                ///< a run's number or folder; of `config`, only threads count
    std::optional<int> epochs; ///< in all, where they were asked for
    /// A run's number, a run folder or a weights file: begins with its weights; of `config`, hidden units and
    /// kernel size do not count.
    std::optional<std::string> from;
    bool isJson = false;
};

/// Trains, tests and keeps a TinyVGG. Returns an ExitCode.
int runTrain(const TrainRequest& request, const core::StudioFolders& folders);

} // namespace app
