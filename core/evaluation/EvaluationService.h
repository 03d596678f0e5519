// Evaluates runs off the GUI thread: reads the predictions stored with the run, or computes and stores them.
// A newer request cancels an older one.
#pragma once

#include "core/LatestTask.h"
#include "core/catalog/DatasetCatalog.h"
#include "core/evaluation/EvaluatedSplit.h"

#include <QObject>

namespace core
{

struct EvaluationRequest {
    QString runFolder;
    SplitKind kind = SplitKind::Test;
    std::shared_ptr<const LoadedDataset> dataset; ///< data set that the run was trained on
    engine::Device device;
    int threads = 0; ///< CPU threads; 0 means one per core
};

class EvaluationService : public QObject
{
    Q_OBJECT
public:
    /// The destructor cancels the current request and waits for it.
    explicit EvaluationService(QObject* parent = nullptr);

    /// Followed by evaluated(), failed() or cancelled(), unless a newer request or forget() comes first.
    void evaluate(const EvaluationRequest& request);
    void cancel() { m_task.stop(); }
    /// Cancels the current request; no more signals follow for it.
    void forget() { m_task.forget(); }
    bool isBusy() const { return m_task.isBusy(); }

Q_SIGNALS:
    void progressed(std::size_t done, std::size_t total);
    void evaluated(std::shared_ptr<const core::EvaluatedSplit> split);
    void failed(const engine::Error& error);
    void cancelled();

private:
    LatestTask m_task{*this};
};

/// Does the work on the calling thread. Errors: those of reading the run and of evaluation, BadValue if the
/// split has no images, Cancelled.
engine::Result<std::shared_ptr<const EvaluatedSplit>> evaluateRun(const EvaluationRequest& request,
                                                                  const std::stop_token& stop = {},
                                                                  const TaskProgress& progress = {});

} // namespace core
