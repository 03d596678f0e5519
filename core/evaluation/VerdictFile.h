// Reads and writes the verdicts on a data set's images: one JSON file per data set in the folder "verdicts"
// of the data home.
//
//     {"format": "tinyvgg-studio verdicts 1", "dataset": "mnist", "verdicts":
//      [{"split": "test", "index": 947, "verdict": "label-wrong", "note": "a nine"}, …]}
//
// `verdict` is "model-erred", "label-wrong" or "unreadable"; either `verdict` or `note` may be missing.
#pragma once

#include "core/evaluation/Verdicts.h"

namespace core
{

/// Path in `folder`: named after the data set id or, if that is a path, after its last part and a checksum of
/// the whole path.
QString verdictsPath(const QString& folder, const QString& datasetId);

/// Empty if there is no file. Errors: CannotRead, BadFormat (with path, expected, found; also if the file is
/// for another data set or longer than 64 MiB).
engine::Result<Verdicts> readVerdicts(const QString& path, const QString& datasetId);

/// Merges `changes` into the file, which another program may have changed meanwhile; an empty judgement
/// removes the image's entry. Atomic; a file that cannot be read is left unchanged. Errors: those of
/// readVerdicts(), and CannotWrite.
engine::Result<void> writeVerdicts(const QString& path, const QString& datasetId, const Verdicts& changes);

/// Renames a file that cannot be read, so that a new one can be started, and returns its new path. Error:
/// CannotWrite.
engine::Result<QString> setAside(const QString& path);

} // namespace core
