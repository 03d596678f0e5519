#include "ui/pages/inspect/FavouritesSearch.h"

namespace ui
{

FavouritesSearch::FavouritesSearch(core::InspectionService& service, QObject* parent)
    : QObject(parent),
      m_service(service)
{
    connect(&service, &core::InspectionService::favouritesProgressed, this, &FavouritesSearch::progressed);
    connect(&service, &core::InspectionService::favouritesFound, this, [this](const Layers& layers) {
        m_found.emplace_front(std::exchange(m_searched, nullptr), layers);
        if (m_found.size() > kKept)
            m_found.pop_back();
        Q_EMIT ended({});
    });
    connect(&service, &core::InspectionService::favouritesCancelled, this, [this] {
        m_searched.reset();
        Q_EMIT ended({});
    });
    connect(&service, &core::InspectionService::favouritesFailed, this, [this](const engine::Error& error) {
        m_searched.reset();
        Q_EMIT ended(QString::fromStdString(error.message));
    });
}

FavouritesSearch::Layers FavouritesSearch::found(const core::ModelPointer& model) const
{
    for (const auto& [of, layers] : m_found) {
        if (of == model)
            return layers;
    }
    return nullptr;
}

bool FavouritesSearch::isSearching(const core::ModelPointer& model) const
{
    return m_searched && m_searched == model;
}

void FavouritesSearch::search(const core::ModelPointer& model, const engine::Dataset& images, int threads)
{
    m_searched = model;
    m_service.findFavourites(model, images, threads);
}

void FavouritesSearch::cancel()
{
    m_service.cancelFavourites();
}

void FavouritesSearch::forget()
{
    cancel();
    m_found.clear();
}

} // namespace ui
