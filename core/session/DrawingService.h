// Reads drawings while they are drawn, on a thread of its own.
//
//   1. read() puts a drawing in the place of one that still waits: of many points the latest counts
//   2. what has begun is finished and told all the same, so that answers keep coming while the pen moves
//   3. answers come in the order of the requests
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
    /// The same drawing, in the image's pixels, where it is strokes and nothing else: they can be drawn anew
    /// with the pen that MNIST was written with. Empty where ink was erased, or stands on a picture.
    engine::Strokes strokes;
};

struct DrawingReading {
    engine::InkImage image;         ///< as it was drawn
    engine::BoundingBox box;        ///< of the ink in `image`
    bool isDrawnAnew = false;       ///< `seen` was made from the strokes
    engine::PreprocessedDigit seen; ///< its box is that of the ink drawn anew, where it was
    std::shared_ptr<const engine::ModelSnapshot> model;     ///< null where there is none
    std::optional<engine::Classification> classification;   ///< nothing without a model
    double milliseconds = 0;                                ///< that it took so far
    std::shared_ptr<const engine::Activations> activations; ///< of `seen`; null without a model
};

class DrawingService : public QObject
{
    Q_OBJECT
public:
    explicit DrawingService(QObject* parent = nullptr);
    /// Waits for the drawing that is being read.
    ~DrawingService() override;

    /// haveRead(), foundNoInk() or failed() follows, unless a newer request comes first. Without a model
    /// (null) the drawing is normalized and not classified.
    void read(std::shared_ptr<const engine::ModelSnapshot> model, DrawnInk drawing);

Q_SIGNALS:
    void haveRead(std::shared_ptr<const core::DrawingReading> reading);
    void foundNoInk();
    /// The model cannot read drawings, or computing failed.
    void failed(const engine::Error& error);

private:
    class Reader;

    std::unique_ptr<Reader> m_reader; ///< used by the task alone
    LatestTask m_task{*this};
};

} // namespace core
