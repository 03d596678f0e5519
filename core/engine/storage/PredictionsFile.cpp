#include "engine/storage/PredictionsFile.h"

#include "engine/Guarded.h"
#include "engine/storage/AtomicFile.h"
#include "engine/storage/Reject.h"
#include "engine/storage/Safetensors.h"
#include "engine/training/TrainingConfigRanges.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <zlib.h>

namespace engine
{
namespace
{

constexpr const char* kFormat = "tinyvgg-studio predictions 1";
constexpr const char* kTest = "test";
constexpr const char* kProbabilities = ".probabilities";
constexpr const char* kPredictions = ".predictions";
constexpr const char* kLabels = ".labels";
constexpr const char* kMeanLoss = ".mean_loss";
constexpr const char* kEpochs = "test.epochs";
constexpr std::size_t kMaxClasses = 256; // the range of uint8
constexpr std::size_t kMaxSplits = 3;

/// The shortest text that reads back as the same number; "nan" for NaN, as in a diverged model.
template<typename T>
std::string toText(T number)
{
    char text[32];
    const auto end = std::to_chars(std::begin(text), std::end(text), number).ptr;
    return {text, end};
}

const std::string& metadataOf(const Safetensors& content, const std::string& key)
{
    const auto found = content.metadata.find(key);
    if (found == content.metadata.end())
        reject(key + ": expected in the metadata; found none");
    return found->second;
}

template<typename T>
T numberFrom(const Safetensors& content, const std::string& key)
{
    const std::string& text = metadataOf(content, key);
    T number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size())
        reject(key + ": expected a number; found \"" + text + "\"");
    return number;
}

std::string shapeText(const std::vector<std::size_t>& shape)
{
    std::string text;
    for (const std::size_t extent : shape)
        text += (text.empty() ? "" : ", ") + std::to_string(extent);
    return "[" + text + "]";
}

/// The array's values, if it has this shape and all are below `classCount`.
const std::vector<std::uint8_t>& classesOf(const Safetensors& content, const std::string& name,
                                           const std::vector<std::size_t>& shape, std::size_t classCount)
{
    const auto found = content.bytes.find(name);
    if (found == content.bytes.end())
        reject(name + ": expected an array of uint8; found none");
    const auto& array = found->second;
    if (array.shape != shape)
        reject(name + ": expected the shape " + shapeText(shape) + "; found " + shapeText(array.shape));
    const auto largest = std::ranges::max_element(array.values);
    if (largest != array.values.end() && *largest >= classCount)
        reject(name + ": expected classes below " + std::to_string(classCount) + "; found " +
               std::to_string(*largest));
    return array.values;
}

SplitPredictions splitFrom(const Safetensors& content, const std::string& name,
                           ShapedArray<float>&& probabilities)
{
    if (probabilities.shape.size() != 2 || probabilities.shape[1] < 1 || probabilities.shape[1] > kMaxClasses)
        reject(name + kProbabilities + ": expected images × 1 to 256 classes; found " +
               shapeText(probabilities.shape));
    const std::size_t count = probabilities.shape[0];
    const std::size_t classCount = probabilities.shape[1];
    SplitPredictions split;
    split.labels = classesOf(content, name + kLabels, {count}, classCount);
    Evaluation& evaluation = split.evaluation;
    evaluation.probabilities = std::move(probabilities.values);
    evaluation.predictions = classesOf(content, name + kPredictions, {count}, classCount);
    evaluation.meanLoss = numberFrom<double>(content, name + kMeanLoss);
    evaluation.confusion = ConfusionMatrix(static_cast<int>(classCount));
    for (std::size_t i = 0; i < count; ++i)
        evaluation.confusion.add(split.labels[i], evaluation.predictions[i]);
    return split;
}

void readEpochs(const Safetensors& content, StoredPredictions& stored)
{
    const auto found = content.bytes.find(kEpochs);
    if (found == content.bytes.end())
        return;
    const auto split = stored.splits.find(kTest);
    if (split == stored.splits.end() || split->second.labels.empty())
        reject(std::string(kEpochs) + ": expected images in the test split; found none");
    const Evaluation& test = split->second.evaluation;
    const std::vector<std::size_t>& shape = found->second.shape;
    const std::size_t epochs = shape.empty() ? 0 : shape[0];
    const std::vector<std::uint8_t> values = classesOf(content, kEpochs, {epochs, test.size()},
                                                       static_cast<std::size_t>(test.confusion.classCount()));
    for (auto row = values.begin(); row != values.end(); row += static_cast<std::ptrdiff_t>(test.size()))
        stored.testEpochs.emplace_back(row, row + static_cast<std::ptrdiff_t>(test.size()));
}

/// Before memory is allocated for them.
void checkSizes(const SafetensorsHeader& header, const PredictionsBounds& bounds)
{
    std::size_t splits = 0;
    for (const auto& [name, array] : header.arrays) {
        const bool areProbabilities = name.ends_with(kProbabilities);
        const bool areEpochs = name == kEpochs;
        const std::size_t most = areProbabilities ? bounds.images * bounds.classes
                                 : areEpochs ? bounds.images * static_cast<std::size_t>(ranges::kEpochs.high)
                                             : bounds.images;
        if (array.size() > most)
            reject(name + ": expected at most " + std::to_string(most) + " values; found " +
                   std::to_string(array.size()));
        splits += areProbabilities ? 1 : 0;
    }
    const std::size_t mostArrays = 3 * kMaxSplits + 1;
    if (splits > kMaxSplits || header.arrays.size() > mostArrays)
        reject("expected at most " + std::to_string(mostArrays) + " arrays; found " +
               std::to_string(header.arrays.size()));
}

StoredPredictions fromContent(Safetensors&& content)
{
    if (const std::string format = metadataOf(content, "format"); format != kFormat)
        reject(std::string("format: expected \"") + kFormat + "\"; found \"" + format + "\"");
    StoredPredictions stored;
    stored.datasetId = metadataOf(content, "dataset");
    stored.weightsChecksum = numberFrom<std::uint32_t>(content, "weights_crc32");
    for (auto& [name, array] : content.floats) {
        if (name.ends_with(kProbabilities)) {
            const std::string split = name.substr(0, name.size() - std::string_view(kProbabilities).size());
            stored.splits[split] = splitFrom(content, split, std::move(array));
        }
    }
    readEpochs(content, stored);
    return stored;
}

Safetensors toContent(const StoredPredictions& stored)
{
    Safetensors content;
    content.metadata = {{"format", kFormat},
                        {"dataset", stored.datasetId},
                        {"weights_crc32", toText(stored.weightsChecksum)}};
    for (const auto& [name, split] : stored.splits) {
        const Evaluation& evaluation = split.evaluation;
        const auto classCount = static_cast<std::size_t>(evaluation.confusion.classCount());
        content.floats[name + kProbabilities] = {evaluation.probabilities, {evaluation.size(), classCount}};
        content.bytes[name + kPredictions] = evaluation.predictions;
        content.bytes[name + kLabels] = split.labels;
        content.metadata[name + kMeanLoss] = toText(evaluation.meanLoss);
    }
    if (!stored.testEpochs.empty() && !stored.testEpochs.front().empty()) {
        std::vector<std::uint8_t> all;
        for (const std::vector<std::uint8_t>& epoch : stored.testEpochs)
            all.insert(all.end(), epoch.begin(), epoch.end());
        content.bytes[kEpochs] = {std::move(all),
                                  {stored.testEpochs.size(), stored.testEpochs.front().size()}};
    }
    return content;
}

} // namespace

