#include "core/catalog/DatasetLoader.h"

namespace core
{

DatasetLoader::DatasetLoader(std::shared_ptr<const DatasetCatalog> catalog, QObject* parent)
    : QObject(parent),
      m_catalog(std::move(catalog))
{
    m_pool.setMaxThreadCount(1);
}

DatasetLoader::~DatasetLoader()
{
    m_pool.clear();
    m_pool.waitForDone();
}

bool DatasetLoader::isLoading() const
{
    return m_isLoading;
}

void DatasetLoader::load(const QString& nameOrFolder)
{
    const quint64 request = ++m_latestRequest;
    m_isLoading = true;
    m_pool.clear(); // requests that have not begun yet are no longer wanted
    m_pool.start([this, request, nameOrFolder] {
        auto result = std::make_shared<engine::Result<LoadedDataset>>(m_catalog->load(nameOrFolder));
        QMetaObject::invokeMethod(
            this,
            [this, request, nameOrFolder, result] { deliver(request, nameOrFolder, std::move(*result)); },
            Qt::QueuedConnection);
    });
    Q_EMIT loadingStarted(nameOrFolder);
}

void DatasetLoader::deliver(quint64 request, const QString& nameOrFolder,
                            engine::Result<LoadedDataset> result)
{
    if (request != m_latestRequest)
        return;
    m_isLoading = false;
    if (result)
        Q_EMIT loaded(std::make_shared<const LoadedDataset>(std::move(*result)));
    else
        Q_EMIT failed(nameOrFolder, result.error());
}

} // namespace core
