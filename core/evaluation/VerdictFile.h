// The verdicts on one data set's images on disk: a JSON file a data set in the folder "verdicts" of the data
// home.
//
//     {"format": "tinyvgg-studio verdicts 1", "dataset": "mnist", "verdicts":
//      [{"split": "test", "index": 947, "verdict": "label-wrong", "note": "a nine"}, …]}
//
// `verdict` is "model-erred", "label-wrong" or "unreadable"; it or `note` may be missing.
#pragma once

#include "core/evaluation/Verdicts.h"

namespace core
{

/// In `folder`: named as the data set; where that is a folder, by its last part and a checksum of the whole.
QString verdictsPath(const QString& folder, const QString& datasetId);

/// None where there is no file. Errors: CannotRead, BadFormat (with path, expected, found; also where the
/// file is another data set's, or longer than 64 MiB).
engine::Result<Verdicts> readVerdicts(const QString& path, const QString& datasetId);

/// Brings `changes` into the file, an empty one meaning that the image has no judgement any more, and keeps
/// all others in it, which another program may have written meanwhile. The file is replaced whole or not at
/// all; one that cannot be read is left as it is. Errors: those of readVerdicts(), and CannotWrite.
engine::Result<void> writeVerdicts(const QString& path, const QString& datasetId, const Verdicts& changes);

/// Renames a file that cannot be read, so that a new one can be begun, and gives its new path. Fails with
/// CannotWrite.
engine::Result<QString> setAside(const QString& path);

} // namespace core
