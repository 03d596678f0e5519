#include "app/ComparisonText.h"

#include "app/Format.h"
#include "core/evaluation/RunComparison.h"

#include <algorithm>
#include <utility>

namespace app
{
namespace
{

std::string padLeft(const std::string& text, std::size_t width)
{
    return std::string(width - std::min(width, characterCount(text)), ' ') + text;
}

std::string wrapped(const std::string& text, std::size_t width)
{
    std::string result;
    std::string line;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find(' ', begin), text.size());
        const std::string word = text.substr(begin, end - begin);
        if (!line.empty() && characterCount(line) + 1 + characterCount(word) > width)
            result += std::exchange(line, std::string()) + "\n";
        line += (line.empty() ? "" : " ") + word;
        begin = end + 1;
    }
    return result + line;
}

} // namespace

std::string comparisonText(const ComparedRuns& runs)
{
    const std::size_t names = std::max(characterCount(runs.firstName), characterCount(runs.secondName));
    const std::size_t column = names + 10; // room for " correct" and a gap
    const auto row = [&](const std::string& name, const std::string& correct, const std::string& wrong) {
        return padRight(name, names + 8) + padLeft(correct, column) + padLeft(wrong, column) + "\n";
    };
    std::string text = "Compared on the same " + countText(runs.total()) + " images\n";
    text += padRight(runs.firstName, names) + "  " + accuracyText(runs.firstCorrect, runs.total()) + "\n";
    text += padRight(runs.secondName, names) + "  " + accuracyText(runs.secondCorrect, runs.total()) + "\n\n";
    text += row("", runs.secondName + " correct", runs.secondName + " wrong");
    text += row(runs.firstName + " correct", countText(runs.test.bothRight),
                countText(runs.test.onlyFirst.size()));
    text += row(runs.firstName + " wrong", countText(runs.test.onlySecond.size()),
                countText(runs.test.bothWrong));
    constexpr std::size_t kLineLength = 78;
    const QString words = core::inWords(runs.test, QString::fromStdString(runs.firstName),
                                        QString::fromStdString(runs.secondName));
    return text + "\n" + wrapped(words.toStdString(), kLineLength);
}

nlohmann::ordered_json comparisonJson(const ComparedRuns& runs)
{
    return {{"event", "comparison"},
            {"run", runs.firstName},
            {"other", runs.secondName},
            {"total", runs.total()},
            {"correct", runs.firstCorrect},
            {"other_correct", runs.secondCorrect},
            {"both_right", runs.test.bothRight},
            {"both_wrong", runs.test.bothWrong},
            {"only_run", runs.test.onlyFirst},
            {"only_other", runs.test.onlySecond},
            {"p_value", runs.test.pValue}};
}

} // namespace app
