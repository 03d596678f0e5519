#include "engine/device/Device.h"

#include "engine/device/GpuDriver.h"
#include "engine/device/TorchDevice.h"

#include <algorithm>
#include <charconv>
#include <mutex>
#include <thread>

namespace engine
{
namespace
{

std::string noGpuReason()
{
#ifdef TINYVGG_TORCH_HAS_GPU
    if (isGpuDriverLoaded()) {
        return "A GPU driver is loaded, but LibTorch finds no usable GPU. The driver may be older than the "
               "CUDA "
               "or ROCm version that this LibTorch was built for. Update it, or use an older LibTorch.";
    }
    return "No NVIDIA or AMD GPU driver is loaded. If there is such a GPU, install its driver and restart "
           "the "
           "program.";
#else
    return "This LibTorch was built without CUDA. To use an NVIDIA GPU, build the program with LibTorch's "
           "CUDA archive (see GPU in the README).";
#endif
}

tl::unexpected<Error> unavailable(const Device& device, const std::string& reason)
{
    return failure(ErrorCode::DeviceUnavailable, deviceLabel(device) + " cannot be used. " + reason);
}

void makeGpuArithmeticExact()
{
    static std::once_flag isDone;
    std::call_once(isDone, [] {
        // By default convolutions round their inputs to TF32's 10 bits, which gives an accuracy of 1e-3; for
        // networks of this size, full precision costs no time.
        at::globalContext().setAllowTF32CuDNN(false);
        // Some of cuDNN's algorithms add in the order in which threads finish.
        at::globalContext().setDeterministicCuDNN(true);
    });
}

constexpr const char* kNoSuchGpu = "There is no GPU with that number.";

} // namespace

torch::Device torchDevice(const Device& device)
{
    switch (device.kind) {
    case DeviceKind::Cuda:
        makeGpuArithmeticExact();
        return {torch::kCUDA, static_cast<c10::DeviceIndex>(device.index)};
    case DeviceKind::Mps:
        return {torch::kMPS};
    case DeviceKind::Cpu:
        break;
    }
    return {torch::kCPU};
}

Result<void> checkUsable(const Device& device)
{
    if (device.kind == DeviceKind::Cpu)
        return {};
    const auto devices = listDevices();
    const auto found = std::find_if(devices.begin(), devices.end(),
                                    [&](const DeviceInfo& info) { return info.device == device; });
    if (found == devices.end())
        return unavailable(device, kNoSuchGpu);
    if (!found->isUsable)
        return unavailable(device, found->reason);
    return {};
}

std::vector<DeviceInfo> listDevices()
{
    std::vector<DeviceInfo> devices = {{{DeviceKind::Cpu, 0}, "CPU", true, {}}};
    std::string reason;
    try {
        const int count = torch::cuda::is_available() ? static_cast<int>(torch::cuda::device_count()) : 0;
        const auto models = nvidiaModels();
        for (int index = 0; index < count; ++index)
            devices.push_back({{DeviceKind::Cuda, index}, gpuName(index, count, models), true, {}});
        if (at::hasMPS())
            devices.push_back({{DeviceKind::Mps, 0}, "Apple GPU", true, {}});
    } catch (const std::exception& error) {
        reason = std::string("Querying the GPU driver failed: ") + error.what();
    }
    if (devices.size() == 1)
        devices.push_back({{DeviceKind::Cuda, 0}, "GPU", false, reason.empty() ? noGpuReason() : reason});
    return devices;
}

Result<Device> chooseDevice(std::string_view request, std::span<const DeviceInfo> devices)
{
    const auto isGpu = [](const DeviceInfo& info) { return info.device.kind != DeviceKind::Cpu; };
    const auto firstUsableGpu = std::find_if(
        devices.begin(), devices.end(), [&](const DeviceInfo& info) { return isGpu(info) && info.isUsable; });

    if (request == "cpu" || (request == "auto" && firstUsableGpu == devices.end()))
        return Device{};
    if (request == "auto")
        return firstUsableGpu->device;

    if (request == "gpu") {
        if (firstUsableGpu != devices.end())
            return firstUsableGpu->device;
        const auto anyGpu = std::find_if(devices.begin(), devices.end(), isGpu);
        return failure(ErrorCode::DeviceUnavailable,
                       "No GPU can be used." +
                           (anyGpu == devices.end() ? std::string() : " " + anyGpu->reason));
    }
    if (request.starts_with("gpu:")) {
        const std::string_view number = request.substr(4);
        int index = -1;
        const auto [end, status] = std::from_chars(number.data(), number.data() + number.size(), index);
        if (status == std::errc() && end == number.data() + number.size() && index >= 0) {
            const auto named = std::find_if(devices.begin(), devices.end(), [&](const DeviceInfo& info) {
                return isGpu(info) && info.device.index == index;
            });
            if (named != devices.end() && named->isUsable)
                return named->device;
            return unavailable({DeviceKind::Cuda, index},
                               named == devices.end() ? kNoSuchGpu : named->reason);
        }
    }
    return failure(ErrorCode::BadValue,
                   "Device: expected auto, cpu, gpu or gpu:N; found \"" + std::string(request) + "\".");
}

std::string deviceLabel(const Device& device)
{
    return device.kind == DeviceKind::Cpu ? "CPU" : "GPU " + std::to_string(device.index);
}

void useThreads(int threads)
{
    // LibTorch initializes a thread's count on first use from a process-wide value. Trigger that now;
    // otherwise it would later overwrite what is set here.
    torch::get_num_threads();
    torch::set_num_threads(threads > 0 ? threads : defaultThreadCount());
}

int defaultThreadCount()
{
    return std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1, ranges::kThreads.high);
}

} // namespace engine
