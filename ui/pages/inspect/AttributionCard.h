// What mattered for the prediction: Grad-CAM, input gradient and occlusion side by side over the image, for
// the selected class.
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

    /// The explained class stays for the same image; another image starts with its prediction.
    void setInspection(InspectionPtr inspection);
    int explainedClass() const;
    /// Emits no signal. The maps of another class will follow.
    void setExplainedClass(int index);
    ExplainedScores scores() const;
    /// Progress of the occlusion.
    void showProgress(std::size_t done, std::size_t total);
    /// One of the three maps for the current inspection; results of other requests are ignored.
    void setMap(const engine::AttributionMap& map);
    void showError(const QString& message);

Q_SIGNALS:
    /// Emitted for user input only.
    void classChosen(int index);
    /// Another score or another square, for this method only.
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
    std::array<AttributionPanel*, 3> m_panels; ///< indexed by kind
    ProbabilityBars* m_bars;
    QLabel* m_error;
};

} // namespace ui
