#include "engine/training/TrainingBackend.h"

#include "engine/device/TorchDevice.h"
#include "engine/training/CpuBackend.h"
#include "engine/training/TorchBackend.h"

namespace engine
{

std::unique_ptr<TrainingBackend> makeTrainingBackend(const TrainingConfig& config,
                                                     const TinyVggOptions& model, const Dataset& train)
{
    if (config.device.kind == DeviceKind::Cpu)
        return std::make_unique<CpuBackend>(config, model, train);
    return std::make_unique<TorchBackend>(config, model, train, torchDevice(config.device));
}

} // namespace engine
