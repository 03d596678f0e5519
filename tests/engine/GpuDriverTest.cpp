#include "engine/device/GpuDriver.h"

#include "support/Files.h"

#include <fstream>
#include <gtest/gtest.h>

using engine::gpuName;

namespace
{

void writeGpu(const std::filesystem::path& gpus, const char* bus, const char* model)
{
    std::filesystem::create_directories(gpus / bus);
    std::ofstream(gpus / bus / "information")
        << "Model: \t\t " << model << "\nIRQ:   \t\t 42\nVideo BIOS: \t 96.00\n";
}

} // namespace

TEST(GpuDriver, reportsTheModelsOfItsGpus)
{
    const test::TemporaryFolder folder;
    EXPECT_TRUE(engine::nvidiaModels(folder / "none").empty());
    writeGpu(folder / "gpus", "0000:01:00.0", "NVIDIA GeForce RTX 4070");
    EXPECT_EQ(engine::nvidiaModels(folder / "gpus"), std::vector<std::string>{"NVIDIA GeForce RTX 4070"});
    std::filesystem::create_directories(folder / "gpus" / "0000:02:00.0"); // says nothing
    EXPECT_EQ(engine::nvidiaModels(folder / "gpus").size(), 1U);
}

TEST(GpuDriver, namesAGpuByItsModelOnlyWhereThatIsCertain)
{
    EXPECT_EQ(gpuName(0, 1, {"A"}), "A");
    EXPECT_EQ(gpuName(1, 2, {"A", "A"}), "A (GPU 1)");
    EXPECT_EQ(gpuName(1, 2, {"A", "B"}), "GPU 1") << "CUDA may count them the other way round";
    EXPECT_EQ(gpuName(0, 1, {}), "GPU 0") << "of another driver";
    EXPECT_EQ(gpuName(0, 1, {"A", "A"}), "GPU 0") << "one of them is hidden from CUDA";
}

TEST(GpuDriver, isLoadedWhereTheSystemHasItsFiles)
{
    const test::TemporaryFolder root;
    EXPECT_FALSE(engine::isGpuDriverLoaded(root / "."));
    std::filesystem::create_directories(root / "proc/driver/nvidia");
    test::writeFile(root / "proc/driver/nvidia/version", "NVRM version: 555\n");
    EXPECT_TRUE(engine::isGpuDriverLoaded(root / "."));
    const test::TemporaryFolder amd;
    std::filesystem::create_directories(amd / "dev");
    test::writeFile(amd / "dev/kfd", "");
    EXPECT_TRUE(engine::isGpuDriverLoaded(amd / "."));
}
