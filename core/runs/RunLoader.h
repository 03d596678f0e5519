// Reads runs off the GUI thread: the list of them, and one with its history. Of two loads the last wins.
#pragma once

#include "core/runs/RunStore.h"
#include "engine/storage/TrainingStateFile.h"

#include <QObject>
#include <QThreadPool>
#include <memory>

namespace core
{

class RunLoader : public QObject
{
    Q_OBJECT
public:
    explicit RunLoader(QString runsFolder, QObject* parent = nullptr);
    /// Waits for what is under way.
    ~RunLoader() override;

    /// listed() follows.
    void list();
    /// As of the last listed(), the newest first.
    const std::vector<RunInfo>& runs() const { return m_runs; }

    /// loaded() or failed() follows.
    void load(const RunInfo& run);

Q_SIGNALS:
    void listed();
    void loaded(const core::RunInfo& run, std::shared_ptr<const engine::StoredTraining> training);
    void failed(const engine::Error& error);

private:
    QString m_runsFolder;
    std::vector<RunInfo> m_runs;
    quint64 m_latestLoad = 0;
    QThreadPool m_pool;
};

} // namespace core
