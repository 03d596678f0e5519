// From a point of the pen to new bars on the screen: the real window with all its services, a pen that moves
// 125 times a second over the canvas, and for every point the time until bars are painted that know of it.
// Prints one JSON line per measurement.
//
//     drawing_bench FOLDER SECONDS [train]    FOLDER holds the four files; with "train" while a training runs
#include "Measurements.h"

#include "core/catalog/DatasetLoader.h"
#include "core/evaluation/EvaluationService.h"
#include "core/evaluation/ModelComparison.h"
#include "core/evaluation/NearestImagesService.h"
#include "core/evaluation/VerdictStore.h"
#include "core/runs/RunLoader.h"
#include "core/session/CurrentModel.h"
#include "core/session/DeviceProbe.h"
#include "core/session/DrawingService.h"
#include "core/session/FineTuning.h"
#include "core/session/KeptDigits.h"
#include "core/session/PredictionService.h"
#include "core/session/TrainingController.h"
#include "core/settings/Settings.h"
#include "engine/network/NetworkFamilies.h"
#include "ui/MainWindow.h"
#include "ui/pages/draw/InkCanvas.h"
#include "ui/style/Theme.h"
#include "ui/views/ProbabilityBars.h"

#include <QApplication>
#include <QEvent>
#include <QMouseEvent>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTimer>
#include <algorithm>
#include <cmath>
#include <deque>
#include <random>

namespace
{

/// Random weights: how long an answer takes does not depend on them.
QString writeModel(const QTemporaryDir& home)
{
    std::mt19937 random(1);
    const engine::NetworkSpec spec = engine::tinyVgg({1, 28, 28}, 10);
    std::vector<float> weights(static_cast<std::size_t>(parameterCount(spec)));
    for (float& weight : weights)
        weight = static_cast<float>(random() % 2001) / 5000.0F - 0.2F;
    const engine::ModelSnapshot model = snapshotOf(spec, weights);
    const QString folder = home.filePath(QStringLiteral("model"));
    QDir().mkpath(folder);
    return engine::writeSavedModel(folder.toStdString(), {model, std::nullopt}) ? folder : QString();
}

/// Draws, and reads off when the bars follow.
class Pen : public QObject
{
public:
    Pen(ui::MainWindow& window, core::DrawingService& drawings, double seconds)
        : m_canvas(*window.findChild<ui::InkCanvas*>()),
          m_bars(*window.findChild<ui::ProbabilityBars*>(QStringLiteral("drawingBars"))->viewport()),
          m_pointsLeft(static_cast<int>(seconds / kInterval))
    {
        m_bars.installEventFilter(this);
        connect(&drawings, &core::DrawingService::haveRead, this,
                [this](const std::shared_ptr<const core::DrawingReading>& reading) { onRead(*reading); });
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.callOnTimeout(this, [this] { move(); });
        m_timer.start(static_cast<int>(1000 * kInterval));
    }

    std::function<void()> onDone;

    void report(const char* name)
    {
        std::sort(m_latencies.begin(), m_latencies.end());
        const auto at = [&](double share) {
            return m_latencies[static_cast<std::size_t>(share * static_cast<double>(m_latencies.size() - 1))];
        };
        const auto line = [&](const char* what, double seconds) {
            bench::report((std::string(name) + ' ' + what).c_str(), seconds);
        };
        line("p50", at(.5));
        line("p99", at(.99));
        line("max", at(1));
    }

protected:
    bool eventFilter(QObject*, QEvent* event) override
    {
        if (event->type() == QEvent::Paint && m_known > 0) // queued: by then it is painted
            QMetaObject::invokeMethod(
                this, [this, known = m_known] { onPainted(known); }, Qt::QueuedConnection);
        return false;
    }

private:
    static constexpr double kInterval = .008;
    static constexpr int kPointsPerStroke = 60;

    struct Point {
        int number = 0;
        double seconds = 0;
        std::size_t ink = 0;
    };

    static std::size_t hashOf(const void* bytes, std::size_t count) { return qHashBits(bytes, count, 0); }

