#include "engine/network/NetworkSpec.h"

namespace engine
{
namespace
{

struct TypeName {
    const char* operator()(const Conv2d&) const { return "Conv2d"; }
    const char* operator()(const BatchNorm2d&) const { return "BatchNorm2d"; }
    const char* operator()(const ReLU&) const { return "ReLU"; }
    const char* operator()(const MaxPool2d&) const { return "MaxPool2d"; }
    const char* operator()(const AvgPool2d&) const { return "AvgPool2d"; }
    const char* operator()(const Dropout&) const { return "Dropout"; }
    const char* operator()(const Flatten&) const { return "Flatten"; }
    const char* operator()(const Linear&) const { return "Linear"; }
};

} // namespace

const char* typeName(const LayerSpec& layer)
{
    return std::visit(TypeName{}, layer);
}

std::string layerName(const NetworkSpec& spec, std::size_t index)
{
    return index < spec.names.size() ? spec.names[index] : std::to_string(index);
}

Padding paddingOf(const Conv2d& convolution)
{
    if (convolution.padding != kSamePadding)
        return {convolution.padding, convolution.padding};
    const int total = convolution.kernelSize - 1;
    return {total / 2, total - total / 2};
}

} // namespace engine
