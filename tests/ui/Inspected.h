// A model of any network with random weights, and what it makes of an image.
#pragma once

#include "core/PlainModel.h"
#include "ui/models/Inspection.h"

#include <random>

namespace test
{

inline ui::InspectionPtr inspectionOf(const engine::NetworkSpec& spec = tinyVgg(), unsigned seed = 1)
{
    std::mt19937 random(seed + 1000);
    auto inspection = std::make_shared<ui::Inspection>();
    inspection->image.shape = spec.input;
    inspection->image.title = QStringLiteral("noise");
    for (int i = 0; i < spec.input.size(); ++i)
        inspection->image.pixels.push_back(static_cast<std::uint8_t>(random() % 256));
    inspection->model = std::make_shared<const engine::ModelSnapshot>(makeModel(spec, seed));
    inspection->activations = std::make_shared<const engine::Activations>(
        engine::activationsOf(*inspection->model, inspection->image.pixels).value());
    for (int i = 0; i < spec.classCount; ++i)
        inspection->classNames << QStringLiteral("class %1").arg(i);
    return inspection;
}

/// The course's network with kernels and widths that are seldom tried.
inline std::vector<engine::NetworkSpec> unusualShapes()
{
    return {tinyVgg(28, 28, 3, 1), tinyVgg(28, 28, 32, 5), tinyVgg(28, 28, 10, 7, 62), tinyVgg(40, 52, 4)};
}

struct NamedNetwork {
    const char* name;
    engine::NetworkSpec spec;
};

/// Networks with every type of layer, of every family, gray and in color.
inline std::vector<NamedNetwork> networks()
{
    const engine::ImageShape gray{1, 28, 28};
    engine::TinyVggOptions mixed;
    mixed.blocks = 3;
    mixed.hiddenUnits = {4, 6, 8};
    mixed.kernelSizes = {3, 4, 5, 1, 3, 7};
    engine::TinyVggOptions normalized;
    normalized.hasBatchNorm = true;
    normalized.dropout = 0.2;
    engine::TinyVggOptions unpadded;
    unpadded.isPadded = false;
    engine::NetworkSpec strided;
    strided.input = gray;
    strided.layers = {engine::Conv2d{.outChannels = 6, .kernelSize = 5, .stride = 2, .padding = 2},
                      engine::ReLU{},
                      engine::AvgPool2d{3, 2},
                      engine::Conv2d{.outChannels = 12, .kernelSize = 3, .bias = false},
                      engine::BatchNorm2d{},
                      engine::AvgPool2d{4},
                      engine::Flatten{},
                      engine::Dropout{0.3},
                      engine::Linear{128},
                      engine::ReLU{},
                      engine::Dropout{0.5},
                      engine::Linear{10, false}};
    engine::NetworkSpec onlyMaps; // whose last pooling leaves one number a class
    onlyMaps.input = {3, 12, 16};
    onlyMaps.classCount = 4;
    onlyMaps.layers = {engine::Conv2d{.outChannels = 4, .kernelSize = 3}, engine::MaxPool2d{10, 5},
                       engine::Flatten{}};
    engine::NetworkSpec linear; // the smallest
    linear.input = gray;
    linear.layers = {engine::Flatten{}, engine::Linear{10}};
    return {{"3 blocks, mixed kernels", engine::tinyVgg(gray, 10, mixed)},
            {"batch norm and dropout", engine::tinyVgg(gray, 10, normalized)},
            {"Linear", engine::linearBaseline(gray, 10)},
            {"Linear + ReLU", engine::linearBaseline(gray, 10, 24, true)},
            {"Linear in color", engine::linearBaseline({3, 28, 28}, 10)},
            {"unpadded in color", engine::tinyVgg({3, 64, 64}, 3, unpadded)},
            {"average pooling, stride 2, hidden Linear", strided},
            {"maps alone", onlyMaps},
            {"one Linear", linear}};
}

} // namespace test
