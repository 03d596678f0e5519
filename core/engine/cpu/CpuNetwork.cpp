#include "engine/cpu/CpuNetwork.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace engine
{
namespace
{

/// Pixel values divided by 255; multiplying by 1/255 would round differently.
const std::array<float, 256>& unitValues()
{
    static const std::array<float, 256> kValues = [] {
        std::array<float, 256> values{};
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] = static_cast<float>(i) / 255.0F;
        return values;
    }();
    return kValues;
}

/// Converts every pixel into `lane`.
template<typename Pixel, typename Convert>
void fillLane(const InterleavedTensor& image, int lane, int lanes, std::span<const Pixel> pixels,
              const Convert& convert)
{
    const Pixel* source = pixels.data();
    for (int channel = 0; channel < image.channels; ++channel) {
        for (int y = 0; y < image.height; ++y) {
            const int row = channel * (image.height + 2 * image.border) + y + image.border;
            float* target = image.data +
                            (std::ptrdiff_t{row} * image.rowLength() + image.border) * std::ptrdiff_t{lanes} +
                            lane;
            for (int x = 0; x < image.width; ++x)
                target[x * lanes] = convert(*source++);
        }
    }
}

/// The border needed between an operation and the one that reads its output.
int borderBetween(const NetworkSpec& spec, const PlannedOperation* giver, const PlannedOperation* reader)
{
    const BorderNeed need = reader == nullptr ? BorderNeed{0, true} : inputBorder(spec, *reader);
    if (need.isExact || giver == nullptr)
        return need.border;
    // The gradient has the layout of the output, so that a ReLU mask is read at the same offsets.
    return std::max(need.border, outputGradientBorder(spec, *giver));
}

} // namespace

bool canTrainOnCpuNetwork(const NetworkSpec& spec)
{
    return std::ranges::none_of(
        spec.layers, [](const LayerSpec& layer) { return std::holds_alternative<BatchNorm2d>(layer); });
}

CpuNetwork::CpuNetwork(const NetworkSpec& spec, const CpuKernels& kernels) : m_spec(spec), m_kernels(&kernels)
{
    const std::vector<PlannedOperation> plan = executionPlan(spec);
    const ParameterLayout layout = parameterLayout(spec);
    m_image = OwnedTensor(spec.input.channels, spec.input.height, spec.input.width,
                          borderBetween(spec, nullptr, &plan.front()), kernels.lanes);
    for (std::size_t i = 0; i < plan.size(); ++i) {
        const PlannedOperation* next = i + 1 < plan.size() ? &plan[i + 1] : nullptr;
        m_operations.push_back(
            makeOperation(spec, layout, plan[i], kernels, borderBetween(spec, &plan[i], next)));
    }
}

void CpuNetwork::makeGradients()
{
    for (const auto& operation : m_operations)
        operation->makeGradients();
    m_hasGradients = true;
}

void CpuNetwork::setWeights(std::span<const float> weights)
{
    assert(weights.size() == parameterLayout(m_spec).size);
    for (const auto& operation : m_operations)
        operation->setWeights(weights.data());
}

void CpuNetwork::setImage(int lane, std::span<const std::uint8_t> pixels)
{
    const std::array<float, 256>& values = unitValues();
    fillLane(m_image, lane, lanes(), pixels, [&](std::uint8_t pixel) { return values[pixel]; });
}

void CpuNetwork::setImage(int lane, std::span<const float> pixels)
{
    fillLane(m_image, lane, lanes(), pixels, [](float pixel) { return pixel; });
}

void CpuNetwork::clearImage(int lane)
{
    for (std::size_t i = 0; i < m_image.vectorCount(); ++i)
        m_image.data[i * static_cast<std::size_t>(lanes()) + static_cast<std::size_t>(lane)] = 0;
}

InterleavedTensor CpuNetwork::readBy(std::size_t operation, const InterleavedTensor& given) const
{
    const MapShape& in = m_operations[operation]->planned().in;
    return in.isFlat ? InterleavedTensor{given.data, in.channels, 1, 1, 0} : given;
}

InterleavedTensor CpuNetwork::inputOf(std::size_t operation) const
{
    return readBy(operation, operation == 0 ? m_image : m_operations[operation - 1]->output());
}

void CpuNetwork::run(ImageSeeds seeds)
{
    for (std::size_t i = 0; i < m_operations.size(); ++i)
        m_operations[i]->forward(inputOf(i), seeds);
}

std::span<const float> CpuNetwork::features() const
{
    InterleavedTensor features = m_operations.back()->output();
    for (std::size_t i = 0; i < m_operations.size(); ++i) {
        if (m_operations[i]->planned().kind == PlannedOperation::Kind::Linear)
            features = inputOf(i);
    }
    return {features.data, features.vectorCount() * static_cast<std::size_t>(lanes())};
}

void CpuNetwork::setLogitGradient(int classIndex, int lane, float gradient)
{
    if (!m_hasGradients)
        makeGradients();
    m_operations.back()->outputGradient().data[classIndex * lanes() + lane] = gradient;
}

void CpuNetwork::backward(std::span<float> gradient)
{
    if (m_operations.back()->planned().hasRelu)
        m_kernels->reluBackward(m_operations.back()->output(), m_operations.back()->outputGradient());
    for (std::size_t i = m_operations.size(); i-- > 0;) {
        CpuOperation& operation = *m_operations[i];
        if (i == 0) {
            operation.backward(inputOf(i), nullptr, nullptr, gradient);
            return;
        }
        const CpuOperation& before = *m_operations[i - 1];
        // The backward pass of ConvolutionMaxPoolRelu applies the ReLU mask itself.
        const bool isMasked = before.planned().hasRelu &&
                              before.planned().kind != PlannedOperation::Kind::ConvolutionMaxPoolRelu;
        const InterleavedTensor inGradient = readBy(i, before.outputGradient());
        operation.backward(inputOf(i), &inGradient, isMasked ? before.output().data : nullptr, gradient);
        if (isMasked && !operation.masksInput())
            m_kernels->reluBackward(before.output(), before.outputGradient());
    }
}

} // namespace engine
