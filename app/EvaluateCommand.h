#pragma once

#include "core/StudioFolders.h"

#include <optional>
#include <string>

namespace app
{

struct EvaluateRequest {
    std::string run;                    ///< a run's number, a run folder or a weights file
    std::optional<std::string> dataset; ///< name or folder; without one, what the run was trained on
    bool isTrainSplit = false;
    std::string device = "auto";
    int threads = 0;
    bool isJson = false;
    std::optional<std::string> confusionCsv;   ///< file to write
    std::optional<std::string> predictionsCsv; ///< file to write
};

/// Tests a trained model and says where it errs. Returns an ExitCode.
int runEvaluate(const EvaluateRequest& request, const core::StudioFolders& folders);

} // namespace app
