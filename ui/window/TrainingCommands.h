// Turns the commands of the top bar and of the pages into calls of TrainingController, on the device chosen
// in the settings.
#pragma once

#include "core/session/TrainingRequest.h"
#include "ui/Services.h"

#include <QObject>

namespace ui
{

class TopBar;

class TrainingCommands : public QObject
{
    Q_OBJECT
public:
    TrainingCommands(const Services& services, const TopBar& topBar, QObject* parent);

    void train(const engine::TrainingConfig& config);
    /// Trains the current model, if there is one, with the user's own digits.
    void fineTune();

private:
    void resume();
    void extend();
    core::ComputeRequest compute() const;

    Services m_services;
};

} // namespace ui
