// Table of all layers, from the image to the probabilities, and below it the progress of the search for units
// that never fire.
#pragma once

#include "engine/network/NetworkSpec.h"
#include "ui/widgets/Card.h"

class QTableView;

namespace ui
{

class LayerTableModel;
class SearchState;

class LayerTableCard : public Card
{
    Q_OBJECT
public:
    explicit LayerTableCard(LayerTableModel* layers, QWidget* parent = nullptr);

    /// The network whose layers are shown.
    void setSpec(const engine::NetworkSpec& spec);
    /// Emits no signal.
    void setCurrentLayer(int layer);
    LayerTableModel* layers() { return m_layers; }
    /// Hidden while there is no message.
    SearchState* search() { return m_search; }

Q_SIGNALS:
    /// Emitted for user input only.
    void layerChosen(int layer);

private:
    LayerTableModel* m_layers;
    QTableView* m_table;
    SearchState* m_search;
};

} // namespace ui
