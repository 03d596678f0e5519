// Runs DatasetCatalog::load() off the GUI thread. Only the latest request counts.
#pragma once

#include "core/LatestTask.h"
#include "core/catalog/DatasetCatalog.h"

#include <QObject>
#include <memory>

namespace core
{

class DatasetLoader : public QObject
{
    Q_OBJECT
public:
    /// The destructor waits for a load in progress.
    explicit DatasetLoader(std::shared_ptr<const DatasetCatalog> catalog, QObject* parent = nullptr);

    /// loaded() or failed() follows, unless another load or cancel() comes first.
    void load(const QString& nameOrFolder);
    void cancel();
    bool isLoading() const { return m_task.isBusy(); }

Q_SIGNALS:
    void loadingStarted(const QString& nameOrFolder);
    void loaded(std::shared_ptr<const core::LoadedDataset> dataset);
    void failed(const QString& nameOrFolder, const engine::Error& error);
    void cancelled();

private:
    std::shared_ptr<const DatasetCatalog> m_catalog;
    LatestTask m_task{*this};
};

} // namespace core
