#include "engine/evaluation/EvaluationCsv.h"

#include <charconv>

namespace engine
{
namespace
{

/// Quoted where it must be.
std::string field(const std::string& text)
{
    if (text.find_first_of(",\"\r\n") == std::string::npos)
        return text;
    std::string quoted = "\"";
    for (const char c : text)
        quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
}

std::string header(std::string first, const std::vector<std::string>& classNames)
{
    for (const std::string& name : classNames)
        first += "," + field(name);
    return first + "\n";
}

/// With a point, whatever the user's locale is.
void appendShort(std::string& csv, float value)
{
    char text[32];
    constexpr int kDigits = 6;
    const auto end =
        std::to_chars(std::begin(text), std::end(text), value, std::chars_format::general, kDigits).ptr;
    csv.append(text, end);
}

} // namespace

std::string confusionCsv(const ConfusionMatrix& confusion, const std::vector<std::string>& classNames)
{
    std::string csv = header("true \\ predicted", classNames);
    for (int t = 0; t < confusion.classCount(); ++t) {
        csv += field(classNames[static_cast<std::size_t>(t)]);
        for (int p = 0; p < confusion.classCount(); ++p)
            csv += "," + std::to_string(confusion.count(t, p));
        csv += "\n";
    }
    return csv;
}

std::string predictionsCsv(const Evaluation& evaluation, std::span<const std::uint8_t> labels,
                           std::span<const std::uint32_t> indices, const std::vector<std::string>& classNames)
{
    std::string csv = header("index,label,prediction", classNames);
    const std::size_t classCount = classNames.size();
    for (std::size_t i = 0; i < evaluation.size(); ++i) {
        csv += std::to_string(indices.empty() ? i : indices[i]) + "," + std::to_string(labels[i]) + "," +
               std::to_string(evaluation.predictions[i]);
        for (std::size_t c = 0; c < classCount; ++c) {
            csv += ",";
            appendShort(csv, evaluation.probabilities[i * classCount + c]);
        }
        csv += "\n";
    }
    return csv;
}

} // namespace engine
