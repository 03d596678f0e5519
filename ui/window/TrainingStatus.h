// Shows loading data sets and trainings in the top bar, the progress line and the status line.
#pragma once

#include "core/session/TrainingController.h"
#include "ui/Services.h"
#include "ui/models/TrainingProgress.h"

#include <QObject>

namespace ui
{

class ProgressLine;
class StatusLine;
class TopBar;

class TrainingStatus : public QObject
{
    Q_OBJECT
public:
    TrainingStatus(const Services& services, TopBar& topBar, ProgressLine& progressLine,
                   StatusLine& statusLine, QObject* parent);

private:
    void connectLoading();
    void connectTraining();
    void updateTrain();
    void onLoadingEnded();
    void onState(core::TrainingController::State state);
    void showFacts();
    void showPause();
    void showProgress();

    Services m_services;
    TopBar& m_topBar;
    ProgressLine& m_progressLine;
    StatusLine& m_statusLine;
    TrainingProgress m_progress;
};

} // namespace ui
