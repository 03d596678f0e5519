// Against torch.optim's own.
#include "engine/training/Optimizer.h"

#include <gtest/gtest.h>

using engine::Optimizer;
using engine::OptimizerKind;
using engine::TrainingConfig;

namespace
{

/// 20 steps down a bowl; what the parameters are in the end.
torch::Tensor minimized(torch::optim::Optimizer& optimizer, torch::Tensor parameters)
{
    for (int i = 0; i < 20; ++i) {
        optimizer.zero_grad();
        ((parameters - 1).pow(4) + parameters.sin()).sum().backward();
        optimizer.step();
    }
    return parameters.detach();
}

torch::Tensor minimized(Optimizer& optimizer, torch::Tensor parameters, double learningRate, int steps = 20)
{
    for (int i = 0; i < steps; ++i) {
        torch::Tensor variable = parameters.clone().set_requires_grad(true);
        ((variable - 1).pow(4) + variable.sin()).sum().backward();
        torch::Tensor gradient = variable.grad().clone();
        optimizer.step(gradient, learningRate);
    }
    return parameters;
}

TrainingConfig configOf(OptimizerKind kind, double weightDecay)
{
    TrainingConfig config;
    config.optimizer = kind;
    config.weightDecay = weightDecay;
    return config;
}

torch::Tensor start()
{
    return torch::linspace(-1, 1, 11);
}

} // namespace

TEST(Optimizer, stepsAsTorchsSgdDoes)
{
    for (const double decay : {0.0, 0.1}) {
        for (const bool hasMomentum : {false, true}) {
            torch::Tensor expected = start().set_requires_grad(true);
            torch::optim::SGD reference(
                {expected}, torch::optim::SGDOptions(.02).momentum(hasMomentum ? .9 : 0).weight_decay(decay));
            torch::Tensor found = start();
            Optimizer optimizer(
                configOf(hasMomentum ? OptimizerKind::SgdMomentum : OptimizerKind::Sgd, decay), found);
            EXPECT_TRUE(torch::allclose(minimized(optimizer, found, .02), minimized(reference, expected),
                                        1e-5, 1e-6));
            EXPECT_EQ(optimizer.state().steps, 20);
            EXPECT_EQ(optimizer.state().first.size(), hasMomentum ? 11U : 0U);
        }
    }
}

TEST(Optimizer, stepsAsTorchsAdamWDoes)
{
    for (const double decay : {0.0, 0.1}) {
        torch::Tensor expected = start().set_requires_grad(true);
        torch::optim::AdamW reference({expected}, torch::optim::AdamWOptions(.02).weight_decay(decay));
        torch::Tensor found = start();
        Optimizer optimizer(configOf(OptimizerKind::AdamW, decay), found);
        EXPECT_TRUE(
            torch::allclose(minimized(optimizer, found, .02), minimized(reference, expected), 1e-5, 1e-6));
    }
}

TEST(Optimizer, goesOnFromAStateToTheSameBits)
{
    for (const auto kind : {OptimizerKind::Sgd, OptimizerKind::SgdMomentum, OptimizerKind::AdamW}) {
        torch::Tensor whole = start();
        Optimizer uninterrupted(configOf(kind, .1), whole);
        minimized(uninterrupted, whole, .02);

        torch::Tensor first = start();
        Optimizer before(configOf(kind, .1), first);
        minimized(before, first, .02, 7);
        torch::Tensor second = first.clone();
        Optimizer after(configOf(kind, .1), second);
        after.restore(before.state());
        minimized(after, second, .02, 13);
        EXPECT_TRUE(torch::equal(second, whole)) << engine::nameOf(kind);
        EXPECT_EQ(after.state(), uninterrupted.state());
    }
}
