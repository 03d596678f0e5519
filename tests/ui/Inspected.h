// A model of any shape with weights by lot, and what it makes of an image.
#pragma once

#include "ui/models/Inspection.h"

#include <random>

namespace test
{

inline ui::InspectionPtr inspectionOf(const engine::TinyVggOptions& options = {}, unsigned seed = 1)
{
    std::mt19937 random(seed);
    auto model = std::make_shared<engine::ModelSnapshot>();
    model->options = options;
    model->weights = engine::emptyStateDict(options);
    for (engine::WeightArray& array : model->weights) {
        std::size_t count = 1;
        for (const std::int64_t side : array.shape)
            count *= static_cast<std::size_t>(side);
        array.values.resize(count);
        for (float& value : array.values)
            value = static_cast<float>(random() % 2001) / 5000.0F - 0.2F;
    }
    auto inspection = std::make_shared<ui::Inspection>();
    inspection->image.height = options.inputHeight;
    inspection->image.width = options.inputWidth;
    inspection->image.title = QStringLiteral("noise");
    for (int i = 0; i < options.inputHeight * options.inputWidth; ++i)
        inspection->image.pixels.push_back(static_cast<std::uint8_t>(random() % 256));
    inspection->model = model;
    inspection->activations = std::make_shared<const engine::Activations>(
        engine::activationsOf(*model, inspection->image.pixels).value());
    for (int i = 0; i < options.classCount; ++i)
        inspection->classNames << QStringLiteral("class %1").arg(i);
    return inspection;
}

/// Of kernels and widths that are seldom tried.
inline std::vector<engine::TinyVggOptions> unusualShapes()
{
    engine::TinyVggOptions tiny;
    tiny.kernelSize = 1;
    tiny.hiddenUnits = 3;
    engine::TinyVggOptions wide;
    wide.kernelSize = 5;
    wide.hiddenUnits = 32;
    engine::TinyVggOptions letters;
    letters.kernelSize = 7;
    letters.classCount = 62;
    engine::TinyVggOptions large;
    large.inputHeight = 40;
    large.inputWidth = 52;
    large.hiddenUnits = 4;
    return {tiny, wide, letters, large};
}

} // namespace test
