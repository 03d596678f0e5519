// What TrainingController is asked for, and what it says where that fails.
#pragma once

#include "core/session/CurrentModel.h"
#include "engine/training/TrainingConfig.h"

#include <QString>
#include <memory>
#include <optional>

namespace core
{

/// Where a training is to compute.
struct ComputeRequest {
    QString device = QStringLiteral("auto"); ///< as engine::chooseDevice()
    int threads = 0;                         ///< on the CPU; 0: one per core
};

/// For a new run.
struct TrainingRequest {
    engine::TrainingConfig config; ///< all but its device and threads; with `model` all but its shape
    ComputeRequest compute = {};
    QString dataset = {}; ///< as DatasetCatalog::load(), which is loaded again; empty for the current one
    QString folder = {};  ///< of the run, see RunRecorder::createAt(); empty for a numbered one
    std::shared_ptr<const TrainedModel> model = {}; ///< to fine-tune; null for random first weights
    /// Of a network from a file: the images and classes that it names, which must match the data.
    std::optional<engine::NetworkSpec> network = {};
};

/// For a run that has ended.
struct ResumeRequest {
    QString folder = {}; ///< empty for the current run
    std::optional<int> epochs =
        std::nullopt; ///< in all, more or fewer than were planned; nothing for as planned
    ComputeRequest compute = {};
};

struct TrainingFailure {
    engine::Error error;
    QString resumableRun = {}; ///< its folder, where it has left a checkpoint: retry() resumes from there
    QString dataset = {};      ///< the one that could not be loaded, if that is the reason
    bool isResume = false;     ///< a run that had ended was to be resumed, not a new one trained
    bool isComplete = false;   ///< that run has all the epochs that were asked for
    /// A GPU was to compute, and may be what has failed: on the CPU it may work.
    bool isDeviceSuspect = false;
};

} // namespace core
