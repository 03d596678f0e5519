// A digit drawn by hand, and what the current model makes of it while it is drawn.
//
//   1. CanvasCard tells of every point; the drawing goes to DrawingService, with the model
//   2. its answers, the newest last, fill the steps of the normalization, the bars and the maps
//   3. where there is no model, TrainOffer stands in the bars' place
//   4. KeepCard keeps what is drawn in a data set of one's own, and fine-tunes the model with it
#pragma once

#include "core/session/DrawingService.h"
#include "engine/training/TrainingConfig.h"
#include "ui/Services.h"

#include <QTimer>
#include <QWidget>

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
    /// The current model, with the digits that are kept.
    void fineTuneWanted();
    /// What the network sees of the drawing, 28 × 28; empty for an empty canvas.
    void seenChanged(const std::vector<std::uint8_t>& pixels);
    /// Somebody wants to look closer at it, at a unit of a layer as engine::layerTable() counts.
    void inspectWanted(const std::vector<std::uint8_t>& pixels, int layer, int unit);
    /// News for the window: what went wrong, or well.
    void told(const QString& message, bool isSuccess);

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
    /// All but the bars and the verdict: at most 25 times a second.
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
    QTimer m_restTimer;                                   ///< runs while the rest is older than the bars
    std::shared_ptr<const core::DrawingReading> m_latest; ///< of what is drawn; null where nothing is
};

} // namespace ui
