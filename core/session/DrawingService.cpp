#include "core/session/DrawingService.h"

#include <QElapsedTimer>

namespace core
{

/// Keeps the recognizer between drawings as long as the model is the same.
class DrawingService::Reader
{
public:
    engine::Result<DrawingReading> read(const std::shared_ptr<const engine::ModelSnapshot>& model,
                                        const DrawnInk& drawing)
    {
        QElapsedTimer clock;
        clock.start();
        DrawingReading reading;
        reading.image = drawing.image;
        const auto asDrawn = engine::preprocessInk(reading.image);
        if (!asDrawn)
            return tl::unexpected(asDrawn.error());
        reading.box = asDrawn->box;
        reading.isDrawnAnew = !drawing.strokes.empty();
        auto seen =
            reading.isDrawnAnew ? engine::preprocess(drawing.strokes) : engine::preprocess(reading.image);
        if (!seen)
            return tl::unexpected(seen.error());
        reading.seen = std::move(*seen);
        reading.model = model;
        if (model) {
            if (auto classified = classify(reading); !classified)
                return tl::unexpected(classified.error());
        }
        reading.milliseconds = static_cast<double>(clock.nsecsElapsed()) / 1e6;
        if (model) {
            auto inside = engine::activationsOf(*model, reading.seen.pixels);
            if (!inside)
                return tl::unexpected(inside.error());
            reading.activations = std::make_shared<const engine::Activations>(std::move(*inside));
        }
        return reading;
    }

    static bool hasInk(const engine::InkImage& image)
    {
        return std::any_of(image.ink.begin(), image.ink.end(),
                           [](std::uint8_t ink) { return ink >= engine::kFaintestInk; });
    }

private:
    engine::Result<void> classify(DrawingReading& reading)
    {
        if (reading.model != m_model) {
            m_classifier.reset();
            auto classifier = engine::DigitRecognizer::create(*reading.model);
            if (!classifier)
                return tl::unexpected(classifier.error());
            m_classifier.emplace(std::move(*classifier));
            m_model = reading.model;
        }
        return m_classifier->recognizePreprocessed(reading.seen.pixels)
            .map([&](engine::Classification&& classification) {
                reading.classification = std::move(classification);
            });
    }

    std::shared_ptr<const engine::ModelSnapshot> m_model; ///< model of m_classifier
    std::optional<engine::DigitRecognizer> m_classifier;
};

DrawingService::DrawingService(QObject* parent) : QObject(parent), m_reader(std::make_unique<Reader>()) {}

DrawingService::~DrawingService() = default;

void DrawingService::read(std::shared_ptr<const engine::ModelSnapshot> model, DrawnInk drawing)
{
    using Reading = std::shared_ptr<const DrawingReading>; // null if there is no ink
    m_task.startNext(
        [reader = m_reader.get(), model = std::move(model),
         drawing = std::move(drawing)]() -> engine::Result<Reading> {
            if (!Reader::hasInk(drawing.image))
                return nullptr;
            return reader->read(model, drawing).map([](DrawingReading&& reading) -> Reading {
                return std::make_shared<const DrawingReading>(std::move(reading));
            });
        },
        [this](const engine::Result<Reading>& reading) {
            if (!reading)
                Q_EMIT failed(reading.error());
            else if (*reading)
                Q_EMIT haveRead(*reading);
            else
                Q_EMIT foundNoInk();
        });
}

} // namespace core
