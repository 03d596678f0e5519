#include "engine/evaluation/Evaluation.h"

#include "engine/Guarded.h"
#include "engine/cpu/CpuEvaluation.h"
#include "engine/device/TorchDevice.h"
#include "engine/evaluation/ModelEvaluation.h"

namespace engine
{
namespace
{

// Few enough that the feature maps of a batch stay in the cache, many enough that calls cost nothing.
constexpr std::int64_t kBatchSize = 250;

Evaluation evaluateOnCpu(const ModelSnapshot& model, const Dataset& dataset,
                         std::span<const std::uint32_t> images, int threads, const TrainingControl* control,
                         const EvaluationProgress& progress)
{
    ThreadPool pool(threads > 0 ? threads : defaultThreadCount());
    const std::vector<float> parameters = flatParameters(model);
    std::vector<CpuNetwork> networks;
    std::vector<CpuNetwork*> pointers;
    networks.reserve(static_cast<std::size_t>(pool.size()));
    for (int i = 0; i < pool.size(); ++i) {
        networks.emplace_back(model.options).setParameters(parameters);
        pointers.push_back(&networks.back());
    }
    return evaluateOnCpuNetworks(pool, pointers, dataset, images, control, progress);
}

Evaluation evaluateOnDevice(const ModelSnapshot& model, const Dataset& dataset,
                            std::span<const std::uint32_t> images, const torch::Device& device,
                            const TrainingControl* control, const EvaluationProgress& progress)
{
    TinyVgg network(model.options, 0);
    loadSnapshot(network, model);
    network->to(device);
    torch::Tensor indices;
    if (!images.empty()) {
        const std::vector<std::int64_t> wide(images.begin(), images.end());
        indices = torch::tensor(wide, torch::kLong).to(device);
    }
    return evaluateModel(network, Batches(dataset, device), indices, control, progress);
}

} // namespace

Evaluation evaluateModel(TinyVgg& model, const Batches& data, const torch::Tensor& indices,
                         const TrainingControl* control, const EvaluationProgress& progress)
{
    const torch::InferenceMode inference;
    model->eval();
    const int classCount = model->options().classCount;
    Evaluation result;
    result.confusion = ConfusionMatrix(classCount);
    double lossSum = 0;
    const std::int64_t total = indices.defined() ? indices.size(0) : data.size();
    for (std::int64_t begin = 0; begin < total; begin += kBatchSize) {
        if (control != nullptr && control->isStopRequested())
            break;
        const std::int64_t count = std::min(kBatchSize, total - begin);
        const Batch batch =
            indices.defined() ? data.gather(indices.narrow(0, begin, count)) : data.slice(begin, count);
        const torch::Tensor logProbabilities = torch::log_softmax(model->forward(batch.images), 1);
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
    model->train();
    return result;
}

Result<Evaluation> evaluate(const ModelSnapshot& model, const Dataset& dataset, const Device& device,
                            int threads, const TrainingControl* control, const EvaluationProgress& progress,
                            std::span<const std::uint32_t> images)
{
    const TinyVggOptions& options = model.options;
    if (dataset.height() != options.inputHeight || dataset.width() != options.inputWidth ||
        dataset.classCount() != options.classCount) {
        return failure(ErrorCode::BadValue,
                       "Expected images of " + std::to_string(options.inputHeight) + " × " +
                           std::to_string(options.inputWidth) + " pixels in " +
                           std::to_string(options.classCount) + " classes, as the model has them; found " +
                           std::to_string(dataset.height()) + " × " + std::to_string(dataset.width()) +
                           " in " + std::to_string(dataset.classCount()) + ".");
    }
    if (auto usable = checkUsable(device); !usable)
        return tl::unexpected(usable.error());
    return guarded("Evaluation", [&]() -> Result<Evaluation> {
        Evaluation evaluation =
            device.kind == DeviceKind::Cpu
                ? evaluateOnCpu(model, dataset, images, threads, control, progress)
                : evaluateOnDevice(model, dataset, images, torchDevice(device), control, progress);
        if (evaluation.size() < (images.empty() ? dataset.size() : images.size()))
            return failure(ErrorCode::Cancelled, "The evaluation was cancelled.");
        return evaluation;
    });
}

} // namespace engine
