// Top images of all units of a model, searched once and cached for the latest models.
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

    /// `service` must outlive this and must not be used by others.
    explicit TopImagesSearch(core::InspectionService& service, QObject* parent = nullptr);

    /// Null if not found yet.
    Layers found(const core::ModelPointer& model) const;
    /// Null if no search is running.
    const core::ModelPointer& searched() const { return m_searched; }
    /// Number of images that the current search has processed, and of all.
    std::size_t done() const { return m_done; }
    std::size_t total() const { return m_total; }

    /// Cancels the search for another model. Emits progressed() and ended().
    void search(const core::ModelPointer& model, const engine::Dataset& images, int threads);
    void cancel();
    /// Clears everything, because there will be other images. A running search emits nothing more.
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
    std::deque<std::pair<core::ModelPointer, Layers>> m_found; ///< latest first
};

} // namespace ui
