// The network from the image to its prediction, with the list of its layers.
#pragma once

#include "ui/models/Inspection.h"
#include "ui/widgets/Card.h"

class QLabel;
class QListView;

namespace ui
{

class LayerTableModel;

class NetworkCard : public Card
{
    Q_OBJECT
public:
    /// `layers` is the model of the list.
    explicit NetworkCard(LayerTableModel* layers, QWidget* parent = nullptr);

    void setInspection(const InspectionPtr& inspection);
    /// Emits no signal.
    void setCurrentLayer(int layer);

Q_SIGNALS:
    /// Emitted for user input only.
    void layerChosen(int layer);

private:
    LayerTableModel* m_layers;
    QLabel* m_picture;
    QLabel* m_answer;
    QLabel* m_detail;
    QListView* m_list;
};

} // namespace ui
