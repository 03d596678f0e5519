#include "core/session/DrawingService.h"

#include <QElapsedTimer>

namespace core
{

/// Keeps the classifier from one drawing to the next, as long as the model is the same.
class DrawingService::Reader
{
public:
    engine::Result<DrawingReading> read(Request request)
    {
        QElapsedTimer clock;
        clock.start();
        DrawingReading reading;
        reading.image = std::move(request.drawing.image);
        const auto asDrawn = engine::preprocessInk(reading.image);
        if (!asDrawn)
            return tl::unexpected(asDrawn.error());
        reading.box = asDrawn->box;
        reading.isDrawnAnew = !request.drawing.strokes.empty();
        auto seen = reading.isDrawnAnew ? engine::preprocess(request.drawing.strokes)
                                        : engine::preprocess(reading.image);
        if (!seen)
            return tl::unexpected(seen.error());
        reading.seen = std::move(*seen);
        reading.model = request.model;
        if (request.model) {
            if (auto classified = classify(reading); !classified)
                return tl::unexpected(classified.error());
        }
        reading.milliseconds = static_cast<double>(clock.nsecsElapsed()) / 1e6;
        if (request.model) {
            auto inside = engine::activationsOf(*request.model, reading.seen.pixels);
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

    std::shared_ptr<const engine::ModelSnapshot> m_model; ///< that m_classifier is made of
    std::optional<engine::DigitRecognizer> m_classifier;
};

DrawingService::DrawingService(QObject* parent) : QObject(parent), m_reader(std::make_unique<Reader>())
{
    m_pool.setMaxThreadCount(1);
}

DrawingService::~DrawingService()
{
    {
        const std::lock_guard lock(m_mutex);
        m_waiting.reset();
    }
    m_pool.waitForDone();
}

void DrawingService::read(std::shared_ptr<const engine::ModelSnapshot> model, DrawnInk drawing)
{
    const std::lock_guard lock(m_mutex);
    m_waiting = Request{std::move(model), std::move(drawing)};
    if (!std::exchange(m_isWorking, true))
        m_pool.start([this] { work(); });
}

void DrawingService::work()
{
    while (true) {
        std::optional<Request> request;
        {
            const std::lock_guard lock(m_mutex);
            request = std::exchange(m_waiting, std::nullopt);
            m_isWorking = request.has_value();
        }
        if (!request)
            return;
        const auto post = [this](auto action) {
            QMetaObject::invokeMethod(this, std::move(action), Qt::QueuedConnection);
        };
        if (!Reader::hasInk(request->drawing.image)) {
            post([this] { Q_EMIT foundNoInk(); });
            continue;
        }
        auto reading = m_reader->read(std::move(*request));
        if (reading) {
            auto shared = std::make_shared<const DrawingReading>(std::move(*reading));
            post([this, shared] { Q_EMIT haveRead(shared); });
        } else {
            post([this, error = reading.error()] { Q_EMIT failed(error); });
        }
    }
}

} // namespace core
