#include "core/session/DeviceProbe.h"

#include "support/WaitUntil.h"

#include <QCoreApplication>
#include <QSemaphore>
#include <QThread>
#include <atomic>
#include <gtest/gtest.h>

using core::DeviceProbe;
using engine::DeviceInfo;
using engine::DeviceKind;

namespace
{

const std::vector<DeviceInfo> kTwoDevices = {{{}, "CPU", true, {}},
                                             {{DeviceKind::Cuda, 0}, "Some GPU", true, {}}};

/// Answers when it is allowed to.
class SlowLister
{
public:
    std::vector<DeviceInfo> operator()()
    {
        thread = QThread::currentThread();
        isAsked = true;
        answer.acquire();
        isThrough = true;
        return kTwoDevices;
    }

    QSemaphore answer;
    std::atomic<QThread*> thread = nullptr;
    std::atomic<bool> isAsked = false;
    std::atomic<bool> isThrough = false;
};

void countListed(DeviceProbe& probe, int& count)
{
    QObject::connect(
        &probe, &DeviceProbe::listed, &probe,
        [&] {
            EXPECT_EQ(QThread::currentThread(), probe.thread());
            ++count;
        },
        Qt::DirectConnection);
}

void expectOnlyTheCpu(const DeviceProbe& probe)
{
    ASSERT_EQ(probe.devices().size(), 1U);
    EXPECT_EQ(probe.devices()[0].device, engine::Device());
    EXPECT_EQ(probe.devices()[0].name, "CPU");
    EXPECT_TRUE(probe.devices()[0].isUsable);
}

} // namespace

TEST(DeviceProbe, knowsTheCpuBeforeItAsks)
{
    const DeviceProbe probe([] { return kTwoDevices; });
    expectOnlyTheCpu(probe);
}

TEST(DeviceProbe, listsWhatIsGiven)
{
    DeviceProbe probe([] { return kTwoDevices; });
    int listed = 0;
    countListed(probe, listed);
    probe.start();
    EXPECT_EQ(listed, 0);
    expectOnlyTheCpu(probe); // until the event loop runs
    ASSERT_TRUE(test::waitUntil([&] { return listed > 0; }));
    ASSERT_EQ(probe.devices().size(), 2U);
    EXPECT_EQ(probe.devices()[1].device, kTwoDevices[1].device);
    EXPECT_EQ(probe.devices()[1].name, "Some GPU");
    QCoreApplication::processEvents();
    EXPECT_EQ(listed, 1);
}

TEST(DeviceProbe, asksTheEngineWhereNobodyElseIsNamed)
{
    DeviceProbe probe;
    int listed = 0;
    countListed(probe, listed);
    probe.start();
    ASSERT_TRUE(test::waitUntil([&] { return listed > 0; }));
    const std::vector<DeviceInfo> expected = engine::listDevices();
    ASSERT_EQ(probe.devices().size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        EXPECT_EQ(probe.devices()[i].device, expected[i].device);
        EXPECT_EQ(probe.devices()[i].name, expected[i].name);
        EXPECT_EQ(probe.devices()[i].isUsable, expected[i].isUsable);
    }
}

TEST(DeviceProbe, blocksNobodyWhileTheDriverThinks)
{
    SlowLister lister;
    DeviceProbe probe([&] { return lister(); });
    int listed = 0;
    countListed(probe, listed);
    probe.start();
    ASSERT_TRUE(test::waitUntil([&] { return lister.isAsked.load(); }));
    EXPECT_NE(lister.thread, QThread::currentThread());
    for (int i = 0; i < 10; ++i)
        QCoreApplication::processEvents();
    EXPECT_EQ(listed, 0);
    expectOnlyTheCpu(probe);
    lister.answer.release();
    ASSERT_TRUE(test::waitUntil([&] { return listed > 0; }));
    EXPECT_EQ(probe.devices().size(), 2U);
}

TEST(DeviceProbe, mayAskAgain)
{
    std::atomic<int> asked = 0;
    DeviceProbe probe([&] { return ++asked == 1 ? std::vector(1, kTwoDevices[0]) : kTwoDevices; });
    int listed = 0;
    countListed(probe, listed);
    probe.start();
    ASSERT_TRUE(test::waitUntil([&] { return listed == 1; }));
    EXPECT_EQ(probe.devices().size(), 1U);
    probe.start();
    ASSERT_TRUE(test::waitUntil([&] { return listed == 2; }));
    EXPECT_EQ(probe.devices().size(), 2U);
}

TEST(DeviceProbe, waitsForTheDriverWhenItIsDestroyed)
{
    SlowLister lister;
    int listed = 0;
    auto probe = std::make_unique<DeviceProbe>([&] { return lister(); });
    countListed(*probe, listed);
    probe->start();
    ASSERT_TRUE(test::waitUntil([&] { return lister.isAsked.load(); }));
    const std::unique_ptr<QThread> driver(QThread::create([&] {
        QThread::msleep(50);
        lister.answer.release();
    }));
    driver->start();
    probe.reset();
    EXPECT_TRUE(lister.isThrough);
    driver->wait();
    QCoreApplication::processEvents();
    EXPECT_EQ(listed, 0);
}

TEST(DeviceProbe, mayBeDestroyedWithItsAnswerUnread)
{
    SlowLister lister;
    int listed = 0;
    auto probe = std::make_unique<DeviceProbe>([&] { return lister(); });
    countListed(*probe, listed);
    lister.answer.release();
    probe->start();
    probe.reset();
    QCoreApplication::processEvents();
    EXPECT_EQ(listed, 0);
}
