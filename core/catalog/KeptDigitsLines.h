// The lines of digits.jsonl, one per kept digit:
//
//     {"half":"train","label":7,"pixels":"AAAA…"}
//
// `half` is "train" or "test", `pixels` are 28 × 28 bytes as base64.
#pragma once

#include "core/catalog/KeptDigitsFile.h"

#include <QByteArray>

namespace core
{

inline constexpr std::size_t kKeptDigitPixels = std::size_t{kKeptDigitSide} * kKeptDigitSide;
inline constexpr std::size_t kMaxKeptDigits = 100'000;

/// Assigns the next digit of a class to the half that has fewer of that class.
class KeptDigitHalves
{
public:
    void add(const KeptDigit& digit);
    bool isNextForTesting(int label) const;

private:
    std::array<int, kOwnDigitClasses> m_lead = {}; ///< training digits minus test digits, per class
};

QByteArray lineOf(const KeptDigit& digit);

struct KeptDigitLines {
    std::vector<KeptDigit> digits;
    std::size_t damaged = 0; ///< number of lines that are no digits, or one too many
    std::string firstDamage; ///< the first of them, with path, expected and found
};

/// Reads the file line by line, whatever it contains: at most kMaxKeptDigits digits and one line of bounded
/// length are in memory. No file has no lines. Error: CannotRead.
engine::Result<KeptDigitLines> readKeptDigitLines(const QString& path);

} // namespace core
