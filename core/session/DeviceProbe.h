// Runs engine::listDevices() off the GUI thread: a GPU driver may take seconds to answer.
#pragma once

#include "core/LatestTask.h"
#include "engine/device/Device.h"

#include <QObject>
#include <functional>
#include <vector>

namespace core
{

class DeviceProbe : public QObject
{
    Q_OBJECT
public:
    using Lister = std::function<std::vector<engine::DeviceInfo>()>;

    /// The destructor waits for a probe in progress.
    explicit DeviceProbe(Lister lister = engine::listDevices, QObject* parent = nullptr);

    void start();
    bool isAsking() const { return m_task.isBusy(); }
    /// Contains only the CPU until listed() has been emitted.
    const std::vector<engine::DeviceInfo>& devices() const { return m_devices; }

Q_SIGNALS:
    void listed();

private:
    Lister m_lister;
    std::vector<engine::DeviceInfo> m_devices;
    LatestTask m_task{*this};
};

} // namespace core
