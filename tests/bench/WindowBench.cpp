// The program's own window, as app::runWindow opens it, on whatever display there is: how soon it is painted,
// how fast it trains, and how late an event comes to it meanwhile. Prints one JSON line per measurement.
//
//     window_bench FOLDER EPOCHS [unprobed | follow | CLICKS]
//
// FOLDER holds the four files. With 0 epochs the window is only opened. With "unprobed" nothing
// asks for events meanwhile, which takes time from the training: that is for what the window alone costs.
// With "follow" the Inspect page shows the newest weights meanwhile. With CLICKS it trains twice, and tells
// instead how soon the Evaluate page answers so many clicks on its matrix, and shows a stored run as many
// times.
#include "EvaluateProbe.h"

#include "app/Window.h"
#include "core/settings/Settings.h"
#include "engine/storage/SavedModel.h"

#include <QAbstractButton>
#include <QApplication>
#include <QCheckBox>
#include <QEvent>
#include <QLabel>
#include <QMainWindow>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTimer>
#include <algorithm>
#include <cmath>
#include <ctime>
#include <fstream>
#include <sstream>
#include <string>
#include <unistd.h>
#include <vector>

namespace
{

/// Set by main() before the application object is there, which makes the probe.
bool isTrainingWanted = false;
bool isProbeWanted = true;
bool isFollowingWanted = false;
int clicksWanted = 0;
bool hasFailed = true; ///< until the window has done what it was opened for

/// To a hundredth of a second, which is what the system writes down. The dynamic linker's work is in it.
double secondsSinceProcessStart()
{
    std::ifstream file("/proc/self/stat");
    const std::string text((std::istreambuf_iterator<char>(file)), {});
    std::istringstream fields(text.substr(text.rfind(')') + 1)); // behind the name, which may hold spaces
    constexpr int kFieldsBeforeStart = 19;
    std::string skipped;
    for (int i = 0; i < kFieldsBeforeStart; ++i)
        fields >> skipped;
    double start = 0; // in clock ticks since the system came up
    fields >> start;
    timespec now = {};
    ::clock_gettime(CLOCK_BOOTTIME, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec) -
           start / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

/// An event is due every 5 ms, whether those before it have been heard or not: a window that stands still for
/// 50 ms is late ten times, as it would be for a pointer that moves.
class LatenessProbe
{
public:
    LatenessProbe()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.setSingleShot(true);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { onTimeout(); });
    }

    void start()
    {
        m_due = m_watch.seconds() + kInterval;
        arm();
    }

    void stop() { m_timer.stop(); }

    void report()
    {
        std::sort(m_late.begin(), m_late.end());
        const auto at = [&](double share) {
            return m_late[static_cast<std::size_t>(share * static_cast<double>(m_late.size() - 1))];
        };
        bench::report("late p50", at(.5));
        bench::report("late p99", at(.99));
        bench::report("late max", at(1));
    }

private:
    static constexpr double kInterval = .005;

    void arm()
    {
        m_timer.start(std::max(0, static_cast<int>(std::ceil(1000 * (m_due - m_watch.seconds())))));
    }

    void onTimeout()
    {
        for (const double now = m_watch.seconds(); m_due <= now; m_due += kInterval)
            m_late.push_back(now - m_due);
        arm();
    }

    QTimer m_timer;
    bench::Stopwatch m_watch;
    double m_due = 0;
    std::vector<double> m_late;
};

/// Does what a person does, with the window's own button, and reads what the window and its run's record say.
class Visitor : public QObject
{
public:
    explicit Visitor(QCoreApplication& application) : QObject(&application)
    {
        application.installEventFilter(this);
    }

protected:
    bool eventFilter(QObject* object, QEvent* event) override
    {
        if (event->type() == QEvent::Paint && m_window == nullptr) {
            m_window = qobject_cast<QMainWindow*>(object);
            if (m_window != nullptr) { // queued: by then all of it is painted and on the display
                qApp->removeEventFilter(this);
                QMetaObject::invokeMethod(
                    this, [this] { onPainted(); }, Qt::QueuedConnection);
            }
        }
        return false;
    }

private:
    void onPainted()
    {
        bench::report("first paint", secondsSinceProcessStart());
        if (!isTrainingWanted) {
            leave(true);
            return;
        }
        m_train = m_window->findChild<QPushButton*>(QStringLiteral("trainButton"));
        m_activity = m_window->findChild<QLabel*>(QStringLiteral("statusTitle"));
        m_look.callOnTimeout(this, [this] { look(); });
        m_look.start(isProbeWanted ? 20 : 250);
    }

