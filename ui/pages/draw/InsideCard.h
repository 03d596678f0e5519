// Feature maps of the drawing, and what to expect of the current model; offers to train a model for drawings
// if it was not made for them.
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
    /// `dataset`: title of the data set to train such a model on; empty hides the offer.
    void setTrainable(const QString& dataset);

Q_SIGNALS:
    /// A map was clicked; its layer as counted by engine::layerTable().
    void mapChosen(int layer, int unit);
    void trainRobustWanted();

private:
    void updateOffer();

    std::shared_ptr<const core::TrainedModel> m_model;
    QString m_trainable;
    FeatureMapStrip* m_maps;
    std::vector<int> m_layers; ///< layers of the rows of m_maps
    QLabel* m_hint;
    QLabel* m_meaning;
    QPushButton* m_trainRobust;
};

} // namespace ui
