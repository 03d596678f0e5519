// A GPU that fails in mid-run, played by the CPU.
#include "WindowFixture.h"
#include "core/runs/RunStore.h"
#include "support/WaitUntil.h"
#include "ui/widgets/Chip.h"

#include <QLabel>
#include <QSpinBox>
#include <gtest/gtest.h>
#include <stdexcept>

using test::waitUntil;

namespace
{

/// Computes on the CPU until it has done so many steps.
class FailingGpu : public engine::TrainingBackend
{
public:
    FailingGpu(std::unique_ptr<engine::TrainingBackend> cpu, int steps)
        : m_cpu(std::move(cpu)),
          m_steps(steps)
    {
    }

    void step(std::span<const std::uint32_t> images, double learningRate, std::uint64_t drawSeed) override
    {
        if (m_steps-- == 0)
            throw std::runtime_error("CUDA error: the GPU has fallen off the bus");
        m_cpu->step(images, learningRate, drawSeed);
    }
    bool isAhead() const override { return m_cpu->isAhead(); }
    void takeResults(std::vector<engine::StepResult>& results) override { m_cpu->takeResults(results); }
    engine::Evaluation evaluate(const engine::Dataset& dataset, std::span<const std::uint32_t> images,
                                const std::stop_token& stop) override
    {
        return m_cpu->evaluate(dataset, images, stop);
    }
    std::vector<float> parameters() const override { return m_cpu->parameters(); }
    void setParameters(std::span<const float> parameters) override { m_cpu->setParameters(parameters); }
    engine::OptimizerState optimizerState() const override { return m_cpu->optimizerState(); }
    void setOptimizerState(const engine::OptimizerState& state) override { m_cpu->setOptimizerState(state); }

private:
    std::unique_ptr<engine::TrainingBackend> m_cpu;
    int m_steps;
};

const engine::Device kGpu{engine::DeviceKind::Cuda, 0};

class GpuFailure : public testing::Test
{
protected:
    /// A window on a machine with a GPU that fails after `steps` steps; 20 are an epoch.
    void open(int steps)
    {
        m_studio.pretendDevices({{{}, "CPU", true, {}}, {kGpu, "Best GPU", true, {}}},
                                [this, steps](const engine::TrainingConfig& config,
                                              const engine::NetworkSpec& model, const engine::Dataset& train)
                                    -> engine::Result<std::unique_ptr<engine::TrainingBackend>> {
                                    m_devices.push_back(config.device);
                                    engine::TrainingConfig onCpu = config;
                                    onCpu.device = {};
                                    auto cpu = engine::makeTrainingBackend(onCpu, model, train);
                                    if (!cpu || config.device != kGpu)
                                        return cpu;
                                    return std::make_unique<FailingGpu>(std::move(*cpu), steps);
                                });
        m_studio.settings.setDeviceRequest(QStringLiteral("auto"));
        m_studio.open();
        ASSERT_TRUE(waitUntil(
            [&] { return m_studio.find<ui::Chip>("deviceChip")->value().contains(QStringLiteral("GPU")); }));
        m_studio.find<QSpinBox>("epochs")->setValue(3);
        m_studio.click("trainButton");
        ASSERT_TRUE(waitUntil([&] {
            return !m_studio.session->isActive() && m_studio.find<QWidget>("messageBar")->isVisible();
        }));
    }

    QString action() { return m_studio.find<QPushButton>("messageAction")->text(); }

    test::WindowFixture m_studio;
    std::vector<engine::Device> m_devices; ///< that trainings began on
};

} // namespace

TEST_F(GpuFailure, keepsTheLastCheckpointAndContinuesOnTheCpu)
{
    open(30);
    EXPECT_TRUE(m_studio.text("messageText").contains(QStringLiteral("fallen off the bus")))
        << m_studio.text("messageText").toStdString();
    EXPECT_TRUE(std::filesystem::exists(m_studio.folder / "runs/1/checkpoint.safetensors"));
    ASSERT_EQ(action(), QStringLiteral("Continue on the CPU"));

    m_studio.click("messageAction");
    ASSERT_TRUE(waitUntil(
        [&] { return !m_studio.session->isActive() && m_studio.find<QWidget>("messageBar")->isVisible(); }));
    EXPECT_TRUE(m_studio.text("messageText").contains(QStringLiteral("Training finished")))
        << m_studio.text("messageText").toStdString();
    EXPECT_EQ(m_devices, (std::vector<engine::Device>{kGpu, {}}));
    EXPECT_TRUE(m_studio.find<ui::Chip>("deviceChip")->value().contains(QStringLiteral("CPU")));
    const auto store = core::RunStore::open(m_studio.folders.runs);
    ASSERT_TRUE(store);
    const auto runs = (*store)->list();
    ASSERT_TRUE(runs);
    ASSERT_EQ(runs->size(), 1U); // gone on with, not begun again
    EXPECT_EQ(runs->front().epochsDone, 3);
}

TEST_F(GpuFailure, trainsAnewOnTheCpuWhereNothingWasKept)
{
    open(5);
    EXPECT_FALSE(std::filesystem::exists(m_studio.folder / "runs/1"));
    ASSERT_EQ(action(), QStringLiteral("Train on the CPU"));
    m_studio.click("messageAction");
    ASSERT_TRUE(waitUntil(
        [&] { return !m_studio.session->isActive() && m_studio.find<QWidget>("messageBar")->isVisible(); }));
    EXPECT_TRUE(m_studio.text("messageText").contains(QStringLiteral("Training finished")));
}
