// A GPU that fails in mid-run, played by the CPU.
#include "WindowFixture.h"
#include "core/runs/RunStore.h"
#include "support/FailingBackend.h"
#include "support/WaitUntil.h"
#include "ui/widgets/Chip.h"

#include <QLabel>
#include <QSpinBox>
#include <gtest/gtest.h>

using test::waitUntil;

namespace
{

class GpuFailure : public testing::Test
{
protected:
    /// A window on a machine with a GPU that fails after `steps` steps; 20 are an epoch.
    void open(int steps)
    {
        m_studio.pretendDevices({{{}, "CPU", true, {}}, {test::kFailingGpu, "Best GPU", true, {}}},
                                test::failingBackends(steps, m_devices));
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

TEST_F(GpuFailure, keepsTheLastCheckpointAndResumesOnTheCpu)
{
    open(30);
    EXPECT_TRUE(m_studio.text("messageText").contains(QStringLiteral("fallen off the bus")))
        << m_studio.text("messageText").toStdString();
    EXPECT_TRUE(std::filesystem::exists(m_studio.folder / "runs/1/checkpoint.safetensors"));
    ASSERT_EQ(action(), QStringLiteral("Resume on the CPU"));

    m_studio.click("messageAction");
    ASSERT_TRUE(waitUntil(
        [&] { return !m_studio.session->isActive() && m_studio.find<QWidget>("messageBar")->isVisible(); }));
    EXPECT_TRUE(m_studio.text("messageText").contains(QStringLiteral("Training finished")))
        << m_studio.text("messageText").toStdString();
    EXPECT_EQ(m_devices, (std::vector<engine::Device>{test::kFailingGpu, {}}));
    EXPECT_TRUE(m_studio.find<ui::Chip>("deviceChip")->value().contains(QStringLiteral("CPU")));
    const auto store = core::RunStore::open(m_studio.folders.runs);
    ASSERT_TRUE(store);
    const auto runs = (*store)->list();
    ASSERT_TRUE(runs);
    ASSERT_EQ(runs->size(), 1U); // resumed, not begun again
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
