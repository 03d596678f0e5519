// The devices of this machine that can train, and the choice of one.
//
//     auto devices = engine::listDevices();
//     auto device = engine::chooseDevice("auto", devices);   // the first usable GPU, otherwise the CPU
#pragma once

#include "engine/Range.h"
#include "engine/Result.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace engine
{

enum class DeviceKind {
    Cpu,
    Cuda, ///< NVIDIA (CUDA) or AMD (ROCm); LibTorch calls both CUDA
    Mps,  ///< Apple
};

struct Device {
    DeviceKind kind = DeviceKind::Cpu;
    int index = 0;

    bool operator==(const Device&) const = default;
};

struct DeviceInfo {
    Device device;
    std::string name;
    bool isUsable = false;
    std::string reason; ///< why it is not usable and how to fix that; empty if usable
};

/// The CPU first, then every GPU. If LibTorch can use none, one entry "GPU" gives the reason. May take
/// seconds with a GPU driver; do not call on the GUI thread.
std::vector<DeviceInfo> listDevices();

/// `request` is "auto", "cpu", "gpu" (the first usable) or "gpu:N". Errors: BadValue for any other text;
/// DeviceUnavailable, with the reason, if the device is not usable.
Result<Device> chooseDevice(std::string_view request, std::span<const DeviceInfo> devices);

/// DeviceUnavailable, and the reason, where LibTorch cannot compute on `device` here.
Result<void> checkUsable(const Device& device);

/// "CPU", "GPU 0".
std::string deviceLabel(const Device& device);

/// Default number of CPU threads for training: one per core.
int defaultThreadCount();

namespace ranges
{
inline constexpr Range<int> kThreads = {"Threads", 0, 256}; ///< 0: defaultThreadCount()
} // namespace ranges

} // namespace engine
