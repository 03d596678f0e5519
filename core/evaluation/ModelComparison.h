// How many images of some data sets a model gets right, and beside it another: before and after a
// fine-tuning. Data sets are loaded and models evaluated by a thread of its own.
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
    std::shared_ptr<const engine::ModelSnapshot> after; ///< null where there is one model alone
    QStringList datasets;                               ///< as DatasetCatalog::load() takes them
};

/// On the test images of one data set.
struct ComparedSet {
    QString dataset; ///< as it was asked for
    QString title;
    std::size_t total = 0;
    std::size_t rightBefore = 0;
    std::optional<std::size_t> rightAfter; ///< nothing where there is no second model
};

class ModelComparison : public QObject
{
    Q_OBJECT
public:
    /// When it is destroyed it gives up what is under way, and waits for it.
    explicit ModelComparison(std::shared_ptr<const DatasetCatalog> catalog, QObject* parent = nullptr);

    /// compared() or failed() follows, unless a newer request or cancel() comes first.
    void compare(const ComparisonRequest& request);
    void cancel() { m_task.forget(); }
    bool isBusy() const { return m_task.isBusy(); }

Q_SIGNALS:
    /// In the order of the request.
    void compared(const std::vector<core::ComparedSet>& sets);
    void failed(const engine::Error& error);

private:
    std::shared_ptr<const DatasetCatalog> m_catalog;
    LatestTask m_task{*this};
};

/// The work itself, on the calling thread. Errors: those of loading and of evaluating, BadValue where a model
/// is for other images or classes, Cancelled.
engine::Result<std::vector<ComparedSet>> compareModels(const ComparisonRequest& request,
                                                       const DatasetCatalog& catalog,
                                                       const std::stop_token& stop = {});

} // namespace core
