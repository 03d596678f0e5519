// The favourite images of all units of a model, found once and kept for the models looked into last.
#pragma once

#include "core/inspection/InspectionService.h"

#include <QObject>
#include <deque>

namespace ui
{

class FavouritesSearch : public QObject
{
    Q_OBJECT
public:
    using Layers = std::shared_ptr<const std::vector<engine::LayerFavourites>>;

    /// `service` must outlive this, and search for nobody else.
    explicit FavouritesSearch(core::InspectionService& service, QObject* parent = nullptr);

    /// Null where they have not been found yet.
    Layers found(const core::ModelPointer& model) const;
    bool isSearching(const core::ModelPointer& model) const;
    /// Gives up another model's. progressed() and ended() follow.
    void search(const core::ModelPointer& model, const engine::Dataset& images, int threads);
    void cancel();
    /// Of other images than the ones from now on.
    void forget();

Q_SIGNALS:
    void progressed(std::size_t done, std::size_t total);
    /// Found, cancelled, or failed with a message.
    void ended(const QString& message);

private:
    static constexpr std::size_t kKept = 4; ///< models

    core::InspectionService& m_service;
    core::ModelPointer m_searched;
    std::deque<std::pair<core::ModelPointer, Layers>> m_found; ///< the newest first
};

} // namespace ui
