#include "engine/training/TrainingStep.h"

namespace engine
{
namespace
{

TinyVgg placedOn(TinyVgg model, const torch::Device& device)
{
    torch::NoGradGuard noGrad;
    model->to(device);
    for (auto& parameter : model->parameters()) {
        if (parameter.dim() == 4)
            parameter.set_data(parameter.contiguous(torch::MemoryFormat::ChannelsLast));
    }
    return model;
}

} // namespace

TrainingStep::TrainingStep(TinyVgg model, const torch::Device& device, double learningRate)
    : m_model(placedOn(std::move(model), device)),
      m_optimizer(m_model->parameters(), torch::optim::SGDOptions(learningRate))
{
    m_model->train();
}

StepResult TrainingStep::run(const Batch& batch)
{
    const torch::Tensor logits = m_model->forward(batch.images);
    const torch::Tensor loss = torch::nn::functional::cross_entropy(logits, batch.labels);
    m_optimizer.zero_grad();
    loss.backward();
    m_optimizer.step();
    torch::NoGradGuard noGrad;
    return {loss.item<float>(), logits.argmax(1).eq(batch.labels).sum().item<int>()};
}

} // namespace engine
