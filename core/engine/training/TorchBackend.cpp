#include "engine/training/TorchBackend.h"

#include "engine/MixedSeed.h"
#include "engine/data/AffineAugmentation.h"
#include "engine/evaluation/ModelEvaluation.h"

namespace engine
{
namespace
{

/// Transforms each of `images` by drawAffineMap().
torch::Tensor augmented(const torch::Tensor& images, Augmentation augmentation, std::uint64_t drawSeed)
{
    const std::int64_t count = images.size(0);
    const int height = static_cast<int>(images.size(2));
    const int width = static_cast<int>(images.size(3));
    const AffineRanges ranges = rangesOf(augmentation);
    std::vector<float> theta;
    for (std::int64_t i = 0; i < count; ++i) {
        // affine_grid also measures from the image center, in units of half the side.
        const AffineMap map =
            drawAffineMap(ranges, mixedSeed(drawSeed, static_cast<std::uint64_t>(i)), height, width);
        const double aspect = static_cast<double>(height) / width;
        for (const double value :
             {map.xx, map.xy * aspect, 2 * map.dx / width, map.yx / aspect, map.yy, 2 * map.dy / height})
            theta.push_back(static_cast<float>(value));
    }
    const torch::Tensor maps =
        torch::tensor(theta).view({count, 2, 3}).to(images.device(), /*non_blocking=*/true);
    const torch::Tensor grid = torch::affine_grid_generator(maps, images.sizes(), /*align_corners=*/false);
    constexpr std::int64_t kBilinear = 0;
    constexpr std::int64_t kZeros = 0;
    return torch::grid_sampler(images, grid, kBilinear, kZeros, /*align_corners=*/false);
}

torch::Tensor toDevice(std::span<const std::uint32_t> images, const torch::Device& device)
{
    const std::vector<std::int64_t> indices(images.begin(), images.end());
    return torch::tensor(indices, torch::kLong).to(device, /*non_blocking=*/true);
}

} // namespace

TorchBackend::TorchBackend(const TrainingConfig& config, const NetworkSpec& model, const Dataset& train,
                           const torch::Device& device)
    : m_config(config),
      m_device(device),
      m_network(model, device),
      m_gradient(torch::zeros(static_cast<std::int64_t>(m_network.layout().parameterCount),
                              torch::TensorOptions(device))),
      m_optimizer(config, m_network.weights().narrow(0, 0, m_gradient.numel())),
      m_train(train, device),
      m_trainPixels(train.pixels().data())
{
    m_network.setGradient(m_gradient);
}

void TorchBackend::step(std::span<const std::uint32_t> images, double learningRate, std::uint64_t drawSeed)
{
    Batch batch = m_train.gather(toDevice(images, m_device));
    if (m_config.augmentation != Augmentation::None)
        batch.images = augmented(batch.images, m_config.augmentation, drawSeed);
    m_gradient.zero_();
    const torch::Tensor logits = m_network.forwardTraining(batch.images, drawSeed);
    const torch::Tensor loss = torch::nn::functional::cross_entropy(
        logits, batch.labels,
        torch::nn::functional::CrossEntropyFuncOptions().label_smoothing(m_config.labelSmoothing));
    loss.backward();
    m_optimizer.step(m_gradient, learningRate);
    const torch::NoGradGuard noGrad;
    m_metrics.push_back(
        torch::stack({loss.detach(), logits.argmax(1).eq(batch.labels).sum().to(torch::kFloat)}));
    m_sampleCounts.push_back(static_cast<int>(images.size()));
}

void TorchBackend::takeResults(std::vector<StepResult>& results)
{
    if (m_metrics.empty())
        return;
    const torch::Tensor metrics = torch::stack(m_metrics).to(torch::kCPU);
    for (std::size_t i = 0; i < m_metrics.size(); ++i) {
        const float* pair = metrics.data_ptr<float>() + 2 * i;
        results.push_back({m_sampleCounts[i], static_cast<int>(pair[1]), pair[0]});
    }
    m_metrics.clear();
    m_sampleCounts.clear();
}

Evaluation TorchBackend::evaluate(const Dataset& dataset, std::span<const std::uint32_t> images,
                                  const std::stop_token& stop)
{
    const torch::Tensor indices = images.empty() ? torch::Tensor() : toDevice(images, m_device);
    if (dataset.pixels().data() == m_trainPixels)
        return evaluateModel(m_network, m_train, indices, stop, {});
    if (!m_tested || m_testedPixels != dataset.pixels().data()) {
        m_tested.emplace(dataset, m_device);
        m_testedPixels = dataset.pixels().data();
    }
    return evaluateModel(m_network, *m_tested, indices, stop, {});
}

std::vector<float> TorchBackend::parameters() const
{
    return m_network.weightsOnCpu();
}

void TorchBackend::setParameters(std::span<const float> parameters)
{
    m_network.setWeights(parameters);
}

} // namespace engine
