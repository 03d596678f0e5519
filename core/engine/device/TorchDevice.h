// Common start of every engine call that computes. Includes Torch: for the engine's own files and its tests
// only.
#pragma once

#include "engine/device/Device.h"

#include <new>
#include <torch/torch.h>

namespace engine
{

torch::Device torchDevice(const Device& device);

/// DeviceUnavailable, with the reason, if LibTorch cannot use `device`.
Result<void> checkUsable(const Device& device);

/// Runs `work`, which returns a Result, and converts exceptions of LibTorch and the standard library to an
/// Error. Every public call that computes goes through it; exceptions are caught nowhere else.
template<typename Work>
auto guarded(const char* activity, Work&& work) -> decltype(work())
{
    const auto described = [&](const std::string& what) {
        return std::string(activity) + " failed: " + what;
    };
    try {
        return work();
    } catch (const c10::OutOfMemoryError& error) {
        return failure(ErrorCode::OutOfMemory, described(error.what_without_backtrace()));
    } catch (const c10::Error& error) {
        return failure(ErrorCode::Internal, described(error.what_without_backtrace()));
    } catch (const std::bad_alloc&) {
        return failure(ErrorCode::OutOfMemory, described("not enough memory."));
    } catch (const std::exception& error) {
        return failure(ErrorCode::Internal, described(error.what()));
    }
}

/// Sets the number of threads for tensor operations of the calling thread; 0 means defaultThreadCount().
void useThreads(int threads);

} // namespace engine
