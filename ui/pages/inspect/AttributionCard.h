// What mattered for the answer: Grad-CAM, input gradient and occlusion beside each other over the image, for
// the class that is chosen.
#pragma once

#include "ui/models/Inspection.h"
#include "ui/pages/inspect/ExplainedScores.h"
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
    /// No signal. The maps of another class are to come.
    void setExplainedClass(int index);
    ExplainedScores scores() const;
    /// How far the occlusion is.
    void showProgress(std::size_t done, std::size_t total);
    /// One of the three, for the inspection that is shown; what answers another question is left out.
    void setMap(const engine::AttributionMap& map);
    void showError(const QString& message);

Q_SIGNALS:
    /// By the user.
    void classChosen(int index);
    /// Another score, or another square, in this way alone.
    void choiceChanged(engine::AttributionKind kind);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    AttributionPanel* panelOf(engine::AttributionKind kind)
    {
        return m_panels[static_cast<std::size_t>(kind)];
    }
    void showPicture(AttributionPanel& panel);
    void showPictures();
    void showKinds();
    void showClasses();

    InspectionPtr m_inspection;
    QComboBox* m_class;
    std::array<AttributionPanel*, 3> m_panels; ///< by kind
    ProbabilityBars* m_bars;
    QLabel* m_error;
};

} // namespace ui
