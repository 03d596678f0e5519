#include "engine/training/TrainingBackend.h"

#include "engine/device/TorchDevice.h"
#include "engine/training/CpuBackend.h"
#include "engine/training/TorchBackend.h"

namespace engine
{

Result<std::unique_ptr<TrainingBackend>> makeTrainingBackend(const TrainingConfig& config,
                                                             const NetworkSpec& model, const Dataset& train)
{
    if (config.device.kind == DeviceKind::Cpu && canTrainOnCpuNetwork(model)) {
        useThreads(1); // limits LibTorch; CpuBackend has its own threads
        return std::make_unique<CpuBackend>(config, model, train);
    }
    // Of LibTorch's sums on the CPU, each number of threads makes others.
    useThreads(config.device.kind == DeviceKind::Cpu ? 1 : config.threads);
    return checkUsable(config.device).map([&]() -> std::unique_ptr<TrainingBackend> {
        return std::make_unique<TorchBackend>(config, model, train, torchDevice(config.device));
    });
}

} // namespace engine
