// Appearance, where training computes, and where things are kept.
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

    /// What the settings ask for, among the devices that are known by now.
    void showDevice();

Q_SIGNALS:
    /// Which the top bar shows too.
    void threadsChanged();
    /// As engine::chooseDevice() takes it.
    void deviceChosen(const QString& request);

private:
    QWidget* makeAppearanceCard();
    QWidget* makeComputeCard();
    QWidget* makeFoldersCard();
    struct DeviceChoice {
        QString request; ///< as engine::chooseDevice() takes it
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
