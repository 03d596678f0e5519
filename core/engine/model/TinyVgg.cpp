#include "engine/model/TinyVgg.h"

#include <ATen/CPUGeneratorImpl.h>
#include <cmath>
#include <cstring>

namespace engine
{
namespace
{

torch::nn::Sequential makeBlock(int inChannels, const TinyVggOptions& options)
{
    const auto convolution = [&](int channels) {
        return torch::nn::Conv2d(torch::nn::Conv2dOptions(channels, options.hiddenUnits, options.kernelSize)
                                     .padding((options.kernelSize - 1) / 2));
    };
    return torch::nn::Sequential(convolution(inChannels), torch::nn::ReLU(), convolution(options.hiddenUnits),
                                 torch::nn::ReLU(), torch::nn::MaxPool2d(2));
}

/// PyTorch's default for Conv2d and Linear: weight and bias uniform in ±1/√fan_in (kaiming_uniform with a =
/// √5).
void drawWeights(torch::nn::Module& module, std::uint64_t seed)
{
    torch::NoGradGuard noGrad;
    const at::Generator generator = at::make_generator<at::CPUGeneratorImpl>(seed);
    double bound = 0;
    for (auto& parameter : module.parameters()) {
        if (parameter.dim() > 1) // a weight; its bias follows and has the same bound
            bound = 1.0 / std::sqrt(static_cast<double>(parameter[0].numel()));
        parameter.uniform_(-bound, bound, generator);
    }
}

} // namespace

TinyVggImpl::TinyVggImpl(const TinyVggOptions& options, std::uint64_t seed)
    : m_options(options),
      m_block1(register_module("block_1", makeBlock(1, options))),
      m_block2(register_module("block_2", makeBlock(options.hiddenUnits, options))),
      m_classifier(register_module(
          "classifier", torch::nn::Sequential(torch::nn::Flatten(),
                                              torch::nn::Linear(options.hiddenUnits * options.pooledHeight() *
                                                                    options.pooledWidth(),
                                                                options.classCount))))
{
    drawWeights(*this, seed);
}

torch::Tensor TinyVggImpl::forward(const torch::Tensor& images)
{
    torch::Tensor x = images;
    for (torch::nn::Sequential block : {m_block1, m_block2}) {
        x = torch::relu(block[0]->as<torch::nn::Conv2d>()->forward(x));
        // The maximum commutes with ReLU: pooled first, ReLU has a quarter of the elements to visit.
        x = torch::relu(torch::max_pool2d(block[2]->as<torch::nn::Conv2d>()->forward(x), 2));
    }
    return m_classifier->forward(x);
}

ModelSnapshot takeSnapshot(const TinyVgg& model)
{
    torch::NoGradGuard noGrad;
    ModelSnapshot snapshot{model->options(), emptyStateDict(model->options())};
    const auto parameters = model->named_parameters();
    for (WeightArray& array : snapshot.weights) {
        const torch::Tensor values = parameters[array.name].to(torch::kCPU).contiguous();
        array.values.assign(values.data_ptr<float>(), values.data_ptr<float>() + values.numel());
    }
    return snapshot;
}

void loadSnapshot(TinyVgg& model, const ModelSnapshot& snapshot)
{
    torch::NoGradGuard noGrad;
    auto parameters = model->named_parameters();
    for (const WeightArray& array : snapshot.weights)
        parameters[array.name].copy_(torch::tensor(array.values).view(array.shape));
}

} // namespace engine
