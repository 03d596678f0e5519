#include "engine/evaluation/Evaluation.h"

#include "engine/device/TorchDevice.h"
#include "engine/evaluation/ModelEvaluation.h"

namespace engine
{
namespace
{

// Few enough that the feature maps of a batch stay in the cache, many enough that calls cost nothing.
constexpr std::int64_t kBatchSize = 250;

} // namespace

Evaluation evaluateModel(TinyVgg& model, const Batches& data, const TrainingControl* control,
                         const EvaluationProgress& progress)
{
    const torch::InferenceMode inference;
    model->eval();
    const int classCount = model->options().classCount;
    Evaluation result;
    result.confusion = ConfusionMatrix(classCount);
    double lossSum = 0;
    for (std::int64_t begin = 0; begin < data.size(); begin += kBatchSize) {
        if (control != nullptr && control->isStopRequested())
            break;
        const Batch batch = data.slice(begin, std::min(kBatchSize, data.size() - begin));
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
                            int threads, const TrainingControl* control, const EvaluationProgress& progress)
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
        useThreads(threads);
        TinyVgg network(options, 0);
        loadSnapshot(network, model);
        network->to(torchDevice(device));
        Evaluation evaluation =
            evaluateModel(network, Batches(dataset, torchDevice(device)), control, progress);
        if (evaluation.size() < dataset.size())
            return failure(ErrorCode::Cancelled, "The evaluation was cancelled.");
        return evaluation;
    });
}

} // namespace engine
