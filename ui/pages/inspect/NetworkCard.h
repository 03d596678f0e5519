// The network from the image to its answer: what it says, and its layers to choose from.
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
    /// `layers` is what the list shows.
    explicit NetworkCard(LayerTableModel* layers, QWidget* parent = nullptr);

    void setInspection(const InspectionPtr& inspection);
    /// No signal.
    void setCurrentLayer(int layer);

Q_SIGNALS:
    /// By the user.
    void layerChosen(int layer);

private:
    LayerTableModel* m_layers;
    QLabel* m_picture;
    QLabel* m_answer;
    QLabel* m_detail;
    QListView* m_list;
};

} // namespace ui
