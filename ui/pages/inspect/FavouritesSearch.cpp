#include "ui/pages/inspect/FavouritesSearch.h"

#include <algorithm>
#include <utility>

namespace ui
{

FavouritesSearch::FavouritesSearch(core::InspectionService& service, QObject* parent)
    : QObject(parent),
      m_service(service)
{
    connect(&service, &core::InspectionService::favouritesProgressed, this, [this](std::size_t done) {
        m_done = done;
        if (m_searched)
            Q_EMIT progressed();
    });
    connect(&service, &core::InspectionService::favouritesFound, this, [this](const Layers& layers) {
        if (!m_searched)
            return; // it was forgotten
        m_found.emplace_front(std::exchange(m_searched, nullptr), layers);
        if (m_found.size() > kKept)
            m_found.pop_back();
        Q_EMIT answered();
    });
    connect(&service, &core::InspectionService::favouritesCancelled, this, [this] {
        if (std::exchange(m_searched, nullptr))
            Q_EMIT cancelled();
    });
    connect(&service, &core::InspectionService::favouritesFailed, this, [this](const engine::Error& error) {
        if (std::exchange(m_searched, nullptr))
            Q_EMIT failed(QString::fromStdString(error.message));
    });
}

FavouritesSearch::Layers FavouritesSearch::found(const core::ModelPointer& model) const
{
    const auto entry = std::ranges::find_if(
        m_found, [&](const auto& modelAndLayers) { return modelAndLayers.first == model; });
    return entry == m_found.end() ? nullptr : entry->second;
}

void FavouritesSearch::search(const core::ModelPointer& model, const engine::Dataset& images, int threads)
{
    m_searched = model;
    m_done = 0;
    m_total = images.size();
    m_service.findFavourites(model, images, threads);
}

void FavouritesSearch::cancel()
{
    m_service.cancelFavourites();
}

void FavouritesSearch::forget()
{
    cancel();
    m_searched.reset(); // what has been found already, and is on its way, counts other images
    m_found.clear();
}

} // namespace ui
