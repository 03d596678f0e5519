// Devices in LibTorch's terms. Includes Torch: for the engine's own files and its tests only.
#pragma once

#include "engine/device/Device.h"

#include <torch/torch.h>

namespace engine
{

/// To be called before computing there. For a GPU, makes LibTorch compute, in the whole process, with
/// float32's full precision and with algorithms that give the same bits every time.
torch::Device torchDevice(const Device& device);

/// Sets the number of threads for tensor operations of the calling thread; 0 means defaultThreadCount().
void useThreads(int threads);

} // namespace engine
