// Settings: appearance, training device and folders.
#pragma once

#include "ui/Services.h"

#include <QWidget>
#include <vector>

class QGridLayout;
class QRadioButton;

namespace ui
{

class SettingsPage : public QWidget
{
    Q_OBJECT
public:
    explicit SettingsPage(const Services& services, QWidget* parent = nullptr);

    /// Shows the device of the settings, resolved with the devices known so far.
    void showDevice();

Q_SIGNALS:
    /// The top bar shows them too.
    void threadsChanged();
    /// In the format of engine::chooseDevice().
    void deviceChosen(const QString& request);

private:
    QWidget* makeAppearanceCard();
    QWidget* makeComputeCard();
    QWidget* makeFoldersCard();
    struct DeviceChoice {
        QString request; ///< in the format of engine::chooseDevice()
        bool isUsable;
        QRadioButton* button;
    };

    void listDevices();
    void addDevice(const QString& request, const QString& name, bool isUsable, const QString& note);

    Services m_services;
    QGridLayout* m_devices;
    std::vector<DeviceChoice> m_deviceChoices;
};

} // namespace ui
