// The parts: each layer of the network on its own, as the kernels do it and as LibTorch does it, on one
// thread; and a convolution that suits LibTorch best, for what the processor can do at most.
#include "engine/cpu/CpuKernelSelection.h"
#include "engine/cpu/CpuNetwork.h"
#include "engine/network/InitialWeights.h"
#include "engine/network/LayerTable.h"
#include "engine/network/NetworkFamilies.h"
#include "engine/network/TorchNetwork.h"

#include <benchmark/benchmark.h>

namespace
{

using engine::CpuKernels;
using engine::InterleavedTensor;

constexpr int kHidden = 10;
constexpr engine::ConvolutionShape kShape = {.kernelSize = 3, .stride = 1, .padding = 1};

engine::NetworkSpec network()
{
    return engine::tinyVgg({1, 28, 28}, 10);
}

class Planes
{
public:
    Planes(int lanes, int channels, int side)
        : m_memory(static_cast<std::size_t>(channels * (side + 2) * (side + 2) * lanes)),
          planes{m_memory.data(), channels, side, side, 1}
    {
    }

private:
    engine::AlignedBuffer m_memory;

public:
    InterleavedTensor planes;
};

void rate(benchmark::State& state, double images, double macs)
{
    state.counters["GFLOP/s"] =
        benchmark::Counter(2e-9 * macs * images, benchmark::Counter::kIsIterationInvariantRate);
    state.counters["images/s"] = benchmark::Counter(images, benchmark::Counter::kIsIterationInvariantRate);
}

double convolutionMacs(int side)
{
    return double(side) * side * kHidden * kHidden * 9;
}

void convolution(benchmark::State& state, const CpuKernels* kernels)
{
    const int side = static_cast<int>(state.range(0));
    const Planes in(kernels->lanes, kHidden, side);
    const Planes out(kernels->lanes, kHidden, side);
    const std::vector<float> weights(kHidden * kHidden * 9, .01F);
    const std::vector<float> bias(kHidden, .1F);
    for (auto _ : state)
        kernels->convolution(kShape, in.planes, weights.data(), bias.data(), true, out.planes);
    rate(state, kernels->lanes, convolutionMacs(side));
}

void gradients(benchmark::State& state, const CpuKernels* kernels)
{
    const int side = static_cast<int>(state.range(0));
    const Planes in(kernels->lanes, kHidden, side);
    const Planes out(kernels->lanes, kHidden, side);
    const engine::AlignedBuffer sums((kHidden * 9 + 1) * kHidden * static_cast<std::size_t>(kernels->lanes));
    std::vector<float> weights(kHidden * kHidden * 9);
    std::vector<float> bias(kHidden);
    for (auto _ : state)
        kernels->convolutionBackwardWeights(kShape, in.planes, out.planes, sums.data(), weights.data(),
                                            bias.data());
    rate(state, kernels->lanes, convolutionMacs(side));
}

/// Forward and backward of one image; the first layer passes nothing further back.
double stepMacs()
{
    double macs = 0;
    for (const engine::LayerInfo& layer : layerTable(network()))
        macs += static_cast<double>(layer.multiplyAccumulates) * (layer.name == "block_1.0" ? 2 : 3);
    return macs;
}

void wholeStep(benchmark::State& state, const CpuKernels* kernels)
{
    engine::CpuNetwork cpu(network(), *kernels);
    const std::vector<float> weights = initialWeights(network(), 1);
    std::vector<float> gradient(weights.size());
    cpu.setWeights(weights);
    for (int lane = 0; lane < kernels->lanes; ++lane)
        cpu.setImage(lane, std::vector<std::uint8_t>(784, 100));
    for (auto _ : state) {
        cpu.forward();
        for (int c = 0; c < 10; ++c)
            cpu.setLogitGradient(c, 0, .1F);
        cpu.backward(gradient);
    }
    rate(state, kernels->lanes, stepMacs());
}

void torchStep(benchmark::State& state)
{
    torch::set_num_threads(1);
    engine::TorchNetwork model(network(), initialWeights(network(), 1));
    torch::Tensor gradient = torch::zeros(static_cast<std::int64_t>(model.layout().parameterCount));
    model.setGradient(gradient);
    const torch::Tensor images = torch::rand({32, 1, 28, 28});
    const torch::Tensor labels = torch::randint(10, {32}, torch::kLong);
    for (auto _ : state) {
        gradient.zero_();
        torch::nn::functional::cross_entropy(model.forwardTraining(images, 0), labels).backward();
    }
    rate(state, 32, stepMacs());
}

void convolutionPeak(benchmark::State& state)
{
    torch::set_num_threads(1);
    const torch::NoGradGuard noGrad;
    const torch::Tensor images = torch::rand({16, 64, 28, 28}).contiguous(torch::MemoryFormat::ChannelsLast);
    const torch::Tensor weights = torch::rand({64, 64, 3, 3}).contiguous(torch::MemoryFormat::ChannelsLast);
    for (auto _ : state)
        benchmark::DoNotOptimize(torch::conv2d(images, weights, {}, 1, 1));
    rate(state, 16, 28.0 * 28 * 64 * 64 * 9);
}

} // namespace

int main(int argc, char** argv)
{
    for (const CpuKernels* kernels : engine::usableCpuKernels()) {
        const std::string name = kernels->name;
        benchmark::RegisterBenchmark((name + "/convolution").c_str(), convolution, kernels)->Arg(28)->Arg(14);
        benchmark::RegisterBenchmark((name + "/gradients").c_str(), gradients, kernels)->Arg(28)->Arg(14);
        benchmark::RegisterBenchmark((name + "/forward and backward").c_str(), wholeStep, kernels);
    }
    benchmark::RegisterBenchmark("LibTorch/forward and backward", torchStep);
    benchmark::RegisterBenchmark("LibTorch/convolution 64 to 64 channels", convolutionPeak);
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
}
