// A run on disk, and what can be done with it. The one policy of window and command line:
//
//   checkpoint             weights                  can be
//   sound, epochs left     any                      resumed
//   sound, all epochs done those of the last epoch  extended by more epochs
//   sound, all epochs done lost, damaged or older   resumed, which tests the model and writes them
//   lost or damaged        sound                    shown, evaluated, fine-tuned from
//   lost or damaged        lost or damaged          neither: it cannot be read
#pragma once

#include "engine/network/ModelSnapshot.h"
#include "engine/storage/CheckpointFile.h"

#include <QString>
#include <memory>
#include <optional>

namespace core
{

enum class Continuation {
    None,   ///< it can only be shown
    Resume, ///< to the end of its planned epochs
    Extend, ///< for more epochs than those that are done
};

struct StoredRun {
    QString folder;
    engine::Checkpoint training; ///< as readRun(); without batches where only the weights are left
    /// The weights that the run ended with; of a stopped epoch those of the moment. Never null.
    std::shared_ptr<const engine::ModelSnapshot> model;
    Continuation continuation = Continuation::None;
    std::optional<engine::Error> damage; ///< of its checkpoint, where that is lost or damaged
};

/// Reads all of the run in `folder`. Slow: not on the GUI thread. Errors: as readRun().
engine::Result<StoredRun> readStoredRun(const QString& folder);

} // namespace core
