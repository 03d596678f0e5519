// Evaluates runs off the GUI thread: reads what was kept with the run, computes and keeps what was not. Of
// two requests the newer wins; the older is given up.
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
    std::shared_ptr<const LoadedDataset> dataset; ///< that the run was trained on
    engine::Device device;
    int threads = 0; ///< on the CPU; 0 is one a core
};

class EvaluationService : public QObject
{
    Q_OBJECT
public:
    /// When it is destroyed it gives up what is under way, and waits for it.
    explicit EvaluationService(QObject* parent = nullptr);

    /// evaluated(), failed() or cancelled() follows, unless a newer request or forget() comes first.
    void evaluate(const EvaluationRequest& request);
    void cancel() { m_task.stop(); }
    /// Of what is under way nothing more comes.
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

/// The work itself, on the calling thread. Errors: those of reading the run, BadValue where the split has no
/// images, Cancelled, and what evaluation ends with.
engine::Result<std::shared_ptr<const EvaluatedSplit>> evaluateRun(const EvaluationRequest& request,
                                                                  const std::stop_token& stop = {},
                                                                  const TaskProgress& progress = {});

} // namespace core
