// What tests compare with on LibTorch. Includes Torch.
#pragma once

#include "engine/data/Dataset.h"
#include "engine/network/TorchNetwork.h"

#include "Models.h"

namespace test
{

/// (N, channels, height, width), 0 … 1, of whole images behind each other.
inline torch::Tensor torchImages(const engine::ImageShape& shape, std::span<const std::uint8_t> pixels)
{
    const auto count = static_cast<std::int64_t>(pixels.size()) / shape.size();
    return torch::from_blob(const_cast<std::uint8_t*>(pixels.data()),
                            {count, shape.channels, shape.height, shape.width}, torch::kUInt8)
        .to(torch::kFloat)
        .div(255);
}
inline torch::Tensor torchImages(const engine::Dataset& dataset)
{
    return torchImages(dataset.shape(), dataset.pixels());
}

/// The engine's network on LibTorch with the array that backward() adds its gradients to.
struct AutogradNetwork {
    explicit AutogradNetwork(const engine::ModelSnapshot& model, const torch::Device& device = torch::kCPU)
        : network(model.spec, flatWeights(model), device),
          gradient(torch::zeros(static_cast<std::int64_t>(network.layout().parameterCount),
                                torch::TensorOptions(device)))
    {
        network.setGradient(gradient);
    }

    engine::TorchNetwork network;
    torch::Tensor gradient;
};

/// The course's network as the course writes it, of LibTorch's own modules: ReLU, and only then the pooling.
/// `spec`: of tinyVggSpec(), for its sizes; what is computed owes it nothing else.
struct CourseNetwork : torch::nn::Module {
    explicit CourseNetwork(const engine::NetworkSpec& spec)
    {
        const engine::TinyVggOptions options = choiceOf(spec).tinyVgg;
        const int hidden = options.hiddenUnits.at(0);
        const int kernelSize = options.kernelSizes.at(0);
        const auto block = [&](int channels) {
            const auto convolution = [&](int in) {
                return torch::nn::Conv2d(
                    torch::nn::Conv2dOptions(in, hidden, kernelSize).padding((kernelSize - 1) / 2));
            };
            torch::nn::Sequential layers; // one by one, so that their weights are drawn in this order
            layers->push_back(convolution(channels));
            layers->push_back(torch::nn::ReLU());
            layers->push_back(convolution(hidden));
            layers->push_back(torch::nn::ReLU());
            layers->push_back(torch::nn::MaxPool2d(2));
            return layers;
        };
        block_1 = register_module("block_1", block(spec.input.channels));
        block_2 = register_module("block_2", block(hidden));
        const int features = hidden * (spec.input.height / 2 / 2) * (spec.input.width / 2 / 2);
        classifier = register_module(
            "classifier",
            torch::nn::Sequential(torch::nn::Flatten(), torch::nn::Linear(features, spec.classCount)));
    }
    explicit CourseNetwork(const engine::ModelSnapshot& model) : CourseNetwork(model.spec)
    {
        const torch::NoGradGuard noGrad;
        auto parameters = named_parameters();
        for (const engine::WeightArray& array : model.weights)
            parameters[array.name].copy_(torch::tensor(array.values).view(array.shape));
    }

    /// What the classifier reads.
    torch::Tensor features(const torch::Tensor& images)
    {
        return block_2->forward(block_1->forward(images)).flatten(1);
    }
    torch::Tensor forward(const torch::Tensor& images) { return classifier->forward(features(images)); }

    /// What every layer gives, in order.
    std::vector<torch::Tensor> layerByLayer(const torch::Tensor& images)
    {
        std::vector<torch::Tensor> outputs;
        torch::Tensor x = images;
        for (const torch::nn::Sequential& part : {block_1, block_2, classifier}) {
            for (const torch::nn::AnyModule& layer : *part) {
                torch::nn::AnyModule module = layer;
                x = module.forward(x);
                outputs.push_back(x);
            }
        }
        return outputs;
    }

    torch::nn::Sequential block_1 = nullptr;
    torch::nn::Sequential block_2 = nullptr;
    torch::nn::Sequential classifier = nullptr;
};

} // namespace test
