#include "engine/evaluation/EvaluationCsv.h"

#include "engine/evaluation/CsvText.h"

namespace engine
{
namespace
{

std::string header(std::string first, const std::vector<std::string>& classNames)
{
    for (const std::string& name : classNames)
        first += "," + csvField(name);
    return first + "\n";
}

} // namespace

std::string confusionCsv(const ConfusionMatrix& confusion, const std::vector<std::string>& classNames)
{
    std::string csv = header("true \\ predicted", classNames);
    for (int t = 0; t < confusion.classCount(); ++t) {
        csv += csvField(classNames[static_cast<std::size_t>(t)]);
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
            appendCsvNumber(csv, evaluation.probabilities[i * classCount + c]);
        }
        csv += "\n";
    }
    return csv;
}

} // namespace engine
