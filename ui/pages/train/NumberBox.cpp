#include "ui/pages/train/NumberBox.h"

#include <QLocale>
#include <algorithm>
#include <optional>

namespace ui
{
namespace
{

std::optional<double> parsed(QString text)
{
    bool isNumber = false;
    const double number = QLocale::c().toDouble(text.replace(QLatin1Char(','), QLatin1Char('.')), &isNumber);
    return isNumber ? std::optional(number) : std::nullopt;
}

} // namespace

QString NumberBox::textFromValue(double value) const
{
    return QLocale::c().toString(value, 'g', 6);
}

double NumberBox::valueFromText(const QString& text) const
{
    return parsed(text).value_or(value());
}

QValidator::State NumberBox::validate(QString& text, int&) const
{
    const auto number = parsed(text);
    if (number && *number >= minimum() && *number <= maximum())
        return QValidator::Acceptable;
    static constexpr QLatin1String kCharacters("0123456789.,eE-+");
    const bool isUnfinished =
        std::all_of(text.begin(), text.end(), [](QChar c) { return QString(kCharacters).contains(c); });
    return isUnfinished ? QValidator::Intermediate : QValidator::Invalid;
}

} // namespace ui
