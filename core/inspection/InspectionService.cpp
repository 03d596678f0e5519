#include "core/inspection/InspectionService.h"

#include <QElapsedTimer>

namespace core
{
namespace
{

engine::Result<engine::AttributionMap> attributionOf(const engine::ModelSnapshot& model,
                                                     std::span<const std::uint8_t> pixels,
                                                     const AttributionQuestion& question,
                                                     const engine::TrainingControl& control,
                                                     const engine::AttributionProgress& progress)
{
    switch (question.kind) {
    case engine::AttributionKind::GradCam:
        return engine::gradCam(model, pixels, question.classIndex);
    case engine::AttributionKind::InputGradient:
        return engine::inputGradient(model, pixels, question.classIndex, question.score);
    default:
        return engine::occlusionMap(model, pixels, question.classIndex, question.occlusion, question.threads,
                                    &control, progress);
    }
}

/// The same that several views may hold.
template<typename T>
engine::Result<std::shared_ptr<const T>> shared(engine::Result<T> result)
{
    return std::move(result).map([](T&& value) { return std::make_shared<const T>(std::move(value)); });
}

} // namespace

InspectionService::InspectionService(QObject* parent) : QObject(parent)
{
    for (Lane* lane : {&m_activation, &m_explanation, &m_search})
        lane->pool.setMaxThreadCount(1);
}

InspectionService::~InspectionService()
{
    forgetAll();
    for (Lane* lane : {&m_activation, &m_explanation, &m_search}) {
        lane->pool.clear();
        lane->pool.waitForDone();
    }
}

void InspectionService::activate(ModelPointer model, std::vector<std::uint8_t> pixels)
{
    start(m_activation, [this, model = std::move(model), pixels = std::move(pixels)](const Control&) {
        auto result = shared(engine::activationsOf(*model, pixels).map([&](engine::Activations&& found) {
            return InspectedImage{model, std::move(found)};
        }));
        return [this, result = std::move(result)] {
            if (result)
                Q_EMIT activated(*result);
            else
                Q_EMIT activationFailed(result.error());
        };
    });
}

void InspectionService::explain(ModelPointer model, std::vector<std::uint8_t> pixels,
                                const AttributionQuestion& question)
{
    start(m_explanation,
          [this, model = std::move(model), pixels = std::move(pixels), question](const Control& control) {
              auto result = shared(
                  attributionOf(*model, pixels, question, *control,
                                reporter(m_explanation, control, &InspectionService::explanationProgressed)));
              return [this, result = std::move(result)] {
                  if (result)
                      Q_EMIT explained(*result);
                  else
                      Q_EMIT explanationFailed(result.error());
              };
          });
}

void InspectionService::findFavourites(ModelPointer model, const engine::Dataset& images, int threads)
{
    start(m_search, [this, model = std::move(model), images, threads](const Control& control) {
        constexpr std::size_t kImages = 9;
        const auto tell = reporter(m_search, control, &InspectionService::favouritesProgressed);
        auto result = shared(engine::unitFavourites(*model, images, kImages, threads, control.get(),
                                                    [&](std::size_t done) { tell(done, images.size()); }));
        return [this, result = std::move(result)] {
            if (result)
                Q_EMIT favouritesFound(*result);
            else if (result.error().code == engine::ErrorCode::Cancelled)
                Q_EMIT favouritesCancelled();
            else
                Q_EMIT favouritesFailed(result.error());
        };
    });
}

void InspectionService::cancelFavourites()
{
    if (m_search.control)
        m_search.control->requestStop();
}

void InspectionService::forgetAll()
{
    for (Lane* lane : {&m_activation, &m_explanation, &m_search})
        giveUp(*lane);
}

void InspectionService::giveUp(Lane& lane)
{
    if (lane.control)
        lane.control->requestStop();
    lane.control.reset();
}

void InspectionService::post(const Lane& lane, const Control& control, std::function<void()> answer)
{
    QMetaObject::invokeMethod(
        this,
        [&lane, control, answer = std::move(answer)] {
            if (control == lane.control)
                answer();
        },
        Qt::QueuedConnection);
}

engine::AttributionProgress InspectionService::reporter(const Lane& lane, const Control& control,
                                                        void (InspectionService::*progressed)(std::size_t,
                                                                                              std::size_t))
{
    auto sinceReport = std::make_shared<QElapsedTimer>();
    sinceReport->start();
    return [this, &lane, control, progressed, sinceReport](std::size_t done, std::size_t total) {
        constexpr qint64 kMillisecondsBetweenReports = 50;
        if (sinceReport->elapsed() < kMillisecondsBetweenReports)
            return;
        sinceReport->restart();
        post(lane, control, [this, progressed, done, total] { Q_EMIT(this->*progressed)(done, total); });
    };
}

void InspectionService::start(Lane& lane, std::function<std::function<void()>(const Control&)> work)
{
    giveUp(lane);
    lane.control = std::make_shared<engine::TrainingControl>();
    lane.pool.clear(); // what has not begun is not wanted any more
    lane.pool.start([this, &lane, control = lane.control, work = std::move(work)] {
        std::function<void()> answer = work(control);
        post(lane, control, [&lane, answer = std::move(answer)] {
            lane.control.reset();
            answer();
        });
    });
}

} // namespace core
