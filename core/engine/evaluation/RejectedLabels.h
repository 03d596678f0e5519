// Labels of well-known data sets that human reviewers rejected; a reference for finding wrong labels.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace engine
{

struct RejectedLabel {
    std::uint32_t index = 0;     ///< in the test split
    std::optional<int> majority; ///< the class that most reviewers chose; not set if they disagree
};

/// Rejected labels of the test split of the data set with this id, by index; empty for all but "mnist".
///
/// MNIST's fifteen: five people each judged a hundred images selected by an algorithm, and rejected the given
/// label of these. Source: C. G. Northcutt, A. Athalye, J. Mueller, "Pervasive Label Errors in Test Sets
/// Destabilize Machine Learning Benchmarks", NeurIPS Datasets and Benchmarks 2021, with its data at
/// github.com/cleanlab/label-errors.
std::span<const RejectedLabel> rejectedTestLabels(std::string_view datasetId);

/// The number of `rejected` (sorted by index) among the first `count` of `suspects`, which are indices in the
/// test split.
std::size_t countRejected(std::span<const std::uint32_t> suspects, std::size_t count,
                          std::span<const RejectedLabel> rejected);

/// The entry of the image; null if its label was not rejected. `rejected` is sorted by index.
const RejectedLabel* findRejected(std::span<const RejectedLabel> rejected, std::uint32_t index);

} // namespace engine
