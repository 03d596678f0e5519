// Puts the pages, the top bar and the status line together, and passes on what one tells the others:
//
//   1. DatasetChooser loads a data set; the pages, the chip and the status line get it
//   2. Train (button, Ctrl+R) takes TrainPage's configuration and DeviceChooser's device to TrainingSession
//   3. the session's signals move the progress line and the status line; pages listen to it themselves
#pragma once

#include "core/session/TrainingSession.h"
#include "ui/Services.h"
#include "ui/models/TrainingProgress.h"

#include <QMainWindow>
#include <functional>
#include <optional>

class QStackedWidget;

namespace core
{
struct TrainedModel;
}

namespace ui
{

class DataPage;
class DatasetChooser;
class DeviceChooser;
class DrawPage;
class EvaluatePage;
class InspectPage;
class MessageBar;
class NavigationRail;
class ProgressLine;
class RunChooser;
class SettingsPage;
class StatusLine;
class TopBar;
class TrainPage;

class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    explicit MainWindow(const Services& services, QWidget* parent = nullptr);

    /// Loads the first data set and probes the devices: work that can wait until the window is painted.
    void startUp();
    void showPage(int page);

protected:
    void closeEvent(QCloseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void addPage(QWidget* page, const QString& iconName, const QString& name, const QKeySequence& shortcut,
                 bool atFoot = false);
    void connectSession();
    enum class Begin { Anew, WithRun };

    void train();
    void goOn();
    /// The current model with the digits that are kept: loads them, and trains when they are there.
    void fineTune();
    void trainOn(const std::shared_ptr<const core::TrainedModel>& model);
    /// Tells of the start and hands the device to `start`, which may be called again after a failure.
    void begin(Begin how, std::function<void(const engine::Device&)> start);
    std::optional<engine::Device> chosenDevice(const std::function<void()>& retry);
    void onStateChanged(core::TrainingSession::State state);
    void onFinished(const core::TrainingResult& result);
    void onFailed(const engine::Error& error, const QString& resumableRun);
    void showEvaluation(const QString& folder);
    void setLastRun(const QString& folder, int moreEpochs);
    void showProgress();
    void showDataset();
    /// Where the user's own digits are shown and others have been kept since.
    void reloadOwnDigits();
    void showStoredRun(const QString& folder, const engine::Checkpoint& training, bool withRecipe);
    void showModel();

    Services m_services;
    NavigationRail* m_rail;
    TopBar* m_topBar;
    ProgressLine* m_progressLine;
    MessageBar* m_messages;
    QStackedWidget* m_pages;
    StatusLine* m_status;
    DataPage* m_dataPage;
    TrainPage* m_trainPage;
    EvaluatePage* m_evaluatePage;
    DrawPage* m_drawPage;
    InspectPage* m_inspectPage;
    SettingsPage* m_settingsPage;
    DatasetChooser* m_chooser;
    DeviceChooser* m_deviceChooser;
    RunChooser* m_runChooser;
    TrainingProgress m_progress;
    engine::Device m_device;                               ///< of the newest training
    Begin m_begin = Begin::Anew;                           ///< of the newest training
    std::function<void(const engine::Device&)> m_start;    ///< likewise
    std::shared_ptr<const core::TrainedModel> m_toTrainOn; ///< waits for the kept digits; else null
    QString m_trainingRun;                                 ///< folder of the newest training
    QString m_lastRun;    ///< folder of the run that has ended; empty where there is none to go on with
    int m_moreEpochs = 0; ///< than it was planned for, when it goes on
};

} // namespace ui
