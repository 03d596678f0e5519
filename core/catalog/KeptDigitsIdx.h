// The four IDX files of "My digits", for programs that read MNIST's format. They are generated from the kept
// digits; this program never reads the digits from them.
#pragma once

#include "engine/Result.h"
#include "engine/data/Dataset.h"

#include <QString>
#include <vector>

namespace core
{

struct KeptDigit;

/// Writes those of the four files whose content is not that of `digits`: after a change, and after a write
/// that was interrupted. Removes all four if one half is empty, since an IDX file must not be. Call it under
/// the lock of the folder. Error: CannotWrite.
engine::Result<void> updateIdxFiles(const QString& folder, const std::vector<KeptDigit>& digits);

/// The digits as a data set, without its id and title. Neither half may be empty.
engine::Result<engine::DatasetSplits> datasetOf(const std::vector<KeptDigit>& digits);

} // namespace core
