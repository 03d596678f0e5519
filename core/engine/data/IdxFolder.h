// A folder with the four IDX files of MNIST's naming, each plain or with ".gz".
#pragma once

#include "engine/data/Dataset.h"

#include <array>
#include <filesystem>
#include <optional>
#include <string>

namespace engine
{

/// The files' names without ".gz": training images, training labels, test images, test labels.
inline constexpr std::array<const char*, 4> kIdxFileNames = {
    "train-images-idx3-ubyte",
    "train-labels-idx1-ubyte",
    "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
};

/// `folder/name` or `folder/name.gz`, the plain one first, else the same with "idx4" for "idx3" (images in
/// color); nothing where none is there.
std::optional<std::filesystem::path> findIdxFile(const std::filesystem::path& folder,
                                                 const std::string& name);

/// True when all four files are there; says nothing about their content.
bool isIdxFolder(const std::filesystem::path& folder);

/// Reads the four files, two threads side by side. `classNames` may be empty: the classes are then "0", "1",
/// … up to the largest label. Errors: as IdxReader, and BadFormat where a pair or the two splits disagree.
Result<DatasetSplits> readIdxFolder(const std::filesystem::path& folder, std::string id, std::string title,
                                    std::vector<std::string> classNames = {});

} // namespace engine
