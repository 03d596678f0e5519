// Details of the selected unit: how a cell of its map is computed, and its top images.
#pragma once

#include "ui/widgets/Card.h"

class QStackedWidget;

namespace ui
{

class CellView;
class TopImagesView;
class SegmentedButtons;

class UnitCard : public Card
{
    Q_OBJECT
public:
    explicit UnitCard(QWidget* parent = nullptr);

    CellView* cell() { return m_cell; }
    TopImagesView* topImages() { return m_topImages; }

    QSize sizeHint() const override;

Q_SIGNALS:
    /// By the user: the top images are shown, or no longer.
    void topImagesToggled(bool areShown);

private:
    CellView* m_cell;
    TopImagesView* m_topImages;
    SegmentedButtons* m_views;
    QStackedWidget* m_stack;
};

} // namespace ui
