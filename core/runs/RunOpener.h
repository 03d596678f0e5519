// Opens a stored run together with the data set that it was trained on.
//
//   1. open() has the run read (RunLoader)
//   2. where it was trained on another data set than the current one, that is loaded (DatasetLoader)
//   3. opened() hands the run over, or failed() says why not
//   4. openNewest() looks for the newest run of a data set, and opens that; without one, nothing
//      happens
//
// Only the latest call counts.
#pragma once

#include "core/catalog/DatasetLoader.h"
#include "core/runs/RunLoader.h"

#include <optional>

namespace core
{

class RunOpener : public QObject
{
    Q_OBJECT
public:
    enum class Reason {
        Requested,
        Newest, ///< of a data set that was chosen
    };

    RunOpener(RunLoader& runs, DatasetLoader& datasets, QObject* parent = nullptr);

    /// `dataset`: id of the current one; empty for none.
    void open(const QString& folder, const QString& dataset);
    void openNewest(const QString& dataset);
    void cancel();
    bool isBusy() const { return m_step != Step::None; }

    /// The owner of the current data set passes on what DatasetLoader has loaded. True where a run that was
    /// requested takes it into account; opened() may follow before the return.
    bool takeDataset(const QString& id);
    /// Likewise; failed() follows.
    bool takeDatasetFailure(const engine::Error& error);

Q_SIGNALS:
    void opened(std::shared_ptr<const core::StoredRun> run, core::RunOpener::Reason reason);
    /// Only for requests. `dataset`: that of the run if it could not be loaded, otherwise empty.
    void failed(const engine::Error& error, const QString& dataset);

private:
    enum class Step { None, List, Read, LoadDataset };

    void onListed();
    void onLoaded(std::shared_ptr<const StoredRun> run);
    void fail(const engine::Error& error, const QString& dataset = {});
    void deliver();

    RunLoader& m_runs;
    DatasetLoader& m_datasets;
    Step m_step = Step::None;
    Reason m_reason = Reason::Requested;
    QString m_dataset;                      ///< the current one
    std::shared_ptr<const StoredRun> m_run; ///< once it is read
};

} // namespace core
