#include "core/session/DeviceProbe.h"

namespace core
{

DeviceProbe::DeviceProbe(Lister lister, QObject* parent)
    : QObject(parent),
      m_lister(std::move(lister)),
      m_devices{{{}, "CPU", true, {}}}
{
    m_pool.setMaxThreadCount(1);
}

DeviceProbe::~DeviceProbe()
{
    m_pool.waitForDone();
}

void DeviceProbe::start()
{
    m_isAsking = true;
    m_pool.start([this] {
        auto devices = m_lister();
        QMetaObject::invokeMethod(
            this,
            [this, devices = std::move(devices)] {
                m_devices = devices;
                m_isAsking = false;
                Q_EMIT listed();
            },
            Qt::QueuedConnection);
    });
}

} // namespace core
