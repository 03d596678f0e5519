// Has what a model makes of an image computed. Of two requests the newer wins, but where only the weights are
// others, as while a training is followed, the one before is finished first: a network that takes longer than
// its weights stay the newest would never be seen.
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
    /// `service` must outlive this, and activate for nobody else.
    explicit ImageInspector(core::InspectionService& service, QObject* parent = nullptr);

    /// `image` has the size that `model` takes. inspected() follows, or failed(), unless there is a newer
    /// one.
    void inspect(ChosenImage image, core::ModelPointer model, QStringList classNames);
    /// Of what was asked for, nothing more comes.
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
    std::optional<Request> m_current; ///< under way
    std::optional<Request> m_waiting; ///< with newer weights
};

} // namespace ui
