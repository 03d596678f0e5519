// Whether a folder holds a run of this program, judged by how its files begin: also a damaged run is one.
#pragma once

#include <QString>

namespace core
{

/// It has a checkpoint, which every run has from its start, and which no export has.
bool hasCheckpointOfRun(const QString& folder);

/// It has a weights.json.
bool hasDescriptionOfRun(const QString& folder);

/// It has a checkpoint, predictions or a description of weights.
bool hasFileOfRun(const QString& folder);

} // namespace core
