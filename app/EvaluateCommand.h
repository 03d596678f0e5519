#pragma once

#include "app/GalleryFile.h"
#include "core/StudioFolders.h"
#include "core/evaluation/EvaluatedSplit.h"

#include <optional>
#include <string>

namespace app
{

struct EvaluateRequest {
    std::string run;                    ///< a run's number, a run folder or a weights file
    std::optional<std::string> dataset; ///< name or folder; default: the data set of the run
    core::SplitKind split = core::SplitKind::Test;
    std::optional<std::string> otherRun; ///< to compare with; same forms as `run`
    std::string device = "auto";
    int threads = 0;
    bool isJson = false;
    // Files to write:
    std::optional<std::string> confusionPng;
    std::optional<std::string> confusionSvg;
    GalleryRequest gallery;
    int pictureScale = 2; ///< of the PNGs: 1, 2 or 4
    std::optional<std::string> confusionCsv;
    std::optional<std::string> predictionsCsv;
    std::optional<std::string> verdictsCsv;

    /// Drawing needs a QGuiApplication.
    bool isDrawing() const { return confusionPng || confusionSvg || gallery.png; }
};

/// Evaluates a trained model and reports its errors. Returns an ExitCode.
int runEvaluate(const EvaluateRequest& request, const core::StudioFolders& folders);

} // namespace app
