#include "engine/model/ModelSnapshot.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace engine
{
namespace
{

std::string shapeText(const std::vector<std::int64_t>& shape)
{
    std::string text = "(";
    for (const std::int64_t side : shape)
        text += (text.size() > 1 ? ", " : "") + std::to_string(side);
    return text + ")";
}

std::size_t elementCount(const std::vector<std::int64_t>& shape)
{
    std::size_t count = 1;
    for (const std::int64_t side : shape)
        count *= static_cast<std::size_t>(side);
    return count;
}

/// The weights' names as this program writes them.
std::string canonicalName(const std::string& name)
{
    constexpr std::string_view kOther = "conv_block_";
    return name.starts_with(kOther) ? "block_" + name.substr(kOther.size()) : name;
}

const WeightArray* findArray(const std::vector<WeightArray>& arrays, const std::string& name)
{
    const auto found =
        std::find_if(arrays.begin(), arrays.end(), [&](const WeightArray& a) { return a.name == name; });
    return found == arrays.end() ? nullptr : &*found;
}

Result<TinyVggOptions> optionsFromShapes(const std::vector<WeightArray>& arrays, int inputHeight,
                                         int inputWidth)
{
    const WeightArray* first = findArray(arrays, "block_1.0.weight");
    const WeightArray* last = findArray(arrays, "classifier.1.weight");
    if (first == nullptr || last == nullptr) {
        return failure(ErrorCode::BadFormat,
                       "expected the weights of a TinyVGG, block_1.0.weight to classifier.1.bias; found " +
                           (arrays.empty()
                                ? "no arrays"
                                : "no " + std::string(first ? "classifier.1.weight" : "block_1.0.weight")) +
                           ".");
    }
    if (first->shape.size() != 4 || first->shape[1] != 1 || first->shape[2] != first->shape[3] ||
        last->shape.size() != 2) {
        return failure(ErrorCode::BadFormat, "expected block_1.0.weight of shape (hidden, 1, k, k) and "
                                             "classifier.1.weight of (classes, features); found " +
                                                 shapeText(first->shape) + " and " + shapeText(last->shape) +
                                                 ".");
    }
    const auto bounded = [](std::int64_t value) {
        return static_cast<int>(std::clamp<std::int64_t>(value, 0, 1 << 20));
    };
    TinyVggOptions options;
    options.hiddenUnits = bounded(first->shape[0]);
    options.kernelSize = bounded(first->shape[2]);
    options.classCount = bounded(last->shape[0]);
    if (inputHeight > 0 && inputWidth > 0) {
        options.inputHeight = inputHeight;
        options.inputWidth = inputWidth;
    } else {
        const double pixels = static_cast<double>(last->shape[1]) / std::max(1, options.hiddenUnits);
        const int side = static_cast<int>(std::lround(std::sqrt(pixels)));
        options.inputHeight = options.inputWidth = bounded(std::int64_t{side} * 4);
    }
    if (auto valid = validate(options); !valid)
        return failure(ErrorCode::BadFormat,
                       "expected a TinyVGG that this program knows. " + valid.error().message);
    return options;
}

} // namespace

std::vector<WeightArray> emptyStateDict(const TinyVggOptions& options)
{
    std::vector<WeightArray> arrays;
    const std::int64_t hidden = options.hiddenUnits;
    const std::int64_t k = options.kernelSize;
    std::int64_t channels = 1;
    for (const std::string layer : {"block_1.0", "block_1.2", "block_2.0", "block_2.2"}) {
        arrays.push_back({layer + ".weight", {hidden, channels, k, k}, {}});
        arrays.push_back({layer + ".bias", {hidden}, {}});
        channels = hidden;
    }
    const std::int64_t features = hidden * options.pooledHeight() * options.pooledWidth();
    arrays.push_back({"classifier.1.weight", {options.classCount, features}, {}});
    arrays.push_back({"classifier.1.bias", {options.classCount}, {}});
    return arrays;
}

std::vector<float> flatParameters(const ModelSnapshot& model)
{
    const std::vector<WeightArray> expected = emptyStateDict(model.options);
    std::vector<float> parameters;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        if (i >= model.weights.size() || model.weights[i].name != expected[i].name ||
            model.weights[i].values.size() != elementCount(expected[i].shape))
            throw std::invalid_argument("expected the weights " + expected[i].name + " of shape " +
                                        shapeText(expected[i].shape));
        parameters.insert(parameters.end(), model.weights[i].values.begin(), model.weights[i].values.end());
    }
    return parameters;
}

ModelSnapshot snapshotOf(const TinyVggOptions& options, std::span<const float> parameters)
{
    ModelSnapshot model{options, emptyStateDict(options)};
    for (WeightArray& array : model.weights) {
        const std::size_t count = elementCount(array.shape);
        if (count > parameters.size())
            throw std::invalid_argument("expected more parameters");
        array.values.assign(parameters.begin(), parameters.begin() + static_cast<std::ptrdiff_t>(count));
        parameters = parameters.subspan(count);
    }
    return model;
}

Result<ModelSnapshot> recognizeTinyVgg(std::vector<WeightArray> arrays, int inputHeight, int inputWidth)
{
    for (WeightArray& array : arrays)
        array.name = canonicalName(array.name);
    const auto options = optionsFromShapes(arrays, inputHeight, inputWidth);
    if (!options)
        return tl::unexpected(options.error());

    ModelSnapshot snapshot{*options, emptyStateDict(*options)};
    for (WeightArray& expected : snapshot.weights) {
        const auto found = std::find_if(arrays.begin(), arrays.end(),
                                        [&](const WeightArray& a) { return a.name == expected.name; });
        if (found == arrays.end())
            return failure(ErrorCode::BadFormat,
                           "expected the array " + expected.name + "; found none of that name.");
        if (found->shape != expected.shape || found->values.size() != elementCount(expected.shape)) {
            return failure(ErrorCode::BadFormat, expected.name + ": expected the shape " +
                                                     shapeText(expected.shape) + "; found " +
                                                     shapeText(found->shape) + ".");
        }
        expected.values = std::move(found->values);
        arrays.erase(found);
    }
    if (!arrays.empty())
        return failure(ErrorCode::BadFormat,
                       "expected only the arrays of a TinyVGG; found also " + arrays.front().name + ".");
    return snapshot;
}

} // namespace engine
