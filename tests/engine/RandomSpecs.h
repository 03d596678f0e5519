// Valid networks by chance: every kind of layer, odd sizes, even kernels, strides and paddings, 1 to 3
// channels.
#pragma once

#include "engine/network/NetworkSpec.h"

#include <algorithm>
#include <random>

namespace test
{

/// The same seed gives the same networks on every machine. Sizes are counted here once more, by hand, so that
/// a layer is only added where it fits; what the engine says of them is compared elsewhere.
class RandomSpecs
{
public:
    explicit RandomSpecs(std::uint64_t seed) : m_random(seed) {}

    engine::NetworkSpec next()
    {
        m_spec = {};
        m_spec.input = {between(1, 3), between(1, 13), between(1, 13)};
        m_spec.classCount = between(2, 7);
        m_channels = m_spec.input.channels;
        m_height = m_spec.input.height;
        m_width = m_spec.input.width;
        for (int count = between(0, 7); count > 0; --count)
            addMapLayer();
        if (between(0, 9) == 0)
            endInGlobalAverage();
        else
            endInLinear();
        if (between(0, 4) == 0) {
            for (std::size_t i = 0; i < m_spec.layers.size(); ++i)
                m_spec.names.push_back("part_" + std::to_string(i % 3) + ".layer" + std::to_string(i));
        }
        return m_spec;
    }

private:
    int between(int low, int high)
    {
        return low + static_cast<int>(m_random() % static_cast<std::uint64_t>(high - low + 1));
    }
    bool isSometimes() { return between(0, 2) == 0; }
    int smallerSide() const { return std::min(m_height, m_width); }

    void addMapLayer()
    {
        switch (between(0, 9)) {
        case 0:
        case 1:
        case 2:
            return addConvolution();
        case 3:
        case 4:
            return add(engine::ReLU{});
        case 5:
            return addPooling<engine::MaxPool2d>();
        case 6:
            return addPooling<engine::AvgPool2d>();
        case 7:
            return add(engine::BatchNorm2d{.eps = isSometimes() ? 1e-3 : 1e-5,
                                           .momentum = isSometimes() ? .3 : .1,
                                           .numFeatures = isSometimes() ? m_channels : 0});
        case 8:
            return add(engine::Dropout{between(0, 6) / 10.0});
        default: // as in a TinyVGG, so that the plan fuses them
            addConvolution();
            add(engine::ReLU{});
            if (smallerSide() >= 2) {
                add(engine::MaxPool2d{2});
                m_height /= 2;
                m_width /= 2;
            }
        }
    }

    void addConvolution()
    {
        engine::Conv2d layer;
        layer.outChannels = between(1, 9);
        layer.kernelSize = isSometimes() ? between(1, 11) : between(1, 5);
        layer.stride = isSometimes() ? between(1, 4) : 1;
        layer.bias = between(0, 4) > 0;
        layer.inChannels = isSometimes() ? m_channels : 0;
        if (layer.stride == 1 && isSometimes())
            layer.padding = engine::kSamePadding;
        else
            layer.padding = between(0, 4);
        const int added = layer.padding == engine::kSamePadding ? layer.kernelSize - 1 : 2 * layer.padding;
        if (layer.kernelSize > smallerSide() + added)
            return;
        m_channels = layer.outChannels;
        m_height = (m_height + added - layer.kernelSize) / layer.stride + 1;
        m_width = (m_width + added - layer.kernelSize) / layer.stride + 1;
        add(layer);
    }

    template<typename Pool>
    void addPooling()
    {
        Pool layer;
        layer.kernelSize = between(1, std::min(4, smallerSide()));
        layer.stride = isSometimes() ? between(1, 4) : 0;
        m_height = (m_height - layer.kernelSize) / layer.step() + 1;
        m_width = (m_width - layer.kernelSize) / layer.step() + 1;
        add(layer);
    }

    void endInGlobalAverage()
    {
        add(engine::Conv2d{.outChannels = m_spec.classCount, .kernelSize = 1});
        m_channels = m_spec.classCount;
        while (smallerSide() > 1) {
            const int size = std::min(16, smallerSide());
            add(engine::AvgPool2d{size});
            m_height /= size;
            m_width /= size;
        }
        while (m_height * m_width > 1) { // a line is left
            add(engine::Conv2d{.outChannels = m_spec.classCount, .kernelSize = 1, .stride = 8});
            m_height = (m_height - 1) / 8 + 1;
            m_width = (m_width - 1) / 8 + 1;
        }
        add(engine::Flatten{});
        if (isSometimes())
            add(engine::ReLU{});
    }

    void endInLinear()
    {
        add(engine::Flatten{});
        if (isSometimes())
            add(engine::Dropout{.2});
        if (isSometimes())
            add(engine::ReLU{});
        int features = m_channels * m_height * m_width;
        for (int count = between(0, 2); count > 0; --count) {
            const int out = between(1, 12);
            add(engine::Linear{
                .outFeatures = out, .bias = between(0, 4) > 0, .inFeatures = isSometimes() ? features : 0});
            features = out;
            if (isSometimes())
                add(engine::Dropout{.3});
            if (between(0, 1) == 0)
                add(engine::ReLU{});
            if (between(0, 5) == 0)
                add(engine::Flatten{});
        }
        add(engine::Linear{.outFeatures = m_spec.classCount, .bias = between(0, 4) > 0});
        if (between(0, 9) == 0)
            add(engine::ReLU{});
    }

    void add(engine::LayerSpec layer) { m_spec.layers.push_back(std::move(layer)); }

    std::mt19937_64 m_random;
    engine::NetworkSpec m_spec;
    int m_channels = 1;
    int m_height = 1;
    int m_width = 1;
};

} // namespace test
