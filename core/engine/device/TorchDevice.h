// Devices in LibTorch's terms. Includes Torch: for the engine's own files and its tests only.
#pragma once

#include "engine/device/Device.h"

#include <torch/torch.h>

namespace engine
{

torch::Device torchDevice(const Device& device);

/// Sets how many threads the calling thread's tensor operations use; 0 means defaultThreadCount().
void useThreads(int threads);

} // namespace engine
