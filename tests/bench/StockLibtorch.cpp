// What a LibTorch program looks like when it follows the examples: torch::data's MNIST, Stack and data
// loader, SGD. Prints one JSON line per measurement.
//
//     stock_libtorch FOLDER EPOCHS      FOLDER holds the four files, unpacked
#include "Measurements.h"

#include <torch/torch.h>

namespace
{

struct NetImpl : torch::nn::Module {
    NetImpl()
    {
        const auto block = [](int channels) {
            using torch::nn::Conv2dOptions;
            return torch::nn::Sequential(torch::nn::Conv2d(Conv2dOptions(channels, 10, 3).padding(1)),
                                         torch::nn::ReLU(),
                                         torch::nn::Conv2d(Conv2dOptions(10, 10, 3).padding(1)),
                                         torch::nn::ReLU(), torch::nn::MaxPool2d(2));
        };
        block1 = register_module("block_1", block(1));
        block2 = register_module("block_2", block(10));
        classifier = register_module("classifier",
                                     torch::nn::Sequential(torch::nn::Flatten(), torch::nn::Linear(490, 10)));
    }
    torch::Tensor forward(const torch::Tensor& x)
    {
        return classifier->forward(block2->forward(block1->forward(x)));
    }
    torch::nn::Sequential block1{nullptr}, block2{nullptr}, classifier{nullptr};
};
TORCH_MODULE(Net);

template<typename Loader>
int correctOf(Net& model, Loader& loader)
{
    const torch::NoGradGuard noGrad;
    model->eval();
    int correct = 0;
    for (auto& batch : loader)
        correct += model->forward(batch.data).argmax(1).eq(batch.target).sum().template item<int>();
    return correct;
}

} // namespace

int main(int argc, char** argv)
{
    const std::string folder = argv[1];
    const int epochs = argc > 2 ? std::atoi(argv[2]) : 1;
    bench::Stopwatch watch;
    auto train = torch::data::datasets::MNIST(folder).map(torch::data::transforms::Stack<>());
    auto test = torch::data::datasets::MNIST(folder, torch::data::datasets::MNIST::Mode::kTest)
                    .map(torch::data::transforms::Stack<>());
    bench::report("load", watch.seconds());
    torch::manual_seed(42);
    auto trainLoader =
        torch::data::make_data_loader<torch::data::samplers::RandomSampler>(std::move(train), 32);
    auto testLoader =
        torch::data::make_data_loader<torch::data::samplers::SequentialSampler>(std::move(test), 32);
    Net model;
    torch::optim::SGD optimizer(model->parameters(), .1);
    const bench::Stopwatch sinceStart;
    for (int epoch = 1; epoch <= epochs; ++epoch) {
        const bench::Stopwatch epochWatch;
        model->train();
        double lossSum = 0;
        int right = 0;
        for (auto& batch : *trainLoader) {
            const torch::Tensor logits = model->forward(batch.data);
            const torch::Tensor loss = torch::nn::functional::cross_entropy(logits, batch.target);
            lossSum += loss.item<double>();
            right += logits.argmax(1).eq(batch.target).sum().item<int>();
            optimizer.zero_grad();
            loss.backward();
            optimizer.step();
        }
        const int correct = correctOf(model, *testLoader);
        bench::reportEpoch(epoch, epochWatch, sinceStart, correct);
    }
    const bench::Stopwatch evaluation;
    correctOf(model, *testLoader);
    bench::report("evaluation", evaluation.seconds());
    bench::reportMemory();
}
