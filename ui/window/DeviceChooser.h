// Menu of the device chip: where to train.
#pragma once

#include "core/session/TrainingRequest.h"
#include "ui/Services.h"

#include <QObject>

class QMenu;
class QWidget;

namespace ui
{

class Chip;

class DeviceChooser : public QObject
{
    Q_OBJECT
public:
    DeviceChooser(const Services& services, Chip& chip, QWidget* window);

    /// The request in the settings.
    static core::ComputeRequest request(const core::Settings& settings);
    /// The same, resolved with the devices known so far.
    engine::Result<engine::Device> device() const;
    void choose(const QString& request);
    void showCurrent();

Q_SIGNALS:
    void chosen();

private:
    void setEnabled(bool enabled);
    void fillMenu();

    Services m_services;
    Chip& m_chip;
    QMenu* m_menu;
};

} // namespace ui