std::uint32_t weightsChecksum(const ModelSnapshot& model)
{
    const std::vector<float> parameters = flatWeights(model);
    return static_cast<std::uint32_t>(
        crc32_z(0, reinterpret_cast<const Bytef*>(parameters.data()), parameters.size() * sizeof(float)));
}

Result<void> writePredictions(const std::filesystem::path& folder, const StoredPredictions& predictions)
{
    return guarded("Saving the predictions", [&] {
        return writeFileAtomically(folder / kPredictionsFileName, toBytes(toContent(predictions)));
    });
}

PredictionsBounds boundsOf(const DatasetSplits& data)
{
    return {std::max(data.train.size(), data.test.size()), data.classNames.size()};
}

Result<StoredPredictions> readPredictions(const std::filesystem::path& folder,
                                          const PredictionsBounds& bounds)
{
    const std::filesystem::path path = folder / kPredictionsFileName;
    return guarded("Reading the predictions", [&]() -> Result<StoredPredictions> {
        try {
            auto content =
                readSafetensors(path, [&](const SafetensorsHeader& header) { checkSizes(header, bounds); });
            if (!content)
                return tl::unexpected(content.error());
            return fromContent(std::move(*content));
        } catch (const std::out_of_range& error) {
            return failure(ErrorCode::BadFormat,
                           path.string() + ": expected predictions saved by this program: " + error.what() +
                               ".");
        }
    });
}

} // namespace engine
