#include "engine/device/Device.h"

#include "engine/data/SketchDigits.h"
#include "engine/device/TorchDevice.h"
#include "engine/evaluation/Evaluation.h"
#include "engine/training/Trainer.h"

#include "support/Results.h"

using engine::chooseDevice;
using engine::Device;
using engine::DeviceInfo;
using engine::DeviceKind;
using engine::ErrorCode;
using test::failsWith;

namespace
{

const DeviceInfo kCpu = {{DeviceKind::Cpu, 0}, "CPU", true, {}};
const DeviceInfo kNoGpu = {{DeviceKind::Cuda, 0}, "GPU", false, "The driver is asleep."};
const Device kFirstGpu = {DeviceKind::Cuda, 0};
const Device kSecondGpu = {DeviceKind::Cuda, 1};

DeviceInfo gpu(int index, bool isUsable = true)
{
    return {{DeviceKind::Cuda, index}, "GPU", isUsable, isUsable ? "" : "Too old."};
}

} // namespace

TEST(ChooseDevice, takesTheCpuWhenAsked)
{
    EXPECT_EQ(chooseDevice("cpu", std::vector{kCpu, kNoGpu}).value(), Device{});
    EXPECT_EQ(chooseDevice("cpu", std::vector{kCpu, gpu(0)}).value(), Device{});
}

TEST(ChooseDevice, takesAGpuByItselfWhereOneIsUsable)
{
    EXPECT_EQ(chooseDevice("auto", std::vector{kCpu, gpu(0), gpu(1)}).value(), kFirstGpu);
    EXPECT_EQ(chooseDevice("auto", std::vector{kCpu, kNoGpu}).value(), Device{});
    EXPECT_EQ(chooseDevice("auto", std::vector{kCpu}).value(), Device{});
}

TEST(ChooseDevice, passesOverAGpuThatCannotBeUsed)
{
    const std::vector devices = {kCpu, gpu(0, false), gpu(1)};
    EXPECT_EQ(chooseDevice("auto", devices).value(), kSecondGpu);
    EXPECT_EQ(chooseDevice("gpu", devices).value(), kSecondGpu);
    EXPECT_EQ(chooseDevice("gpu:1", devices).value(), kSecondGpu);
    EXPECT_TRUE(
        failsWith(chooseDevice("gpu:0", devices), ErrorCode::DeviceUnavailable, {"GPU 0", "Too old."}));
}

TEST(ChooseDevice, takesTheGpuOfTheGivenNumber)
{
    const std::vector devices = {kCpu, gpu(0), gpu(1)};
    EXPECT_EQ(chooseDevice("gpu", devices).value(), kFirstGpu);
    EXPECT_EQ(chooseDevice("gpu:0", devices).value(), kFirstGpu);
    EXPECT_EQ(chooseDevice("gpu:1", devices).value(), kSecondGpu);
    EXPECT_TRUE(failsWith(chooseDevice("gpu:2", devices), ErrorCode::DeviceUnavailable,
                          {"GPU 2", "no GPU with that number"}));
}

TEST(ChooseDevice, saysWhyThereIsNoGpu)
{
    const std::vector devices = {kCpu, kNoGpu};
    EXPECT_TRUE(failsWith(chooseDevice("gpu", devices), ErrorCode::DeviceUnavailable,
                          {"No GPU can be used", "The driver is asleep."}));
    EXPECT_TRUE(
        failsWith(chooseDevice("gpu:0", devices), ErrorCode::DeviceUnavailable, {"The driver is asleep."}));
    const auto unexplained = chooseDevice("gpu", std::vector{kCpu});
    EXPECT_TRUE(failsWith(unexplained, ErrorCode::DeviceUnavailable, {"No GPU can be used."}));
    EXPECT_TRUE(unexplained.error().message.ends_with("."));
}

TEST(ChooseDevice, rejectsOtherWords)
{
    for (const char* word : {"", "CPU", "cuda", "gpu:", "gpu:x", "gpu:-1", "gpu:1x", "gpu: 1",
                             "gpu:99999999999", "gpu1", "auto "}) {
        EXPECT_TRUE(failsWith(chooseDevice(word, std::vector{kCpu, gpu(0), gpu(1)}), ErrorCode::BadValue,
                              {"expected auto, cpu, gpu or gpu:N", "found \"" + std::string(word) + "\""}));
    }
}

TEST(ListDevices, beginsWithTheCpuAndExplainsWhatCannotBeUsed)
{
    const auto devices = engine::listDevices();
    ASSERT_GE(devices.size(), 2U);
    EXPECT_EQ(devices[0].device, Device{});
    EXPECT_TRUE(devices[0].isUsable);
    for (const DeviceInfo& info : devices) {
        EXPECT_FALSE(info.name.empty());
        EXPECT_EQ(info.reason.empty(), info.isUsable) << info.name;
    }
}

TEST(Device, isLabelledForPeople)
{
    EXPECT_EQ(engine::deviceLabel({}), "CPU");
    EXPECT_EQ(engine::deviceLabel({DeviceKind::Cuda, 1}), "GPU 1");
    EXPECT_EQ(engine::deviceLabel({DeviceKind::Mps, 0}), "GPU 0");
    EXPECT_GE(engine::defaultThreadCount(), 1);
}

TEST(Device, computesOnAGpuInFullPrecisionAndToTheSameBitsEveryTime)
{
    EXPECT_TRUE(engine::torchDevice(kSecondGpu) == torch::Device(torch::kCUDA, 1));
    EXPECT_FALSE(at::globalContext().allowTF32CuDNN());
    EXPECT_FALSE(at::globalContext().allowTF32CuBLAS());
    EXPECT_TRUE(at::globalContext().deterministicCuDNN());
    EXPECT_FALSE(at::globalContext().benchmarkCuDNN());
}

TEST(Gpu, trainsAsTheCpuDoes)
{
    const auto devices = engine::listDevices();
    const auto gpuDevice = chooseDevice("gpu", devices);
    if (!gpuDevice)
        GTEST_SKIP() << gpuDevice.error().message;
    const auto digits = engine::makeSketchDigits({500, 200, 42});
    engine::TrainingConfig config;
    config.epochs = 1;
    engine::TrainingControl control;
    engine::TrainingObserver observer;
    const auto onCpu = runTraining(config, digits, control, observer);
    config.device = *gpuDevice;
    const auto onGpu = runTraining(config, digits, control, observer);
    ASSERT_TRUE(test::succeeds(onCpu));
    ASSERT_TRUE(test::succeeds(onGpu));
    EXPECT_NEAR(onGpu->epochs[0].trainLoss, onCpu->epochs[0].trainLoss, .02);
    // The same weights must be tested alike on both.
    const auto here = evaluate(onGpu->model, digits.test);
    const auto there = evaluate(onGpu->model, digits.test, *gpuDevice);
    ASSERT_TRUE(here && there);
    EXPECT_NEAR(here->meanLoss, there->meanLoss, 1e-3);
    EXPECT_NEAR(static_cast<double>(here->correctCount()), static_cast<double>(there->correctCount()), 2);
}

TEST(Gpu, thatIsNotThereIsRefusedByName)
{
    engine::TrainingConfig config;
    config.device = {DeviceKind::Cuda, 99};
    engine::TrainingControl control;
    engine::TrainingObserver observer;
    EXPECT_TRUE(failsWith(runTraining(config, engine::makeSketchDigits({20, 10, 1}), control, observer),
                          ErrorCode::DeviceUnavailable, {"GPU 99"}));
}
