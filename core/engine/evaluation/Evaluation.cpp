#include "engine/evaluation/Evaluation.h"

#include "engine/Guarded.h"
#include "engine/device/TorchDevice.h"
#include "engine/evaluation/CpuEvaluation.h"
#include "engine/evaluation/ModelEvaluation.h"

namespace engine
{
namespace
{

// Small enough that a batch's feature maps stay in the cache, large enough that call overhead is negligible.
constexpr std::int64_t kBatchSize = 250;

Evaluation evaluateOnCpu(const ModelSnapshot& model, const Dataset& dataset,
                         std::span<const std::uint32_t> images, int threads, const std::stop_token& stop,
                         const EvaluationProgress& progress)
{
    ThreadPool pool(threads > 0 ? threads : defaultThreadCount());
    const std::vector<float> weights = flatWeights(model);
    std::vector<CpuNetwork> networks;
    std::vector<CpuNetwork*> pointers;
    networks.reserve(static_cast<std::size_t>(pool.size()));
    for (int i = 0; i < pool.size(); ++i) {
        networks.emplace_back(model.spec).setWeights(weights);
        pointers.push_back(&networks.back());
    }
    return evaluateOnCpuNetworks(pool, pointers, dataset, images, stop, progress);
}

Evaluation evaluateOnDevice(const ModelSnapshot& model, const Dataset& dataset,
                            std::span<const std::uint32_t> images, const torch::Device& device,
                            const std::stop_token& stop, const EvaluationProgress& progress)
{
    const TorchNetwork network(model.spec, flatWeights(model), device);
    torch::Tensor indices;
    if (!images.empty()) {
        const std::vector<std::int64_t> wide(images.begin(), images.end());
        indices = torch::tensor(wide, torch::kLong).to(device);
    }
    return evaluateModel(network, Batches(dataset, device), indices, stop, progress);
}

} // namespace

Evaluation evaluateModel(const TorchNetwork& model, const Batches& data, const torch::Tensor& indices,
                         const std::stop_token& stop, const EvaluationProgress& progress)
{
    const torch::InferenceMode inference;
    const int classCount = model.spec().classCount;
    Evaluation result;
    result.confusion = ConfusionMatrix(classCount);
    double lossSum = 0;
    const std::int64_t total = indices.defined() ? indices.size(0) : data.size();
    for (std::int64_t begin = 0; begin < total; begin += kBatchSize) {
        if (stop.stop_requested())
            break;
        const std::int64_t count = std::min(kBatchSize, total - begin);
        const Batch batch =
            indices.defined() ? data.gather(indices.narrow(0, begin, count)) : data.slice(begin, count);
        const torch::Tensor logProbabilities = torch::log_softmax(model.forward(batch.images), 1);
        const torch::Tensor losses = torch::nll_loss(logProbabilities, batch.labels, {}, at::Reduction::Sum);
        const torch::Tensor probabilities = logProbabilities.exp().to(torch::kCPU).contiguous();
        const torch::Tensor predictions = logProbabilities.argmax(1).to(torch::kCPU);
        const torch::Tensor labels = batch.labels.to(torch::kCPU);
        lossSum += losses.item<double>();
        const float* values = probabilities.data_ptr<float>();
        result.probabilities.insert(result.probabilities.end(), values, values + probabilities.numel());
        for (std::int64_t i = 0; i < predictions.size(0); ++i) {
            const auto predicted = predictions.data_ptr<std::int64_t>()[i];
            result.predictions.push_back(static_cast<std::uint8_t>(predicted));
            result.confusion.add(static_cast<int>(labels.data_ptr<std::int64_t>()[i]),
                                 static_cast<int>(predicted));
        }
        if (progress)
            progress(result.size());
    }
    result.meanLoss = lossSum / static_cast<double>(std::max<std::size_t>(1, result.size()));
    return result;
}

Result<Evaluation> evaluate(const ModelSnapshot& model, const Dataset& dataset, const Device& device,
                            int threads, std::stop_token stop, const EvaluationProgress& progress,
                            std::span<const std::uint32_t> images)
{
    const NetworkSpec& spec = model.spec;
    if (dataset.shape() != spec.input || dataset.classCount() != spec.classCount) {
        return failure(ErrorCode::BadValue, "Expected images of " + text(spec.input) + " pixels in " +
                                                std::to_string(spec.classCount) +
                                                " classes, as in the model; found " + text(dataset.shape()) +
                                                " in " + std::to_string(dataset.classCount()) + ".");
    }
    if (auto usable = checkUsable(device); !usable)
        return tl::unexpected(usable.error());
    return guarded("Evaluation", [&]() -> Result<Evaluation> {
        Evaluation evaluation =
            device.kind == DeviceKind::Cpu
                ? evaluateOnCpu(model, dataset, images, threads, stop, progress)
                : evaluateOnDevice(model, dataset, images, torchDevice(device), stop, progress);
        if (evaluation.size() < (images.empty() ? dataset.size() : images.size()))
            return failure(ErrorCode::Cancelled, "The evaluation was cancelled.");
        return evaluation;
    });
}

} // namespace engine
