// The path of a cell back to the image: the maps of the layers below, with the cells that it can depend on.
// In a deep network only some layers are shown, including the image and the layer directly below.
#pragma once

#include "engine/inspection/ReceptiveField.h"
#include "ui/models/Inspection.h"

#include <QWidget>

namespace ui
{

class FieldStrip : public QWidget
{
    Q_OBJECT
public:
    explicit FieldStrip(QWidget* parent = nullptr);

    /// `cell` of `inspection`; a null inspection for none.
    void setCell(InspectionPtr inspection, const engine::Cell& cell);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {200, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Step {
        int layer = 0;
        QImage image;
        engine::CellRectangle field;
        QString size; ///< of the field
        QString text;
    };

    /// As many as fit.
    std::vector<int> layersBelow() const;
    void makeSteps();
    QRect pictureRect(int step) const;
    void measure();

    InspectionPtr m_inspection;
    engine::Cell m_cell;
    std::vector<Step> m_steps; ///< starting with the image
    int m_stepsWidth = 0;      ///< the width for which the steps were chosen
};

} // namespace ui
