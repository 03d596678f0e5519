// A digit drawn by hand, and what the current model makes of it while it is drawn.
//
//   1. InkCanvas tells of every point; the drawing goes to DrawingService, with the model
//   2. its answers, the newest last, fill the steps of the normalisation and the bars
//   3. where there is no model, TrainOffer stands in the bars' place
//   4. a click on a label keeps what is drawn in a data set of one's own
#pragma once

#include "core/catalog/DatasetCatalog.h"
#include "core/session/DrawingService.h"
#include "engine/training/TrainingConfig.h"
#include "ui/Services.h"

#include <QHash>
#include <QTimer>
#include <QWidget>
#include <functional>

class QAction;
class QLabel;
class QStackedWidget;
class QToolButton;

namespace ui
{

class Card;
class FeatureMapStrip;
class InkCanvas;
class KeepCard;
class NormalizationSteps;
class PictureReader;
class ReadingCard;
class SegmentedButtons;
class TrainOffer;

class DrawPage : public QWidget
{
    Q_OBJECT
public:
    explicit DrawPage(const Services& services, QWidget* parent = nullptr);

    /// What the window would train on; null for nothing.
    void setDataset(const std::shared_ptr<const core::LoadedDataset>& dataset, bool isLoading);

Q_SIGNALS:
    void trainWanted(engine::Preset preset);
    /// What the network sees of the drawing, 28 × 28; empty for an empty canvas.
    void seenChanged(const std::vector<std::uint8_t>& pixels);
    /// Somebody wants to look closer at it, at a unit of a layer as engine::layerTable() counts.
    void inspectWanted(const std::vector<std::uint8_t>& pixels, int layer, int unit);
    /// News for the window: what went wrong, or well.
    void told(const QString& message, bool isSuccess);

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeCanvasCard();
    QWidget* makeStepsCard();
    QWidget* makeReadingCard();
    QWidget* makeInsideCard();
    QWidget* makeKeepCard();
    QToolButton* addAction(const char* name, const QString& iconName, const QString& text, const QString& tip,
                           const QList<QKeySequence>& shortcuts, const std::function<void()>& run);
    void requestReading();
    void onRead(const std::shared_ptr<const core::DrawingReading>& reading);
    void onNoInk();
    void onModelChanged();
    /// All but the bars and the verdict: at most 25 times a second.
    void showRest();
    void keep(int label);
    void evaluateKept();
    void updateKeeping();
    void updateActions();
    void updateIcons();
    void openImage();
    void paste();

    Services m_services;
    InkCanvas* m_canvas;
    PictureReader* m_pictures;
    SegmentedButtons* m_pens;
    QHash<QToolButton*, QString> m_icons; ///< of the buttons that have one
    QToolButton* m_undo = nullptr;
    QToolButton* m_redo = nullptr;
    QToolButton* m_clear = nullptr;
    NormalizationSteps* m_steps;
    QLabel* m_stepsNote;
    QStackedWidget* m_answer;
    ReadingCard* m_reading;
    TrainOffer* m_offer;
    Card* m_inside;
    FeatureMapStrip* m_maps;
    QLabel* m_mapsHint;
    KeepCard* m_keep;
    QWidget* m_lower;
    QLabel* m_modelMeaning;
    QTimer m_restTimer;                                   ///< runs while the rest is older than the bars
    std::shared_ptr<const core::DrawingReading> m_latest; ///< of what is drawn; null where nothing is
};

} // namespace ui
