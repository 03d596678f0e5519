#include "engine/cpu/CpuOperation.h"

#include "engine/cpu/ConvolutionOperation.h"
#include "engine/cpu/ElementwiseOperations.h"
#include "engine/cpu/LinearOperation.h"
#include "engine/cpu/PoolOperations.h"

#include <algorithm>

namespace engine
{
namespace
{

using Kind = PlannedOperation::Kind;

bool isConvolution(const PlannedOperation& operation)
{
    return operation.kind == Kind::Convolution || operation.kind == Kind::ConvolutionMaxPoolRelu;
}

const Conv2d& convolutionOf(const NetworkSpec& spec, const PlannedOperation& operation)
{
    return std::get<Conv2d>(spec.layers[static_cast<std::size_t>(operation.layer)]);
}

} // namespace

CpuOperation::CpuOperation(const PlannedOperation& planned, const CpuKernels& kernels, int border)
    : m_planned(planned),
      m_kernels(kernels),
      m_output(planned.out.channels, planned.out.height, planned.out.width, border, kernels.lanes)
{
}

void CpuOperation::makeGradients()
{
    m_outputGradient =
        OwnedTensor(m_output.channels, m_output.height, m_output.width, m_output.border, m_kernels.lanes);
}

BorderNeed inputBorder(const NetworkSpec& spec, const PlannedOperation& operation)
{
    if (operation.in.isFlat)
        return {0, true}; // without a border, maps lie in one row
    if (!isConvolution(operation))
        return {};
    const Padding padding = paddingOf(convolutionOf(spec, operation));
    return {std::max(padding.before, padding.after), false};
}

int outputGradientBorder(const NetworkSpec& spec, const PlannedOperation& operation)
{
    if (operation.kind != Kind::Convolution)
        return 0;
    const Conv2d& convolution = convolutionOf(spec, operation);
    return convolution.stride == 1 ? gradientBorder(convolution) : 0;
}

std::unique_ptr<CpuOperation> makeOperation(const NetworkSpec& spec, const ParameterLayout& layout,
                                            const PlannedOperation& planned, const CpuKernels& kernels,
                                            int border)
{
    const LayerSpec& layer = spec.layers[static_cast<std::size_t>(planned.layer)];
    switch (planned.kind) {
    case Kind::Convolution:
        return std::make_unique<ConvolutionOperation>(std::get<Conv2d>(layer), layout, planned, kernels,
                                                      border);
    case Kind::ConvolutionMaxPoolRelu:
        return std::make_unique<ConvolutionMaxPoolReluOperation>(std::get<Conv2d>(layer), layout, planned,
                                                                 kernels, border);
    case Kind::BatchNorm:
        return std::make_unique<BatchNormOperation>(std::get<BatchNorm2d>(layer), layout, planned, kernels,
                                                    border);
    case Kind::Relu:
        return std::make_unique<ReluOperation>(planned, kernels, border);
    case Kind::MaxPool:
        return std::make_unique<MaxPoolOperation>(std::get<MaxPool2d>(layer), planned, kernels, border);
    case Kind::AveragePool:
        return std::make_unique<AveragePoolOperation>(std::get<AvgPool2d>(layer), planned, kernels, border);
    case Kind::Dropout:
        return std::make_unique<DropoutOperation>(std::get<Dropout>(layer), planned, kernels, border);
    case Kind::Linear:
        break;
    }
    return std::make_unique<LinearOperation>(layout, planned, kernels, border);
}

} // namespace engine
