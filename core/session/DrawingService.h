// Recognizes drawings while they are being drawn, on a separate thread.
//
//   1. read() replaces a drawing that is still waiting: only the latest counts
//   2. a request in progress finishes and delivers, so that results keep coming while the pen moves
//   3. results arrive in request order
#pragma once

#include "core/LatestTask.h"
#include "engine/inspection/Activations.h"
#include "engine/recognition/DigitRecognizer.h"

#include <QObject>
#include <memory>
#include <optional>

namespace core
{

struct DrawnInk {
    engine::InkImage image;
    /// The same drawing in image pixels, if it consists of strokes only; it can then be redrawn with MNIST's
    /// pen width. Empty if ink was erased or the drawing contains an image.
    engine::Strokes strokes;
};

struct DrawingReading {
    engine::InkImage image;                               ///< as it was drawn
    engine::BoundingBox box;                              ///< bounding box of the ink in `image`
    bool isDrawnAnew = false;                             ///< `seen` was rendered from the strokes
    engine::PreprocessedDigit seen;                       ///< its box is that of the redrawn ink, if redrawn
    std::shared_ptr<const engine::ModelSnapshot> model;   ///< null if there is none
    std::optional<engine::Classification> classification; ///< not set without a model
    double milliseconds = 0;                              ///< time taken so far
    std::shared_ptr<const engine::Activations> activations; ///< for `seen`; null without a model
};

class DrawingService : public QObject
{
    Q_OBJECT
public:
    explicit DrawingService(QObject* parent = nullptr);
    /// Waits for a drawing in progress.
    ~DrawingService() override;

    /// Followed by haveRead(), foundNoInk() or failed(), unless a newer request comes first. Without a model
    /// (null) the drawing is only preprocessed.
    void read(std::shared_ptr<const engine::ModelSnapshot> model, DrawnInk drawing);

Q_SIGNALS:
    void haveRead(std::shared_ptr<const core::DrawingReading> reading);
    void foundNoInk();
    /// The model cannot recognize drawings, or computing failed.
    void failed(const engine::Error& error);

private:
    class Reader;

    std::unique_ptr<Reader> m_reader; ///< used only by the task
    LatestTask m_task{*this};
};

} // namespace core
