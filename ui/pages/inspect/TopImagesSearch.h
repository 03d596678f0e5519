// The favourite images of all units of a model, found once and kept for the models looked into last.
#pragma once

#include "core/inspection/InspectionService.h"

#include <QObject>
#include <deque>

namespace ui
{

class TopImagesSearch : public QObject
{
    Q_OBJECT
public:
    using Layers = std::shared_ptr<const std::vector<engine::LayerTopImages>>;

    /// `service` must outlive this, and search for nobody else.
    explicit TopImagesSearch(core::InspectionService& service, QObject* parent = nullptr);

    /// Null where they have not been found yet.
    Layers found(const core::ModelPointer& model) const;
    /// Null where nothing is searched for.
    const core::ModelPointer& searched() const { return m_searched; }
    /// Images of the search under way, and of all.
    std::size_t done() const { return m_done; }
    std::size_t total() const { return m_total; }

    /// Gives up another model's. progressed() and ended() follow.
    void search(const core::ModelPointer& model, const engine::Dataset& images, int threads);
    void cancel();
    /// All of it: there will be other images. Nothing more comes of a search under way.
    void forget();

Q_SIGNALS:
    void progressed();
    void answered();
    void cancelled();
    void failed(const QString& message);

private:
    static constexpr std::size_t kKept = 4; ///< models

    core::InspectionService& m_service;
    core::ModelPointer m_searched;
    std::size_t m_done = 0;
    std::size_t m_total = 0;
    std::deque<std::pair<core::ModelPointer, Layers>> m_found; ///< the newest first
};

} // namespace ui