    void look()
    {
        const QString activity = m_activity->text();
        const bool isFinished = activity == QStringLiteral("Finished");
        m_hasBegun = m_hasBegun || (m_isTraining && !isFinished);
        if (!m_isTraining && m_train->isEnabled()) {
            m_isTraining = true;
            m_train->click();
            if (isProbeWanted)
                m_probe.start();
        } else if (m_isTraining && isFollowingWanted && !m_isFollowing) {
            follow();
        } else if (m_hasBegun && isFinished) {
            onTrained();
        } else if (activity == QStringLiteral("Training failed")) {
            leave(false);
        }
    }

    void follow()
    {
        auto* box = m_window->findChild<QCheckBox*>(QStringLiteral("followTraining"));
        if (!box->isEnabled())
            return;
        m_window->findChild<QAbstractButton*>(QStringLiteral("rail_inspect"))->click();
        box->click();
        m_isFollowing = true;
    }

    void onTrained()
    {
        if (clicksWanted == 0) {
            if (isProbeWanted)
                m_probe.report();
            leave(true);
            return;
        }
        m_probe.stop();
        m_isTraining = m_hasBegun = false;
        if (++m_trainings < 2) // again
            return;
        m_look.stop();
        m_window->findChild<QAbstractButton*>(QStringLiteral("rail_evaluate"))->click();
        // A moment for the list of runs, and for the page to be shown.
        QTimer::singleShot(2000, this, [this] {
            new bench::EvaluateProbe(*m_window, clicksWanted, [this] { leave(true); });
        });
    }

    void leave(bool isSuccess)
    {
        m_look.stop();
        m_probe.stop();
        hasFailed = !isSuccess;
        m_window->close();
    }

    QMainWindow* m_window = nullptr;
    QPushButton* m_train = nullptr;
    QLabel* m_activity = nullptr;
    bool m_isTraining = false;
    bool m_isFollowing = false;
    bool m_hasBegun = false; ///< the training that was asked for
    int m_trainings = 0;     ///< that are done
    QTimer m_look;
    LatenessProbe m_probe;
};

void sendVisitor()
{
    new Visitor(*qApp);
}

void liveIn(const QByteArray& home)
{
    qputenv("HOME", home);
    qputenv("XDG_DATA_HOME", home + "/data");
    qputenv("XDG_CONFIG_HOME", home + "/config");
    qputenv("XDG_CACHE_HOME", home + "/cache");
    qputenv("XDG_RUNTIME_DIR", home); // which QTemporaryDir has made for its owner alone
}

} // namespace

Q_COREAPP_STARTUP_FUNCTION(sendVisitor)

int main(int argc, char** argv)
{
    const QTemporaryDir home;
    liveIn(home.path().toLocal8Bit());
    QCoreApplication::setApplicationName(QStringLiteral("tinyvgg-studio"));
    const core::StudioFolders folders = {home.filePath(QStringLiteral("datasets")),
                                         {},
                                         home.filePath(QStringLiteral("runs")),
                                         home.filePath(QStringLiteral("settings.ini")),
                                         home.filePath(QStringLiteral("verdicts"))};
    const int epochs = std::atoi(argv[2]);
    isTrainingWanted = epochs > 0;
    const std::string mode = argc > 3 ? argv[3] : "";
    isProbeWanted = mode != "unprobed";
    isFollowingWanted = mode == "follow";
    clicksWanted = std::atoi(mode.c_str());
    {
        core::Settings settings(folders.settingsFile);
        engine::TrainingConfig config;
        config.epochs = std::max(1, epochs);
        settings.setTrainingConfig(config);
        settings.setDataset(QString::fromLocal8Bit(argv[1]));
    }
    app::runWindow(argc, argv, folders);
    if (hasFailed)
        return 1;
    if (isTrainingWanted && clicksWanted == 0) {
        const auto kept = engine::readSavedModel((folders.runs + QStringLiteral("/1")).toStdString());
        if (!kept || !kept->record)
            return 1;
        for (const engine::EpochReport& epoch : kept->record->epochs)
            bench::report("train", epoch.trainSeconds);
        bench::reportMemory();
    }
}