    void move()
    {
        if (m_pointsLeft-- <= 0) {
            m_timer.stop();
            QTimer::singleShot(300, this, [this] { onDone(); });
            return;
        }
        const int step = m_number % kPointsPerStroke;
        if (step == 0 && m_number % (5 * kPointsPerStroke) == 0)
            m_canvas.clear(); // as people do after a digit
        // A digit that people draw is about as winding.
        const double angle = 0.11 * step + 0.7 * (m_number / kPointsPerStroke);
        const QPointF place(0.5 + 0.33 * std::cos(angle), 0.5 + 0.3 * std::sin(1.7 * angle));
        const double now = m_watch.seconds();
        send(step == 0                      ? QEvent::MouseButtonPress
             : step == kPointsPerStroke - 1 ? QEvent::MouseButtonRelease
                                            : QEvent::MouseMove,
             place);
        const QImage ink = m_canvas.ink();
        m_waiting.push_back(
            {++m_number, now, hashOf(ink.constBits(), static_cast<std::size_t>(ink.sizeInBytes()))});
    }

    void send(QEvent::Type type, const QPointF& place)
    {
        const QRect square = m_canvas.square();
        const QPointF local = QPointF(square.topLeft()) + place * square.width();
        QMouseEvent event(type, local, m_canvas.mapToGlobal(local),
                          type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton,
                          type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&m_canvas, &event);
    }

    void onRead(const core::DrawingReading& reading)
    {
        const std::size_t ink = hashOf(reading.image.ink.data(), reading.image.ink.size());
        for (const Point& point : m_waiting) {
            if (point.ink == ink)
                m_known = point.number;
        }
    }

    void onPainted(int known)
    {
        const double now = m_watch.seconds();
        while (!m_waiting.empty() && m_waiting.front().number <= known) {
            m_latencies.push_back(now - m_waiting.front().seconds);
            m_waiting.pop_front();
        }
    }

    ui::InkCanvas& m_canvas;
    QWidget& m_bars;
    int m_pointsLeft;
    int m_number = 0;
    int m_known = 0; ///< the newest point that the bars know of
    std::deque<Point> m_waiting;
    std::vector<double> m_latencies;
    bench::Stopwatch m_watch;
    QTimer m_timer;
};

void liveIn(const QByteArray& home)
{
    qputenv("HOME", home);
    qputenv("XDG_DATA_HOME", home + "/data");
    qputenv("XDG_CONFIG_HOME", home + "/config");
    qputenv("XDG_CACHE_HOME", home + "/cache");
    qputenv("XDG_RUNTIME_DIR", home); // which QTemporaryDir has made for its owner alone
}

} // namespace

int main(int argc, char** argv)
{
    const QTemporaryDir home;
    liveIn(home.path().toLocal8Bit());
    QApplication application(argc, argv);
    core::StudioFolders folders = core::StudioFolders::standard();
    core::Settings settings(folders.settingsFile);
    const bool isTraining = argc > 3;
    engine::TrainingConfig config;
    config.epochs = 1000;
    settings.setTrainingConfig(config);
    settings.setDataset(QString::fromLocal8Bit(argv[1]));
    const auto catalog = std::make_shared<const core::DatasetCatalog>(folders);
    core::DatasetLoader datasets(catalog);
    core::DeviceProbe devices;
    core::PredictionService predictions;
    core::EvaluationService evaluations;
    core::EvaluationService comparisons;
    core::VerdictStore verdicts(folders.verdicts);
    core::NearestImagesService nearest;
    core::CurrentModel model;
    core::DrawingService drawings;
    core::KeptDigits kept(catalog->ownDigitsFolder());
    core::ModelComparison modelComparison(catalog);
    core::RunLoader runs(folders.runs);
    core::TrainingSession session(folders.runs);
    core::FineTuning fineTuning(session, catalog);
    core::TrainingController training({datasets, devices, runs, model, session, fineTuning});
    ui::Theme theme(application, core::ThemeChoice::Light);
    ui::MainWindow window({settings, *catalog, training, datasets, session, model, fineTuning, devices,
                           predictions, evaluations, comparisons, verdicts, nearest, drawings, kept,
                           modelComparison, runs, theme});
    window.show();
    window.startUp();

    std::unique_ptr<Pen> pen;
    QTimer look;
    look.callOnTimeout(&window, [&] {
        auto* train = window.findChild<QPushButton*>(QStringLiteral("trainButton"));
        if (!train->isEnabled())
            return;
        look.stop();
        constexpr int kDrawPage = 3;
        window.showPage(kDrawPage);
        model.setRun(writeModel(home));
        if (isTraining)
            train->click();
        QTimer::singleShot(isTraining ? 1500 : 500, &window, [&] {
            pen = std::make_unique<Pen>(window, drawings, std::atof(argv[2]));
            pen->onDone = [&] { window.close(); };
        });
    });
    look.start(20);
    QApplication::exec();
    if (!pen)
        return 1;
    pen->report(isTraining ? "bars while training" : "bars");
}
