// A data set as the program knows MNIST, small enough for tests, with the content of its files at hand.
#pragma once

#include "core/catalog/KnownDataset.h"

#include <array>
#include <string>

namespace test
{

using FileContents = std::array<std::string, 4>;

struct TinyKnownDataset {
    core::KnownDataset known; ///< id "tiny", no mirrors
    FileContents plain;
    FileContents gz;
};

/// 300 training and 20 test images of 28 × 28 noise, which hardly compresses, in 10 classes.
TinyKnownDataset makeTinyKnownDataset();

/// Sketch digits as IDX files.
FileContents sketchDigitsFiles(std::size_t trainSize, std::size_t testSize);
/// Sketch digits, as if they had been published as `id`.
TinyKnownDataset knownSketchDigits(const QString& id, std::size_t trainSize, std::size_t testSize);

/// Writes the four files, their names with `suffix` behind, into `folder`, which is made where it is not
/// there.
void writeIdxFolder(const QString& folder, const FileContents& contents, const char* suffix = "");

} // namespace test
