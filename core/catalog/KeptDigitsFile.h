// "My digits": what somebody has drawn and said what it is, as a data set of one's own. In its folder lie
//
//     digits.jsonl     every kept digit, in the order in which they were kept: the truth
//     train-… t10k-…   the four IDX files made of it, so that it opens as any other data set
//
// Of each class the digits go to training and to testing in turn, so that what is tested on was never trained
// on, and no class is in one half alone.
#pragma once

#include "core/catalog/KnownDataset.h"
#include "engine/Result.h"

#include <QString>
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

    bool operator==(const KeptDigit&) const = default;
};

struct KeptSplits {
    std::vector<KeptDigit> train;
    std::vector<KeptDigit> test;

    /// There is something in each: it can be opened as a data set.
    bool isUsable() const { return !train.empty() && !test.empty(); }
};
KeptSplits splitKept(const std::vector<KeptDigit>& digits);

// All three read or write files; the last two lock the folder, so that several programs may keep digits.

/// None where there is no such folder. Errors: CannotRead, BadFormat with path, line, expected and found.
engine::Result<std::vector<KeptDigit>> readKeptDigits(const QString& folder);
/// The digits afterwards. The folder is made where it is missing. Errors: as above, BadValue where `digit` is
/// none, and CannotWrite.
engine::Result<std::vector<KeptDigit>> keepDigit(const QString& folder, const KeptDigit& digit);
/// Takes back the one that was kept last; nothing where there is none. The digits afterwards.
engine::Result<std::vector<KeptDigit>> removeLastKeptDigit(const QString& folder);

} // namespace core
