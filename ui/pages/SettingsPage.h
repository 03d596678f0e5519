// Appearance, where training computes, and where things are kept.
#pragma once

#include "ui/Services.h"

#include <QWidget>

class QGridLayout;

namespace ui
{

class SettingsPage : public QWidget
{
    Q_OBJECT
public:
    explicit SettingsPage(const Services& services, QWidget* parent = nullptr);

Q_SIGNALS:
    /// Threads or device, which the top bar shows too.
    void computeChanged();

private:
    QWidget* makeAppearanceCard();
    QWidget* makeComputeCard();
    QWidget* makeFoldersCard();
    void listDevices();

    Services m_services;
    QGridLayout* m_devices;
};

} // namespace ui
