#pragma once

#include "core/StudioFolders.h"

#include <optional>
#include <string>
#include <vector>

namespace app
{

struct ClassifyRequest {
    std::string run;                    ///< a run's number, a run folder or a weights file
    std::vector<std::string> images;    ///< image files; either these
    std::optional<std::string> strokes; ///< or a file of pen strokes
    bool isRaw = false;                 ///< no preprocessing except scaling to the input size
    bool isJson = false;
};

/// Prints the predictions of a trained model for image files or pen strokes. Returns an ExitCode; kFailed
/// also if some images could not be read. Those are reported, and the others are still classified.
int runClassify(const ClassifyRequest& request, const core::StudioFolders& folders);

} // namespace app
