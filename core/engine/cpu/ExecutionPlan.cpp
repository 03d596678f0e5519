#include "engine/cpu/ExecutionPlan.h"

namespace engine
{
namespace
{

using Kind = PlannedOperation::Kind;

class Planner
{
public:
    explicit Planner(const NetworkSpec& spec) : m_layers(spec.layers) {}

    /// The operation that starts at layer `first`; its shapes are not set yet.
    PlannedOperation operationAt(std::size_t first) const
    {
        PlannedOperation operation;
        operation.layer = static_cast<int>(first);
        std::size_t last = first;
        if (is<Conv2d>(first)) {
            operation.kind = Kind::Convolution;
            const bool isReluFirst = is<ReLU>(first + 1) && isHalving(first + 2);
            const bool isPoolFirst = isHalving(first + 1) && is<ReLU>(first + 2);
            if (std::get<Conv2d>(m_layers[first]).stride == 1 && (isReluFirst || isPoolFirst)) {
                operation.kind = Kind::ConvolutionMaxPoolRelu;
                operation.hasRelu = true;
                last += 2;
            }
        } else if (is<BatchNorm2d>(first)) {
            operation.kind = Kind::BatchNorm;
        } else if (is<MaxPool2d>(first)) {
            operation.kind = Kind::MaxPool;
        } else if (is<AvgPool2d>(first)) {
            operation.kind = Kind::AveragePool;
        } else if (is<Dropout>(first)) {
            operation.kind = Kind::Dropout;
        } else if (is<Linear>(first)) {
            operation.kind = Kind::Linear;
        } else {
            operation.hasRelu = true;
        }
        const bool canEndInRelu = operation.kind == Kind::Convolution || operation.kind == Kind::BatchNorm ||
                                  operation.kind == Kind::Linear;
        if (canEndInRelu && is<ReLU>(last + 1)) {
            operation.hasRelu = true;
            ++last;
        }
        operation.lastLayer = static_cast<int>(last);
        return operation;
    }

private:
    template<typename Layer>
    bool is(std::size_t index) const
    {
        return index < m_layers.size() && std::holds_alternative<Layer>(m_layers[index]);
    }

    bool isHalving(std::size_t index) const
    {
        return is<MaxPool2d>(index) && std::get<MaxPool2d>(m_layers[index]).kernelSize == 2 &&
               std::get<MaxPool2d>(m_layers[index]).step() == 2;
    }

    const std::vector<LayerSpec>& m_layers;
};

} // namespace

std::vector<PlannedOperation> executionPlan(const NetworkSpec& spec)
{
    const std::vector<MapShape> shapes = layerShapes(spec);
    const Planner planner(spec);
    std::vector<PlannedOperation> plan;
    MapShape in = inputShape(spec);
    for (std::size_t i = 0; i < spec.layers.size(); ++i) {
        if (std::holds_alternative<Flatten>(spec.layers[i])) {
            in = shapes[i];
            continue;
        }
        PlannedOperation operation = planner.operationAt(i);
        i = static_cast<std::size_t>(operation.lastLayer);
        operation.isFirst = plan.empty();
        operation.in = in;
        operation.out = in = shapes[i];
        plan.push_back(operation);
    }
    return plan;
}

} // namespace engine
