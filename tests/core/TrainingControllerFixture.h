// A TrainingController on real parts, with two small data sets in a folder of its own, and what it says.
#pragma once

#include "core/session/DeviceProbe.h"
#include "core/session/FineTuning.h"
#include "core/session/TrainingController.h"
#include "support/FailingBackend.h"
#include "support/Files.h"
#include "support/Results.h"
#include "support/TinyKnownDataset.h"
#include "support/WaitUntil.h"

#include <QCoreApplication>
#include <QDir>
#include <gtest/gtest.h>

/// 320 and 100 images, two epochs of 10 batches.
class TrainingControllerFixture : public testing::Test
{
protected:
    using Controller = core::TrainingController;
    using State = Controller::State;

    TrainingControllerFixture()
    {
        m_config.epochs = 2;
        m_config.network.tinyVgg.hiddenUnits = {4};
        test::writeIdxFolder(digits(), test::sketchDigitsFiles(320, 100));
        test::writeIdxFolder(others(), test::sketchDigitsFiles(330, 100));
        make();
    }

    /// As after a new start of the program.
    void make(
        engine::TrainingBackendFactory makeBackend = engine::makeTrainingBackend,
        core::DeviceProbe::Lister lister = [] { return onlyCpu(); })
    {
        m_training.reset();
        m_fineTuning.reset();
        m_session = std::make_unique<core::TrainingSession>(path("runs"), std::move(makeBackend));
        m_fineTuning = std::make_unique<core::FineTuning>(*m_session, m_catalog);
        m_devices = std::make_unique<core::DeviceProbe>(std::move(lister));
        m_training = std::make_unique<Controller>(
            Controller::Parts{m_datasets, *m_devices, m_runs, m_model, *m_session, *m_fineTuning});
        m_log.clear();
        m_states.clear();
        listen();
    }
    static std::vector<engine::DeviceInfo> onlyCpu() { return {{{}, "CPU", true, {}}}; }

    QString path(const char* name) const { return QString::fromStdString((m_folder / name).string()); }
    QString digits() const { return path("digits"); }
    QString others() const { return path("others"); }
    QString run(int number) const { return QDir(path("runs")).filePath(QString::number(number)); }
    core::TrainingRequest request() const { return {.config = m_config, .compute = m_cpu}; }
    core::ResumeRequest resumeRequest(std::optional<int> epochs = {}) const
    {
        return {.epochs = epochs, .compute = m_cpu};
    }
    core::Continuation continuation() const { return m_training->run().continuation; }

    bool isIdle() const { return !m_training->isActive() && !m_datasets.isLoading(); }
    [[nodiscard]] bool waitUntilIdle() const
    {
        return test::waitUntil([this] { return isIdle() && !m_model.isLoading(); });
    }
    /// True once the signal of this name has come `count` times.
    [[nodiscard]] bool waitFor(const char* signal, int count = 1) const
    {
        return test::waitUntil([&] { return m_log.count(QLatin1String(signal)) >= count; });
    }
    [[nodiscard]] bool choose(const QString& dataset)
    {
        return m_training->chooseDataset(dataset) &&
               test::waitUntil([&] { return m_training->datasetId() == dataset && isIdle(); });
    }
    /// A run of the current data set that has finished.
    [[nodiscard]] bool train()
    {
        const qsizetype before = m_log.count(QStringLiteral("finished"));
        return m_training->start(request()) && waitFor("finished", static_cast<int>(before) + 1) &&
               waitUntilIdle();
    }
    /// One that was stopped before its first batch.
    [[nodiscard]] bool trainAndStop()
    {
        return m_training->start(request()) && m_training->pause() && m_training->stop() &&
               test::waitUntil([this] { return isIdle() && m_log.contains(QStringLiteral("finished")); });
    }
    /// Whatever is still on its way would arrive.
    static void runEventLoop()
    {
        for (int i = 0; i < 20; ++i)
            QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
    }

    test::TemporaryFolder m_folder;
    std::shared_ptr<const core::DatasetCatalog> m_catalog = std::make_shared<const core::DatasetCatalog>(
        core::StudioFolders{path("datasets"), {}, path("runs"), path("settings.ini"), path("verdicts")});
    core::DatasetLoader m_datasets{m_catalog};
    core::RunLoader m_runs{path("runs")};
    core::CurrentModel m_model;
    std::unique_ptr<core::DeviceProbe> m_devices;
    std::unique_ptr<core::TrainingSession> m_session;
    std::unique_ptr<core::FineTuning> m_fineTuning;
    std::unique_ptr<Controller> m_training;

    const core::ComputeRequest m_cpu = {QStringLiteral("cpu"), 1};
    engine::TrainingConfig m_config;
    QStringList m_log; ///< the names of the signals, but for states and run changes
    std::vector<State> m_states;
    std::shared_ptr<const core::StoredRun> m_opened;
    bool m_isRequested = false;
    std::optional<core::TrainingFailure> m_failure;
    std::optional<engine::Error> m_error;
    QString m_missingDataset;

private:
    void listen()
    {
        const auto on = [this](auto signal, auto slot) {
            QObject::connect(m_training.get(), signal, m_training.get(), slot);
        };
        on(&Controller::stateChanged, [this](State state) { m_states.push_back(state); });
        on(&Controller::datasetChanged, [this] { m_log << QStringLiteral("datasetChanged"); });
        on(&Controller::datasetFailed, [this](const QString&, const engine::Error& error) {
            m_log << QStringLiteral("datasetFailed");
            m_error = error;
        });
        on(&Controller::runOpened,
           [this](const std::shared_ptr<const core::StoredRun>& opened, bool isRequested) {
               m_log << QStringLiteral("runOpened");
               m_opened = opened;
               m_isRequested = isRequested;
           });
        on(&Controller::runFailed, [this](const engine::Error& error, const QString& dataset) {
            m_log << QStringLiteral("runFailed");
            m_error = error;
            m_missingDataset = dataset;
        });
        on(&Controller::runStarted, [this] { m_log << QStringLiteral("runStarted"); });
        on(&Controller::finished, [this] { m_log << QStringLiteral("finished"); });
        on(&Controller::cancelled, [this] { m_log << QStringLiteral("cancelled"); });
        on(&Controller::failed, [this](const core::TrainingFailure& failure) {
            m_log << QStringLiteral("failed");
            m_failure = failure;
        });
    }
};
