// Looks into models off the GUI thread: what an image does inside one, which parts of it mattered, and what
// its units like.
//
//     service.activate(model, pixels);              // → activated(), while the pen moves
//     service.explain(model, pixels, question);     // → explained()
//     service.findTopImages(model, images);        // → topImagesProgressed() …, topImagesFound()
//
// The three kinds of request do not wait for each other. Of two of a kind the newer wins: the older is given
// up, and nothing more comes of it.
#pragma once

#include "core/LatestTask.h"
#include "engine/inspection/Activations.h"
#include "engine/inspection/Attribution.h"
#include "engine/inspection/TopActivatingImages.h"

#include <QObject>
#include <memory>

namespace core
{

using ModelPointer = std::shared_ptr<const engine::ModelSnapshot>;

/// An image and what a model made of it. The model is needed to say how a number came about.
struct InspectedImage {
    ModelPointer model;
    engine::Activations activations;
};

struct AttributionQuestion {
    engine::AttributionKind kind = engine::AttributionKind::GradCam;
    int classIndex = 0;
    engine::ClassScore score = engine::ClassScore::Logit; ///< of the input gradient
    engine::OcclusionOptions occlusion = {};
    int threads = 0; ///< of the occlusion; 0 is one a core

    bool operator==(const AttributionQuestion&) const = default;
};

class InspectionService : public QObject
{
    Q_OBJECT
public:
    explicit InspectionService(QObject* parent = nullptr);
    /// Gives up what is under way, and waits for it.
    ~InspectionService() override;

    /// `pixels`: one image of the model's input size, 0 … 255. activated() or activationFailed() follows.
    void activate(ModelPointer model, std::vector<std::uint8_t> pixels);
    /// explained() or explanationFailed() follows; of an occlusion explanationProgressed() before.
    void explain(ModelPointer model, std::vector<std::uint8_t> pixels, const AttributionQuestion& question);
    /// Nothing more comes of the explanation that was asked for.
    void forgetExplanation() { m_explanation.forget(); }
    /// topImagesFound(), topImagesFailed() or topImagesCancelled() follows. `threads` on the CPU; 0 is one
    /// a core.
    void findTopImages(ModelPointer model, const engine::Dataset& images, int threads = 0);
    void cancelTopImages() { m_search.stop(); }
    bool isSearching() const { return m_search.isBusy(); }
    /// Of what was asked for before, nothing more comes.
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
