// "My digits": the digits that the user drew and labeled, stored as a data set. Its folder contains
//
//     digits.jsonl     all kept digits, in the order in which they were kept; authoritative
//     train-… t10k-…   the four IDX files generated from it, so that it opens like any other data set
//
// Half of the digits of each class are for training, half for testing. A digit is assigned to a half when it
// is kept and never changes it, so test digits were never trained on.
#pragma once

#include "core/catalog/KnownDataset.h"
#include "engine/Result.h"
#include "engine/data/Dataset.h"

#include <QString>
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace core
{

inline constexpr const char* kOwnDigitsId = "my-digits";
inline constexpr int kOwnDigitClasses = 10;

/// Listed with the known data sets, but without mirrors or published checksums.
KnownDataset ownDigitsDataset();

struct KeptDigit {
    int label = 0;                    ///< 0 … 9
    std::vector<std::uint8_t> pixels; ///< 28 × 28, 0 background … 255 ink
    bool isForTesting = false;        ///< otherwise for training

    bool operator==(const KeptDigit&) const = default;
};

struct KeptSplits {
    std::vector<KeptDigit> train;
    std::vector<KeptDigit> test;

    /// Neither split is empty, so the digits can be opened as a data set.
    bool isUsable() const { return !train.empty() && !test.empty(); }
};
KeptSplits splitKept(const std::vector<KeptDigit>& digits);
/// True if `dataset` was loaded from exactly these digits.
bool isMadeOf(const engine::DatasetSplits& dataset, const std::vector<KeptDigit>& digits);
/// Number of digits per class.
std::array<int, kOwnDigitClasses> countKept(const std::vector<KeptDigit>& digits);

// These functions read or write files. Those that write lock the folder, so several programs may keep digits.
// Each returns the digits after the change. Errors: CannotRead, CannotWrite, and BadFormat with path, line,
// expected and found.

/// Empty if there is no such folder.
engine::Result<std::vector<KeptDigit>> readKeptDigits(const QString& folder);
/// Appends the digits, each to the half that has fewer of its class. Creates the folder if needed. BadValue
/// if any digit is invalid or there are too many; then none is kept.
engine::Result<std::vector<KeptDigit>> keepDigits(const QString& folder,
                                                  const std::vector<KeptDigit>& digits);
/// Removes the last digit that equals `digit`, if any.
engine::Result<std::vector<KeptDigit>> removeKeptDigit(const QString& folder, const KeptDigit& digit);
/// Undoes a removal: inserts the digit at its old index, or at the end if there are fewer now, in its old
/// half.
engine::Result<std::vector<KeptDigit>> restoreKeptDigit(const QString& folder, const KeptDigit& digit,
                                                        std::size_t position);

} // namespace core
