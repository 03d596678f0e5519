#include "engine/network/TorchNetwork.h"

#include "engine/network/DropoutMask.h"

namespace engine
{
namespace
{

torch::Tensor convolve(const Conv2d& layer, torch::Tensor x, const torch::Tensor& weight,
                       const torch::Tensor& bias)
{
    const Padding padding = paddingOf(layer);
    std::int64_t symmetric = padding.before;
    if (padding.before != padding.after) { // padding='same' with an even kernel
        x = torch::constant_pad_nd(x, {padding.before, padding.after, padding.before, padding.after}, 0);
        symmetric = 0;
    }
    return torch::conv2d(x, weight, bias, layer.stride, symmetric);
}

torch::Tensor dropoutMask(const Dropout& dropout, std::size_t layer, const torch::Tensor& x,
                          std::uint64_t drawSeed)
{
    const std::int64_t images = x.size(0);
    const std::int64_t elements = x.numel() / images;
    std::vector<float> factors;
    factors.reserve(static_cast<std::size_t>(x.numel()));
    for (std::int64_t image = 0; image < images; ++image) {
        const std::uint64_t seed = dropoutSeed(mixedSeed(drawSeed, static_cast<std::uint64_t>(image)), layer);
        for (std::int64_t element = 0; element < elements; ++element)
            factors.push_back(dropoutFactor(seed, static_cast<std::uint64_t>(element), dropout.p));
    }
    return torch::tensor(factors).view(x.sizes()).to(x.device());
}

} // namespace

TorchNetwork::TorchNetwork(const NetworkSpec& spec, const torch::Device& device)
    : m_spec(spec),
      m_layout(parameterLayout(spec)),
      m_weights(torch::zeros(static_cast<std::int64_t>(m_layout.size), torch::TensorOptions(device)))
{
    for (const WeightEntry& entry : m_layout.entries) {
        // variable_data() gives the parts their own version counters. Otherwise autograd would take the
        // running statistics, which change with every batch, for changes of the weights in the same tensor.
        m_parts.push_back(
            m_weights
                .narrow(0, static_cast<std::int64_t>(entry.offset), static_cast<std::int64_t>(entry.size))
                .view(entry.shape)
                .variable_data());
    }
}

TorchNetwork::TorchNetwork(const NetworkSpec& spec, std::span<const float> weights,
                           const torch::Device& device)
    : TorchNetwork(spec, device)
{
    setWeights(weights);
}

void TorchNetwork::setWeights(std::span<const float> weights)
{
    const torch::NoGradGuard noGrad;
    m_weights.copy_(torch::tensor(std::vector<float>(weights.begin(), weights.end())));
}

std::vector<float> TorchNetwork::weightsOnCpu() const
{
    const torch::Tensor values = m_weights.to(torch::kCPU);
    return {values.data_ptr<float>(), values.data_ptr<float>() + values.numel()};
}

void TorchNetwork::setGradient(const torch::Tensor& gradient)
{
    for (std::size_t i = 0; i < m_parts.size(); ++i) {
        const WeightEntry& entry = m_layout.entries[i];
        if (entry.isBuffer())
            continue;
        m_parts[i].requires_grad_();
        m_parts[i].mutable_grad() =
            gradient.narrow(0, static_cast<std::int64_t>(entry.offset), static_cast<std::int64_t>(entry.size))
                .view(entry.shape);
    }
}

torch::Tensor TorchNetwork::part(std::size_t layer, WeightRole role) const
{
    const WeightEntry* entry = m_layout.find(static_cast<int>(layer), role);
    return entry == nullptr ? torch::Tensor()
                            : m_parts[static_cast<std::size_t>(entry - m_layout.entries.data())];
}

torch::Tensor TorchNetwork::alignedPart(std::size_t layer, WeightRole role) const
{
    const torch::Tensor view = part(layer, role);
    // cuDNN's kernels read several numbers at a time and fail with "misaligned address" elsewhere.
    constexpr std::uintptr_t kAlignment = 64;
    const bool isAligned = !view.defined() || !view.is_cuda() ||
                           reinterpret_cast<std::uintptr_t>(view.data_ptr()) % kAlignment == 0;
    return isAligned ? view : view.clone();
}

torch::Tensor TorchNetwork::forward(const torch::Tensor& images) const
{
    return run(images, false, 0);
}

torch::Tensor TorchNetwork::forwardTraining(const torch::Tensor& images, std::uint64_t drawSeed)
{
    return run(images, true, drawSeed);
}

torch::Tensor TorchNetwork::apply(std::size_t layer, const torch::Tensor& x) const
{
    return applied(layer, x, false, 0);
}

torch::Tensor TorchNetwork::run(const torch::Tensor& images, bool isTraining, std::uint64_t drawSeed) const
{
    torch::Tensor x = images;
    for (std::size_t i = 0; i < m_spec.layers.size(); ++i) {
        const bool isPooledNext = i + 1 < m_spec.layers.size() &&
                                  std::holds_alternative<ReLU>(m_spec.layers[i]) &&
                                  std::holds_alternative<MaxPool2d>(m_spec.layers[i + 1]);
        if (isPooledNext) {
            // Max pooling commutes with ReLU; pooling first leaves ReLU a quarter of the elements.
            x = applied(i + 1, x, isTraining, drawSeed);
            x = applied(i, x, isTraining, drawSeed);
            ++i;
        } else {
            x = applied(i, x, isTraining, drawSeed);
        }
    }
    return x;
}

torch::Tensor TorchNetwork::batchNorm(const BatchNorm2d& norm, std::size_t layer, const torch::Tensor& x,
                                      bool hasStatistics) const
{
    const torch::Tensor mean = alignedPart(layer, WeightRole::RunningMean);
    const torch::Tensor variance = alignedPart(layer, WeightRole::RunningVar);
    torch::Tensor normalized =
        torch::batch_norm(x, alignedPart(layer, WeightRole::Weight), alignedPart(layer, WeightRole::Bias),
                          mean, variance, hasStatistics, norm.momentum, norm.eps, /*cudnn_enabled=*/true);
    if (hasStatistics) {
        const torch::NoGradGuard noGrad;
        part(layer, WeightRole::NumBatchesTracked).add_(1);
        for (const auto& [role, updated] :
             {std::pair{WeightRole::RunningMean, mean}, {WeightRole::RunningVar, variance}}) {
            torch::Tensor stored = part(layer, role);
            if (!stored.is_same(updated)) // copy_() would raise the version that backward() checks
                stored.copy_(updated);
        }
    }
    return normalized;
}

torch::Tensor TorchNetwork::applied(std::size_t index, const torch::Tensor& x, bool isTraining,
                                    std::uint64_t drawSeed) const
{
    const LayerSpec& layer = m_spec.layers[index];
    if (const auto* convolution = std::get_if<Conv2d>(&layer))
        return convolve(*convolution, x, alignedPart(index, WeightRole::Weight),
                        alignedPart(index, WeightRole::Bias));
    if (const auto* norm = std::get_if<BatchNorm2d>(&layer)) {
        // A single value has no variance; PyTorch's module refuses it.
        return batchNorm(*norm, index, x, isTraining && x.numel() > x.size(1));
    }
    if (std::holds_alternative<ReLU>(layer))
        return torch::relu(x);
    if (const auto* pool = std::get_if<MaxPool2d>(&layer))
        return torch::max_pool2d(x, pool->kernelSize, pool->step());
    if (const auto* average = std::get_if<AvgPool2d>(&layer))
        return torch::avg_pool2d(x, average->kernelSize, average->step());
    if (const auto* dropout = std::get_if<Dropout>(&layer))
        return isTraining && dropout->p > 0 ? x * dropoutMask(*dropout, index, x, drawSeed) : x;
    if (std::holds_alternative<Flatten>(layer))
        return x.flatten(1);
    return torch::linear(x, alignedPart(index, WeightRole::Weight), alignedPart(index, WeightRole::Bias));
}

} // namespace engine
