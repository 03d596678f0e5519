// A folder with four IDX files named as MNIST's, each plain or with ".gz".
#pragma once

#include "engine/data/Dataset.h"

#include <array>
#include <filesystem>
#include <optional>
#include <string>

namespace engine
{

/// File names without ".gz": training images, training labels, test images, test labels.
inline constexpr std::array<const char*, 4> kIdxFileNames = {
    "train-images-idx3-ubyte",
    "train-labels-idx1-ubyte",
    "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
};

/// `folder/name`, or `folder/name.gz` if there is no plain file; otherwise the same with "idx4" for "idx3"
/// (color images). Nothing if none exists.
std::optional<std::filesystem::path> findIdxFile(const std::filesystem::path& folder,
                                                 const std::string& name);

/// True if all four files exist; does not check their content.
bool isIdxFolder(const std::filesystem::path& folder);

/// Reads the four files on two threads. If `classNames` is empty, the classes are "0", "1", … up to the
/// largest label. Errors: as in IdxReader.h; BadFormat if images and labels or the two splits do not match.
Result<DatasetSplits> readIdxFolder(const std::filesystem::path& folder, std::string id, std::string title,
                                    std::vector<std::string> classNames = {});

} // namespace engine
