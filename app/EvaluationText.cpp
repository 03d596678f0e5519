#include "app/EvaluationText.h"

#include "app/Format.h"

#include <algorithm>

namespace app
{
namespace
{

std::string shareText(std::optional<double> share)
{
    return share ? format("%11.4f", *share) : std::string(10, ' ') + "-";
}

std::size_t widest(const std::vector<std::string>& texts)
{
    std::size_t width = 0;
    for (const std::string& text : texts)
        width = std::max(width, characterCount(text));
    return width;
}

} // namespace

std::string classTable(const engine::ConfusionMatrix& confusion, const std::vector<std::string>& classNames)
{
    const std::size_t width = std::max<std::size_t>(5, widest(classNames));
    std::string table = padRight("Class", width) + "  Precision     Recall         F1    Support";
    for (int c = 0; c < confusion.classCount(); ++c) {
        table += "\n" + padRight(classNames[static_cast<std::size_t>(c)], width) +
                 shareText(confusion.precision(c)) + shareText(confusion.recall(c)) +
                 shareText(confusion.f1(c)) + format("%11zu", confusion.trueCount(c));
    }
    return table;
}

std::string confusionTable(const engine::ConfusionMatrix& confusion,
                           const std::vector<std::string>& classNames)
{
    // Long names would make the columns too wide: then a class's number stands above its column.
    constexpr std::size_t kColumn = 6;
    const bool areNamesShort = widest(classNames) < kColumn;
    std::vector<std::string> rows = classNames;
    std::vector<std::string> columns = classNames;
    for (std::size_t c = 0; c < classNames.size() && !areNamesShort; ++c) {
        columns[c] = std::to_string(c);
        rows[c] = columns[c] + " " + classNames[c];
    }
    const std::size_t width = widest(rows);
    std::string table(width, ' ');
    for (const std::string& column : columns)
        table += std::string(kColumn - characterCount(column), ' ') + column;
    for (int t = 0; t < confusion.classCount(); ++t) {
        table += "\n" + padRight(rows[static_cast<std::size_t>(t)], width);
        for (int p = 0; p < confusion.classCount(); ++p)
            table += format("%*zu", static_cast<int>(kColumn), confusion.count(t, p));
    }
    return table;
}

} // namespace app
