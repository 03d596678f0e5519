#include "engine/device/GpuDriver.h"

#include <algorithm>
#include <fstream>
#include <functional>

namespace engine
{

std::vector<std::string> nvidiaModels(const std::filesystem::path& folder)
{
    constexpr std::string_view kKey = "Model:";
    std::vector<std::string> models;
    std::error_code error;
    for (const auto& gpu : std::filesystem::directory_iterator(folder, error)) {
        std::ifstream file(gpu.path() / "information");
        for (std::string line; std::getline(file, line);) {
            const auto name = line.find_first_not_of(" \t", kKey.size());
            if (line.starts_with(kKey) && name != std::string::npos)
                models.push_back(line.substr(name));
        }
    }
    return models;
}

std::string gpuName(int index, int count, const std::vector<std::string>& models)
{
    std::string number = "GPU " + std::to_string(index);
    const bool areSame =
        std::adjacent_find(models.begin(), models.end(), std::not_equal_to<>()) == models.end();
    if (models.size() != static_cast<std::size_t>(count) || !areSame)
        return number;
    return count == 1 ? models.front() : models.front() + " (" + number + ")";
}

bool isGpuDriverLoaded(const std::filesystem::path& root)
{
    std::error_code error;
    return std::filesystem::exists(root / "proc/driver/nvidia/version", error) ||
           std::filesystem::exists(root / "dev/kfd", error);
}

} // namespace engine
