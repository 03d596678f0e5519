// GPU information from the system that LibTorch does not provide without CUDA's headers.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace engine
{

/// Model names of the GPUs known to NVIDIA's driver, such as "NVIDIA GeForce RTX 4070"; one per GPU, in no
/// particular order (CUDA's order differs). Empty without that driver. Source of the format: "The /proc
/// Filesystem Interface" in the README of NVIDIA's driver for Linux.
std::vector<std::string> nvidiaModels(const std::filesystem::path& folder = "/proc/driver/nvidia/gpus");

/// Display name of GPU `index` of `count`. Includes the model only if all GPUs are the same model.
std::string gpuName(int index, int count, const std::vector<std::string>& models);

/// True if an NVIDIA or AMD driver is loaded; `root` is the system's root folder.
bool isGpuDriverLoaded(const std::filesystem::path& root = "/");

} // namespace engine
