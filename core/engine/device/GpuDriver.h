// What the system itself says of its GPUs, which LibTorch does not tell without CUDA's own headers.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace engine
{

/// The models that NVIDIA's driver knows, a GPU each, as "NVIDIA GeForce RTX 4070"; in no certain order, as
/// CUDA counts them in its own. Empty without that driver. Source of the format: "The /proc Filesystem
/// Interface" in the README of NVIDIA's driver for Linux.
std::vector<std::string> nvidiaModels(const std::filesystem::path& folder = "/proc/driver/nvidia/gpus");

/// How GPU `index` of `count` is called: by its model where that is certain, as it is if all are the same.
std::string gpuName(int index, int count, const std::vector<std::string>& models);

/// A driver of NVIDIA or AMD is loaded, below the system's root folder.
bool isGpuDriverLoaded(const std::filesystem::path& root = "/");

} // namespace engine
