#include "app/EvaluationText.h"

#include "app/Format.h"
#include "engine/evaluation/WilsonInterval.h"

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

constexpr const char* kMacro = "Macro mean";
constexpr const char* kWeighted = "Weighted mean";

/// Width of the first column, which all tables share.
std::size_t nameWidth(const std::vector<std::string>& classNames)
{
    return std::max(characterCount(kWeighted), widest(classNames));
}

} // namespace

std::string metricsText(const engine::EvaluationMetrics& metrics, double meanLoss)
{
    const engine::Interval interval = engine::wilsonInterval(metrics.correct, metrics.total);
    return "Accuracy           " + accuracyText(metrics.correct, metrics.total) +
           format(", 95 %% interval %.2f to %.2f %%\n", 100 * interval.low, 100 * interval.high) +
           "Top-2 accuracy     " + accuracyText(metrics.correctWithinTwo, metrics.total) + "\n" +
           format("Mean loss          %.4f\n", meanLoss) +
           format("Calibration error  %.2f %%", 100 * metrics.calibrationError);
}

std::string averageRows(const engine::EvaluationMetrics& metrics, const std::vector<std::string>& classNames)
{
    const auto row = [&](const char* name, const engine::AverageMetrics& average) {
        return padRight(name, nameWidth(classNames)) + shareText(average.precision) +
               shareText(average.recall) + shareText(average.f1) + format("%11zu", metrics.total);
    };
    return row(kMacro, metrics.macro) + "\n" + row(kWeighted, metrics.weighted);
}

std::string classTable(const engine::ConfusionMatrix& confusion, const std::vector<std::string>& classNames)
{
    const std::size_t width = nameWidth(classNames);
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
    // With long class names the columns would be too wide; use class numbers as headings instead.
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
