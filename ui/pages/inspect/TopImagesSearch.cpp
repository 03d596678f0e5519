#include "ui/pages/inspect/TopImagesSearch.h"

#include <algorithm>
#include <utility>

namespace ui
{

TopImagesSearch::TopImagesSearch(core::InspectionService& service, QObject* parent)
    : QObject(parent),
      m_service(service)
{
    connect(&service, &core::InspectionService::topImagesProgressed, this, [this](std::size_t done) {
        m_done = done;
        if (m_searched)
            Q_EMIT progressed();
    });
    connect(&service, &core::InspectionService::topImagesFound, this, [this](const Layers& layers) {
        if (!m_searched)
            return; // the search was discarded
        m_found.emplace_front(std::exchange(m_searched, nullptr), layers);
        if (m_found.size() > kKept)
            m_found.pop_back();
        Q_EMIT answered();
    });
    connect(&service, &core::InspectionService::topImagesCancelled, this, [this] {
        if (std::exchange(m_searched, nullptr))
            Q_EMIT cancelled();
    });
    connect(&service, &core::InspectionService::topImagesFailed, this, [this](const engine::Error& error) {
        if (std::exchange(m_searched, nullptr))
            Q_EMIT failed(QString::fromStdString(error.message));
    });
}

TopImagesSearch::Layers TopImagesSearch::found(const core::ModelPointer& model) const
{
    const auto entry = std::ranges::find_if(
        m_found, [&](const auto& modelAndLayers) { return modelAndLayers.first == model; });
    return entry == m_found.end() ? nullptr : entry->second;
}

void TopImagesSearch::search(const core::ModelPointer& model, const engine::Dataset& images, int threads)
{
    m_searched = model;
    m_done = 0;
    m_total = images.size();
    m_service.findTopImages(model, images, threads);
}

void TopImagesSearch::cancel()
{
    m_service.cancelTopImages();
}

void TopImagesSearch::forget()
{
    cancel();
    m_searched.reset(); // results that are on their way belong to other images
    m_found.clear();
}

} // namespace ui
