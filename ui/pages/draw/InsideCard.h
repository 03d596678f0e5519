// What becomes of the drawing inside the network, and what one may expect of the model that the window is on;
// where that was not made for drawings, the one that is can be trained from here.
#pragma once

#include "core/session/CurrentModel.h"
#include "core/session/DrawingService.h"
#include "ui/widgets/Card.h"

class QPushButton;

namespace ui
{

class FeatureMapStrip;

class InsideCard : public Card
{
    Q_OBJECT
public:
    explicit InsideCard(QWidget* parent = nullptr);

    /// Null for none.
    void setModel(std::shared_ptr<const core::TrainedModel> model);
    /// Null for an empty canvas.
    void setReading(const std::shared_ptr<const core::DrawingReading>& reading);
    /// `dataset`: the title of what a model for drawings would be trained on now; empty where none would be.
    void setTrainable(const QString& dataset);

Q_SIGNALS:
    /// A map of the reading, by its layer as engine::layerTable() counts.
    void mapChosen(int layer, int unit);
    void trainRobustWanted();

private:
    void updateOffer();

    std::shared_ptr<const core::TrainedModel> m_model;
    QString m_trainable;
    FeatureMapStrip* m_maps;
    std::vector<int> m_layers; ///< of its rows
    QLabel* m_hint;
    QLabel* m_meaning;
    QPushButton* m_trainRobust;
};

} // namespace ui
