#pragma once

#include "core/StudioFolders.h"

#include <optional>
#include <string>
#include <vector>

namespace app
{

struct ClassifyRequest {
    std::string run;                    ///< a run's number, a run folder or a weights file
    std::vector<std::string> images;    ///< picture files; either these
    std::optional<std::string> strokes; ///< or a file of drawn strokes
    bool isRaw = false; ///< the picture is what the network sees: nothing is done to it but scaling
    bool isJson = false;
};

/// Says what a trained model takes pictures or drawn strokes for. Returns an ExitCode: kFailed also where
/// some of the pictures could not be read, which are told of while the others are classified.
int runClassify(const ClassifyRequest& request, const core::StudioFolders& folders);

} // namespace app
