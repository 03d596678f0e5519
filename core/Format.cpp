#include "core/Format.h"

#include "engine/evaluation/Percent.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>
#include <cmath>

namespace core
{
namespace
{

QString tr(const char* text)
{
    return QCoreApplication::translate("core::Format", text);
}

} // namespace

QString countText(std::uint64_t number)
{
    return QLocale().toString(static_cast<qulonglong>(number));
}

QString imagesText(std::uint64_t count)
{
    return count == 1 ? tr("1 image") : tr("%1 images").arg(countText(count));
}

QString shareNumber(double share, int decimals)
{
    return QString::number(engine::shownShare(share, decimals), 'f', decimals);
}

QString shareText(double share, int decimals)
{
    return shareNumber(share, decimals) + QStringLiteral(" %");
}

QString percentText(std::size_t part, std::size_t whole, int decimals)
{
    const double share = whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
    return shareText(share, decimals);
}

QString accuracyText(std::size_t correct, std::size_t total)
{
    return QStringLiteral("%1 (%2/%3)").arg(percentText(correct, total)).arg(correct).arg(total);
}

QString probabilityText(double probability)
{
    return QStringLiteral("%1 %").arg(100 * probability, 0, 'f', 1);
}

QString changeText(std::uint64_t before, std::uint64_t after)
{
    if (after == before)
        return tr("no change");
    return after > before ? QLatin1Char('+') + countText(after - before)
                          : QStringLiteral("−") + countText(before - after);
}

QString durationText(double seconds)
{
    const long long whole = std::llround(std::max(0.0, seconds));
    const auto twoDigits = [](long long value) {
        return QStringLiteral("%1").arg(value, 2, 10, QLatin1Char('0'));
    };
    const long long minutes = whole / 60;
    if (minutes < 60)
        return QStringLiteral("%1:%2").arg(minutes).arg(twoDigits(whole % 60));
    return QStringLiteral("%1:%2:%3").arg(minutes / 60).arg(twoDigits(minutes % 60), twoDigits(whole % 60));
}

QString sizeText(std::int64_t bytes)
{
    return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
}

} // namespace core
