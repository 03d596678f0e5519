#include "core/catalog/DatasetLoader.h"

namespace core
{

DatasetLoader::DatasetLoader(std::shared_ptr<const DatasetCatalog> catalog, QObject* parent)
    : QObject(parent),
      m_catalog(std::move(catalog))
{
}

void DatasetLoader::load(const QString& nameOrFolder)
{
    using Loaded = std::shared_ptr<const LoadedDataset>;
    m_task.start(
        [catalog = m_catalog, nameOrFolder] {
            return catalog->load(nameOrFolder).map([](LoadedDataset&& dataset) -> Loaded {
                return std::make_shared<const LoadedDataset>(std::move(dataset));
            });
        },
        [this, nameOrFolder](const engine::Result<Loaded>& result) {
            if (result)
                Q_EMIT loaded(*result);
            else
                Q_EMIT failed(nameOrFolder, result.error());
        });
    Q_EMIT loadingStarted(nameOrFolder);
}

void DatasetLoader::cancel()
{
    if (!isLoading())
        return;
    m_task.forget();
    Q_EMIT cancelled();
}

} // namespace core
