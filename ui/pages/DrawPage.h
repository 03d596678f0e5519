// Draw a digit by hand and watch the current model classify it.
//
//   1. CanvasCard reports every point; the drawing goes to DrawingService, with the model
//   2. its results, latest last, fill the preprocessing steps, the bars and the feature maps
//   3. without a model, TrainOffer replaces the bars
//   4. KeepCard adds the drawing to the user's data set and fine-tunes the model with it
#pragma once

#include "core/session/DrawingService.h"
#include "engine/training/TrainingConfig.h"
#include "ui/Services.h"

#include <QTimer>
#include <QWidget>

#include <cstdint>

class QLabel;
class QStackedWidget;

namespace ui
{

class CanvasCard;
class InkCanvas;
class InsideCard;
class KeepCard;
class NormalizationSteps;
class ReadingCard;
class TrainOffer;

class DrawPage : public QWidget
{
    Q_OBJECT
public:
    explicit DrawPage(const Services& services, QWidget* parent = nullptr);

Q_SIGNALS:
    void trainWanted(engine::Preset preset);
    /// Fine-tune the current model with the kept digits.
    void fineTuneWanted();
    /// The 28 × 28 network input of the drawing has changed; empty for an empty canvas.
    void seenChanged(const std::vector<std::uint8_t>& pixels);
    /// Open this input on the Inspect page, at a unit of a layer as counted by engine::layerTable().
    void inspectWanted(const std::vector<std::uint8_t>& pixels, int layer, int unit);
    /// A message for the user: an error or a success.
    void messageReported(const QString& message, bool isSuccess);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeStepsCard();
    QWidget* makeAnswer();
    void connectCards();
    void requestReading();
    void onRead(const std::shared_ptr<const core::DrawingReading>& reading);
    void onNoInk();
    void onModelChanged();
    /// Updates everything but the bars and the prediction, at most 25 times a second.
    void showRest();
    void updateOffer();
    void updateTrainable();
    std::vector<std::uint8_t> seen() const;

    Services m_services;
    CanvasCard* m_canvasCard;
    InkCanvas& m_canvas;
    NormalizationSteps* m_steps;
    QLabel* m_stepsNote;
    QStackedWidget* m_answer;
    ReadingCard* m_reading;
    TrainOffer* m_offer;
    InsideCard* m_inside;
    KeepCard* m_keep;
    QWidget* m_lower;
    QTimer m_restTimer; ///< active while the other parts lag behind the bars
    std::shared_ptr<const core::DrawingReading> m_latest; ///< of the current drawing; null for none
};

} // namespace ui
