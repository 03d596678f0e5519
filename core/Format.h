// Numbers formatted for the window and the command line. Thousands are grouped as in the default QLocale.
#pragma once

#include <QString>
#include <cstdint>

namespace core
{

/// "60,000"
QString countText(std::uint64_t number);

/// "1 image", "60,000 images"
QString imagesText(std::uint64_t count);

/// "97.52" for a fraction of 0 … 1, in percent. Values below 100 are never rounded up to 100.
QString shareNumber(double share, int decimals = 2);
/// "97.52 %"
QString shareText(double share, int decimals = 2);
/// The same for `part` of `whole`; 0 of 0 gives 0 %.
QString percentText(std::size_t part, std::size_t whole, int decimals = 2);

/// "97.52 % (9752/10000)"
QString accuracyText(std::size_t correct, std::size_t total);

/// "98.9 %", rounded to nearest.
QString probabilityText(double probability);

/// "+1,024", "−3", "no change"
QString changeText(std::uint64_t before, std::uint64_t after);

/// 125 seconds are "2:05", an hour and a minute "1:01:00".
QString durationText(double seconds);

/// "11.6 MB", in millions of bytes
QString sizeText(std::int64_t bytes);

} // namespace core
