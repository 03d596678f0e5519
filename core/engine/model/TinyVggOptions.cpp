#include "engine/model/TinyVggOptions.h"

#include "engine/CheckRange.h"

#include <numeric>

namespace engine
{
Result<void> validate(const TinyVggOptions& options)
{
    if (options.kernelSize % 2 == 0) {
        return failure(ErrorCode::BadValue, "Kernel size: expected an odd number from 1 to 7; found " +
                                                std::to_string(options.kernelSize) + ".");
    }
    return checkRange("Kernel size", options.kernelSize, 1, 7)
        .and_then([&] { return checkRange(ranges::kHiddenUnits, options.hiddenUnits); })
        .and_then([&] { return checkRange("Classes", options.classCount, 2, 256); })
        .and_then([&] { return checkRange("Image height", options.inputHeight, 4, 256); })
        .and_then([&] { return checkRange("Image width", options.inputWidth, 4, 256); });
}

std::vector<LayerInfo> layerTable(const TinyVggOptions& options)
{
    std::vector<LayerInfo> layers;
    int channels = 1;
    int height = options.inputHeight;
    int width = options.inputWidth;
    const int hidden = options.hiddenUnits;

    for (const std::string block : {"block_1", "block_2"}) {
        for (const int position : {0, 2}) {
            const std::int64_t weights =
                std::int64_t{hidden} * channels * options.kernelSize * options.kernelSize;
            layers.push_back({block + "." + std::to_string(position),
                              "Conv2d",
                              {hidden, height, width},
                              weights + hidden,
                              weights * height * width});
            layers.push_back(
                {block + "." + std::to_string(position + 1), "ReLU", {hidden, height, width}, 0, 0});
            channels = hidden;
        }
        height /= 2;
        width /= 2;
        layers.push_back({block + ".4", "MaxPool2d", {hidden, height, width}, 0, 0});
    }
    const int features = hidden * height * width;
    const std::int64_t weights = std::int64_t{features} * options.classCount;
    layers.push_back({"classifier.0", "Flatten", {features}, 0, 0});
    layers.push_back({"classifier.1", "Linear", {options.classCount}, weights + options.classCount, weights});
    return layers;
}

std::int64_t parameterCount(const TinyVggOptions& options)
{
    const auto layers = layerTable(options);
    return std::accumulate(
        layers.begin(), layers.end(), std::int64_t{0},
        [](std::int64_t sum, const LayerInfo& layer) { return sum + layer.parameterCount; });
}

} // namespace engine
