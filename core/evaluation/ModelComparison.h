// Counts correct predictions of one or two models on several data sets: before and after fine-tuning. Loads
// and evaluates on its own thread.
#pragma once

#include "core/LatestTask.h"
#include "core/catalog/DatasetCatalog.h"
#include "engine/network/ModelSnapshot.h"

#include <QObject>
#include <memory>
#include <optional>

namespace core
{

struct ComparisonRequest {
    std::shared_ptr<const engine::ModelSnapshot> before;
    std::shared_ptr<const engine::ModelSnapshot> after; ///< null if there is only one model
    QStringList datasets;                               ///< names or folders for DatasetCatalog::load()
};

/// Results on the test images of one data set.
struct ComparedSet {
    QString dataset; ///< as requested
    QString title;
    std::size_t total = 0;
    std::size_t rightBefore = 0;
    std::optional<std::size_t> rightAfter; ///< not set without a second model
};

class ModelComparison : public QObject
{
    Q_OBJECT
public:
    /// The destructor cancels the current request and waits for it.
    explicit ModelComparison(std::shared_ptr<const DatasetCatalog> catalog, QObject* parent = nullptr);

    /// Followed by compared() or failed(), unless a newer request or cancel() comes first.
    void compare(const ComparisonRequest& request);
    void cancel() { m_task.forget(); }
    bool isBusy() const { return m_task.isBusy(); }

Q_SIGNALS:
    /// In request order.
    void compared(const std::vector<core::ComparedSet>& sets);
    void failed(const engine::Error& error);

private:
    std::shared_ptr<const DatasetCatalog> m_catalog;
    LatestTask m_task{*this};
};

/// Does the work on the calling thread. Errors: those of loading and evaluating, BadValue if a model is for
/// other images or classes, Cancelled.
engine::Result<std::vector<ComparedSet>> compareModels(const ComparisonRequest& request,
                                                       const DatasetCatalog& catalog,
                                                       const std::stop_token& stop = {});

} // namespace core
