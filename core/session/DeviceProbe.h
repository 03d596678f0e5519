// engine::listDevices() off the GUI thread: a GPU driver may take seconds to answer.
#pragma once

#include "engine/device/Device.h"

#include <QObject>
#include <QThreadPool>
#include <functional>
#include <vector>

namespace core
{

class DeviceProbe : public QObject
{
    Q_OBJECT
public:
    using Lister = std::function<std::vector<engine::DeviceInfo>()>;

    explicit DeviceProbe(Lister lister = engine::listDevices, QObject* parent = nullptr);
    /// Waits for the probe that is under way.
    ~DeviceProbe() override;

    void start();
    bool isAsking() const { return m_isAsking; }
    /// Only the CPU until listed() has been emitted.
    const std::vector<engine::DeviceInfo>& devices() const { return m_devices; }

Q_SIGNALS:
    void listed();

private:
    Lister m_lister;
    std::vector<engine::DeviceInfo> m_devices;
    bool m_isAsking = false;
    QThreadPool m_pool;
};

} // namespace core
