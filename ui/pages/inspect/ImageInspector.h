// Computes the activations of a model for an image. Of two requests the latest wins; but if only the weights
// differ, as while following a training, the previous one is finished first: otherwise a slow network would
// never be shown.
#pragma once

#include "core/inspection/InspectionService.h"
#include "ui/models/Inspection.h"

#include <QObject>
#include <optional>

namespace ui
{

class ImageInspector : public QObject
{
    Q_OBJECT
public:
    /// `service` must outlive this and must not be used by others.
    explicit ImageInspector(core::InspectionService& service, QObject* parent = nullptr);

    /// `image` must have the model's input size. Emits inspected() or failed(), unless there is a newer
    /// request.
    void inspect(ChosenImage image, core::ModelPointer model, QStringList classNames);
    /// Cancels the current request.
    void forget();

Q_SIGNALS:
    void inspected(ui::InspectionPtr inspection);
    void failed(const engine::Error& error);

private:
    struct Request {
        ChosenImage image;
        core::ModelPointer model;
        QStringList classNames;
    };

    void start(Request request);
    void onActivated(const std::shared_ptr<const core::InspectedImage>& result);

    core::InspectionService& m_service;
    std::optional<Request> m_current; ///< in progress
    std::optional<Request> m_waiting; ///< with newer weights
};

} // namespace ui
