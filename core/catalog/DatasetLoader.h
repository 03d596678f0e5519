// DatasetCatalog::load() off the GUI thread. The last request wins: the result of an earlier one is dropped.
#pragma once

#include "core/catalog/DatasetCatalog.h"

#include <QObject>
#include <QThreadPool>
#include <memory>

namespace core
{

class DatasetLoader : public QObject
{
    Q_OBJECT
public:
    explicit DatasetLoader(std::shared_ptr<const DatasetCatalog> catalog, QObject* parent = nullptr);
    /// Waits for the load that is under way.
    ~DatasetLoader() override;

    void load(const QString& nameOrFolder);
    bool isLoading() const;

Q_SIGNALS:
    void loadingStarted(const QString& nameOrFolder);
    void loaded(std::shared_ptr<const core::LoadedDataset> dataset);
    void failed(const QString& nameOrFolder, const engine::Error& error);

private:
    void deliver(quint64 request, const QString& nameOrFolder, engine::Result<LoadedDataset> result);

    std::shared_ptr<const DatasetCatalog> m_catalog;
    QThreadPool m_pool;
    quint64 m_latestRequest = 0;
    bool m_isLoading = false;
};

} // namespace core
