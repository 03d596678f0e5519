// What mattered for the answer: Grad-CAM, input gradient and occlusion beside each other over the image, for
// the class that is chosen.
#pragma once

#include "engine/inspection/Attribution.h"
#include "ui/models/Inspection.h"
#include "ui/widgets/Card.h"

#include <array>

class QComboBox;
class QLabel;

namespace ui
{

class AttributionPanel;
class ProbabilityBars;

class AttributionCard : public Card
{
    Q_OBJECT
public:
    explicit AttributionCard(QWidget* parent = nullptr);

    /// The class that is explained stays while the image does; another image has its prediction explained.
    void setInspection(InspectionPtr inspection);
    int explainedClass() const;
    /// One of the three, for the inspection that is shown; what is of another class is left out.
    void setMap(const engine::AttributionMap& map);
    void showError(const QString& message);

Q_SIGNALS:
    /// By the user.
    void classChosen(int index);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    AttributionPanel* panelOf(engine::AttributionKind kind)
    {
        return m_panels[static_cast<std::size_t>(kind)];
    }
    void showPicture();

    InspectionPtr m_inspection;
    QComboBox* m_class;
    std::array<AttributionPanel*, 3> m_panels; ///< by kind
    ProbabilityBars* m_bars;
    QLabel* m_error;
};

} // namespace ui
