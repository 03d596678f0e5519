// Runs model inspection off the GUI thread: activations, attribution maps and top-activating images.
//
//     service.activate(model, pixels);              // → activated(), while the pen moves
//     service.explain(model, pixels, question);     // → explained()
//     service.findTopImages(model, images);        // → topImagesProgressed() …, topImagesFound()
//
// The three kinds of request run independently. A newer request cancels an older one of the same kind, whose
// result is dropped.
#pragma once

#include "core/LatestTask.h"
#include "engine/inspection/Activations.h"
#include "engine/inspection/Attribution.h"
#include "engine/inspection/TopActivatingImages.h"

#include <QObject>
#include <cstdint>
#include <memory>

namespace core
{

using ModelPointer = std::shared_ptr<const engine::ModelSnapshot>;

/// An image and its activations in a model; the model is kept to explain how a value was computed.
struct InspectedImage {
    ModelPointer model;
    engine::Activations activations;
};

struct AttributionQuestion {
    engine::AttributionKind kind = engine::AttributionKind::GradCam;
    int classIndex = 0;
    engine::ClassScore score = engine::ClassScore::Logit; ///< for the input gradient
    engine::OcclusionOptions occlusion = {};
    int threads = 0; ///< for occlusion; 0 means one per core

    bool operator==(const AttributionQuestion&) const = default;
};

class InspectionService : public QObject
{
    Q_OBJECT
public:
    explicit InspectionService(QObject* parent = nullptr);
    /// Cancels requests in progress and waits for them.
    ~InspectionService() override;

    /// `pixels`: one image of the model's input size, 0 … 255. Followed by activated() or activationFailed().
    void activate(ModelPointer model, std::vector<std::uint8_t> pixels);
    /// Followed by explained() or explanationFailed(); for occlusion, explanationProgressed() before that.
    void explain(ModelPointer model, std::vector<std::uint8_t> pixels, const AttributionQuestion& question);
    /// Cancels the current explanation; no more signals follow for it.
    void forgetExplanation() { m_explanation.forget(); }
    /// Followed by topImagesFound(), topImagesFailed() or topImagesCancelled(). `threads`: CPU threads; 0
    /// means one per core.
    void findTopImages(ModelPointer model, const engine::Dataset& images, int threads = 0);
    void cancelTopImages() { m_search.stop(); }
    bool isSearching() const { return m_search.isBusy(); }
    /// Cancels all requests; no more signals follow for them.
    void forgetAll();

Q_SIGNALS:
    void activated(std::shared_ptr<const core::InspectedImage> image);
    void activationFailed(const engine::Error& error);
    void explanationProgressed(std::size_t done, std::size_t total);
    void explained(std::shared_ptr<const engine::AttributionMap> map);
    void explanationFailed(const engine::Error& error);
    void topImagesProgressed(std::size_t done, std::size_t total);
    void topImagesFound(std::shared_ptr<const std::vector<engine::LayerTopImages>> layers);
    void topImagesCancelled();
    void topImagesFailed(const engine::Error& error);

private:
    LatestTask m_activation{*this};
    LatestTask m_explanation{*this};
    LatestTask m_search{*this};
};

} // namespace core
