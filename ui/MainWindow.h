// The shell: lays out the top bar, the rail, the pages and the lines around them, and connects them.
//
//   1. TrainingCommands passes user actions on to TrainingController, which knows data set, run and model
//   2. its signals go to the pages; TrainingStatus and TrainingMessages show them around the pages
//   3. requests of a page to show something on another page go through here
#pragma once

#include "ui/Services.h"

#include <QMainWindow>

class QStackedWidget;

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
class TrainingCommands;
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
    void layOut();
    void addPages();
    void addPage(QWidget* page, const QString& iconName, const QString& name, const QKeySequence& shortcut,
                 bool atFoot = false);
    void connectCommands();
    void connectTraining();
    void connectPages();
    void train();
    void evaluateRun(const QString& folder);

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
    TrainingCommands* m_commands;
    DatasetChooser* m_datasetChooser;
    DeviceChooser* m_deviceChooser;
    RunChooser* m_runChooser;
};

} // namespace ui
