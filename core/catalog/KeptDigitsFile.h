// "My digits": what somebody has drawn and said what it is, as a data set of one's own. In its folder lie
//
//     digits.jsonl     every kept digit, in the order in which they were kept: the truth
//     train-… t10k-…   the four IDX files made of it, so that it opens as any other data set
//
// Half of the digits of each class are for training, half for testing. A digit belongs to its half from the
// moment it is kept, whatever becomes of the others, so that what is tested on was never trained on.
#pragma once

#include "core/catalog/KnownDataset.h"
#include "engine/Result.h"
#include "engine/data/Dataset.h"

#include <QString>
#include <array>
#include <optional>
#include <vector>

namespace core
{

inline constexpr const char* kOwnDigitsId = "my-digits";
inline constexpr int kOwnDigitClasses = 10;

/// Among the known data sets, but with nothing to download and no published sums.
KnownDataset ownDigitsDataset();

struct KeptDigit {
    int label = 0;                    ///< 0 … 9
    std::vector<std::uint8_t> pixels; ///< 28 × 28, 0 background … 255 ink
    bool isForTesting = false;        ///< else for training

    bool operator==(const KeptDigit&) const = default;
};

struct KeptSplits {
    std::vector<KeptDigit> train;
    std::vector<KeptDigit> test;

    /// There is something in each: it can be opened as a data set.
    bool isUsable() const { return !train.empty() && !test.empty(); }
};
KeptSplits splitKept(const std::vector<KeptDigit>& digits);
/// `dataset` was opened when the kept digits were these.
bool isMadeOf(const engine::DatasetSplits& dataset, const std::vector<KeptDigit>& digits);
/// Of each class.
std::array<int, kOwnDigitClasses> countKept(const std::vector<KeptDigit>& digits);

// All of these read or write files; those that write lock the folder, so that several programs may keep
// digits. Each gives the digits afterwards. Errors: CannotRead, CannotWrite, and BadFormat with path, line,
// expected and found.

/// None where there is no such folder.
engine::Result<std::vector<KeptDigit>> readKeptDigits(const QString& folder);
/// Behind all others, in the half that has fewer of its class. The folder is made where it is missing.
/// BadValue where any is no digit, or there are too many; then none is kept.
engine::Result<std::vector<KeptDigit>> keepDigits(const QString& folder,
                                                  const std::vector<KeptDigit>& digits);
/// The last that equals it; nothing where none does.
engine::Result<std::vector<KeptDigit>> removeKeptDigit(const QString& folder, const KeptDigit& digit);
/// Takes that back: at its place, or at the end where there are fewer now, and in its half.
engine::Result<std::vector<KeptDigit>> restoreKeptDigit(const QString& folder, const KeptDigit& digit,
                                                        std::size_t position);

} // namespace core
