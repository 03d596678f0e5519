#include "ui/window/DeviceChooser.h"

#include "core/session/DeviceProbe.h"
#include "core/session/TrainingController.h"
#include "core/settings/Settings.h"
#include "ui/widgets/Chip.h"

#include <QMenu>

namespace ui
{

DeviceChooser::DeviceChooser(const Services& services, Chip& chip, QWidget* window)
    : QObject(window),
      m_services(services),
      m_chip(chip),
      m_menu(new QMenu(window))
{
    m_menu->setObjectName(QStringLiteral("deviceMenu"));
    m_menu->setToolTipsVisible(true);
    m_chip.setMenu(m_menu);
    m_chip.setToolTip(tr("Training device"));
    connect(m_menu, &QMenu::aboutToShow, this, &DeviceChooser::fillMenu);
    connect(&services.devices, &core::DeviceProbe::listed, this, &DeviceChooser::showCurrent);
    connect(&services.training, &core::TrainingController::stateChanged, this,
            [this] { setEnabled(!m_services.training.isActive()); });
    showCurrent();
}

core::ComputeRequest DeviceChooser::request(const core::Settings& settings)
{
    return {settings.deviceRequest(), settings.trainingConfig().threads};
}

engine::Result<engine::Device> DeviceChooser::device() const
{
    return engine::chooseDevice(m_services.settings.deviceRequest().toStdString(),
                                m_services.devices.devices());
}

void DeviceChooser::choose(const QString& request)
{
    m_services.settings.setDeviceRequest(request);
    showCurrent();
    Q_EMIT chosen();
}

void DeviceChooser::setEnabled(bool enabled)
{
    m_chip.setEnabled(enabled);
    m_chip.setToolTip(enabled ? tr("Training device") : tr("The device can be changed after training"));
}

void DeviceChooser::showCurrent()
{
    const auto chosen = device();
    if (!chosen)
        return m_chip.setValue(tr("GPU"), tr("not usable"));
    if (chosen->kind != engine::DeviceKind::Cpu)
        return m_chip.setValue(QString::fromStdString(engine::deviceLabel(*chosen)));
    const int asked = m_services.settings.trainingConfig().threads;
    const int threads = asked > 0 ? asked : engine::defaultThreadCount();
    m_chip.setValue(tr("CPU"), threads == 1 ? tr("· 1 thread") : tr("· %1 threads").arg(threads));
}

void DeviceChooser::fillMenu()
{
    m_menu->clear();
    const QString current = m_services.settings.deviceRequest();
    const auto add = [&](const QString& request, const QString& text, bool isEnabled, const QString& tip) {
        QAction* action = m_menu->addAction(text);
        action->setObjectName(QStringLiteral("device_") + request);
        action->setCheckable(true);
        action->setChecked(request == current);
        action->setEnabled(isEnabled);
        action->setToolTip(tip);
        connect(action, &QAction::triggered, this, [this, request] { choose(request); });
    };
    add(QStringLiteral("auto"), tr("Automatic"), true, tr("A GPU if available, otherwise the CPU"));
    for (const engine::DeviceInfo& info : m_services.devices.devices()) {
        const bool isCpu = info.device.kind == engine::DeviceKind::Cpu;
        const QString name = QString::fromStdString(info.name);
        add(isCpu ? QStringLiteral("cpu") : QStringLiteral("gpu:%1").arg(info.device.index),
            info.isUsable ? name : tr("%1 – not usable here, see Settings").arg(name), info.isUsable,
            QString::fromStdString(info.reason));
    }
}

} // namespace ui
