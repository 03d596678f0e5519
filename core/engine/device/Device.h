// What can train on this machine, and which of it to take.
//
//     auto devices = engine::listDevices();
//     auto device = engine::chooseDevice("auto", devices);   // the first usable GPU, else the CPU
#pragma once

#include "engine/Result.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace engine
{

enum class DeviceKind {
    Cpu,
    Cuda, ///< NVIDIA by CUDA or AMD by ROCm: LibTorch names both so
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
    std::string reason; ///< why it cannot be used and what would help; empty where it can
};

/// The CPU first, then every GPU; where there is none that LibTorch can use, one entry "GPU" that says why.
/// May take seconds on a machine with a GPU driver: not for the GUI thread.
std::vector<DeviceInfo> listDevices();

/// `request` is "auto", "cpu", "gpu" (the first usable) or "gpu:N". Fails with BadValue on any other word and
/// with DeviceUnavailable, and the reason, where the device cannot be used.
Result<Device> chooseDevice(std::string_view request, std::span<const DeviceInfo> devices);

/// DeviceUnavailable, and the reason, where LibTorch cannot compute on `device` here.
Result<void> checkUsable(const Device& device);

/// "CPU", "GPU 0".
std::string deviceLabel(const Device& device);

/// Threads that training takes on the CPU when none are asked for: one a core.
int defaultThreadCount();

} // namespace engine
