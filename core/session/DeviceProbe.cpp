#include "core/session/DeviceProbe.h"

namespace core
{

DeviceProbe::DeviceProbe(Lister lister, QObject* parent)
    : QObject(parent),
      m_lister(std::move(lister)),
      m_devices{{{}, "CPU", true, {}}}
{
}

void DeviceProbe::start()
{
    using Devices = std::vector<engine::DeviceInfo>;
    m_task.start([lister = m_lister]() -> engine::Result<Devices> { return lister(); },
                 [this](const engine::Result<Devices>& devices) {
                     m_devices = devices.value_or(m_devices);
                     Q_EMIT listed();
                 });
}

} // namespace core
