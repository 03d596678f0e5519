// Numbers as people read them, for the window and the command line alike. Thousands are grouped as the
// default QLocale does it.
#pragma once

#include <QString>
#include <cstdint>

namespace core
{

/// "60,000"
QString countText(std::uint64_t number);

/// "1 image", "60,000 images"
QString imagesText(std::uint64_t count);

/// "97.52" for a share of 0 … 1 in percent; never rounded up to 100 while it is less.
QString shareNumber(double share, int decimals = 2);
/// "97.52 %"
QString shareText(double share, int decimals = 2);
/// The same of `part` in `whole`; 0 of 0 is 0 %.
QString percentText(std::size_t part, std::size_t whole, int decimals = 2);

/// "97.52 % (9752/10000)"
QString accuracyText(std::size_t correct, std::size_t total);

/// "98.9 %", rounded to the nearest.
QString probabilityText(double probability);

/// "+1,024", "−3", "no change"
QString changeText(std::uint64_t before, std::uint64_t after);

/// 125 seconds are "2:05", an hour and a minute "1:01:00".
QString durationText(double seconds);

/// "11.6 MB", in millions of bytes
QString sizeText(std::int64_t bytes);

} // namespace core
