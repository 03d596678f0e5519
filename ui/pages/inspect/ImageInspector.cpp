#include "ui/pages/inspect/ImageInspector.h"

namespace ui
{

ImageInspector::ImageInspector(core::InspectionService& service, QObject* parent)
    : QObject(parent),
      m_service(service)
{
    connect(&service, &core::InspectionService::activated, this, &ImageInspector::onActivated);
    connect(&service, &core::InspectionService::activationFailed, this, [this](const engine::Error& error) {
        if (!m_current)
            return;
        forget();
        Q_EMIT failed(error);
    });
}

void ImageInspector::inspect(ChosenImage image, core::ModelPointer model, QStringList classNames)
{
    Request request{std::move(image), std::move(model), std::move(classNames)};
    const bool isOfOtherWeights = m_current && request.image.pixels == m_current->image.pixels &&
                                  request.model != m_current->model &&
                                  request.model->spec == m_current->model->spec;
    if (isOfOtherWeights)
        m_waiting = std::move(request);
    else
        start(std::move(request));
}

void ImageInspector::start(Request request)
{
    m_waiting.reset();
    m_current = std::move(request);
    m_service.activate(m_current->model, m_current->image.pixels);
}

void ImageInspector::forget()
{
    m_current.reset();
    m_waiting.reset();
}

void ImageInspector::onActivated(const std::shared_ptr<const core::InspectedImage>& result)
{
    if (!m_current)
        return;
    auto inspection = std::make_shared<Inspection>();
    inspection->image = m_current->image;
    inspection->model = m_current->model;
    inspection->activations = std::shared_ptr<const engine::Activations>(result, &result->activations);
    inspection->classNames = m_current->classNames;
    m_current.reset();
    if (m_waiting)
        start(Request(*m_waiting)); // while this one is painted
    Q_EMIT inspected(std::move(inspection));
}

} // namespace ui
