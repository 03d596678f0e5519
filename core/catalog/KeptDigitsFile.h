// "My digits": the digits that the user drew and labeled, stored as a data set. Its folder contains
//
//     digits.jsonl     all kept digits, in the order in which they were kept; authoritative
//     train-… t10k-…   the four IDX files generated from it (KeptDigitsIdx), for other programs
//
// Half of the digits of each class are for training, half for testing. A digit is assigned to a half when it
// is kept and never changes it, so test digits were never trained on.
//
// A change writes digits.jsonl, atomically, then the IDX files. A program that is killed in between leaves
// IDX files of an earlier state, which the next refreshKeptDigits() makes anew.
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
inline constexpr int kKeptDigitSide = 28;

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
// expected and found if a line is damaged; see setDamagedDigitsAside().

/// There is a digits.jsonl, readable or not.
bool hasKeptDigits(const QString& folder);
/// Empty if there is no such folder.
engine::Result<std::vector<KeptDigit>> readKeptDigits(const QString& folder);
/// The same, before the digits are used: also makes the IDX files those of the digits and removes what killed
/// programs left. A folder that cannot be written or locked is no error.
engine::Result<std::vector<KeptDigit>> refreshKeptDigits(const QString& folder);
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

struct RepairedDigits {
    std::vector<KeptDigit> digits; ///< that could be read, and are kept
    std::size_t damagedLines = 0;
    QString original; ///< path of the damaged file; empty if no line was damaged
};
/// Replaces a damaged digits.jsonl by one with the lines that can be read. The damaged file stays beside it,
/// as digits.jsonl.damaged-1 or the next free number. Does nothing if no line is damaged.
engine::Result<RepairedDigits> setDamagedDigitsAside(const QString& folder);

} // namespace core
