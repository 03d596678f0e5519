// Messages about ended trainings and opened runs, with suggested actions.
#pragma once

#include "core/session/TrainingController.h"
#include "ui/Services.h"

#include <QObject>

namespace ui
{

class DatasetChooser;
class DeviceChooser;
class MessageBar;

class TrainingMessages : public QObject
{
    Q_OBJECT
public:
    TrainingMessages(const Services& services, DatasetChooser& datasets, DeviceChooser& devices,
                     MessageBar& messages, QObject* parent);

private:
    void onUnlisted(const QString& folder, const engine::Error& error);
    void onFinished(const core::TrainingResult& result);
    void onFailed(const core::TrainingFailure& failure);
    void onRunOpened(const core::StoredRun& run);

    Services m_services;
    DatasetChooser& m_datasets;
    DeviceChooser& m_devices;
    MessageBar& m_messages;
};

} // namespace ui
