// "My digits": keeps the drawing in a data set of one's own, with a click on what it is; says how the current
// model does on it, fine-tunes the model with it, and says what that gained and cost.
#pragma once

#include "core/catalog/KeptDigitsFile.h"
#include "core/session/FineTuning.h"
#include "ui/Services.h"
#include "ui/widgets/Card.h"

#include <array>

class QPushButton;
class QToolButton;

namespace ui
{

class KeepCard : public Card
{
    Q_OBJECT
public:
    explicit KeepCard(const Services& services, QWidget* parent = nullptr);

    /// What is to be kept, 28 × 28 pixels; empty for nothing.
    void setDrawing(std::vector<std::uint8_t> pixels);

Q_SIGNALS:
    /// The drawing is on its way to the others.
    void kept();
    /// The current model, with the digits that are kept.
    void fineTuneWanted();
    /// News for the window: what went wrong.
    void told(const QString& message, bool isSuccess);

private:
    QLayout* makeLabels();
    QLayout* makeActions();
    void connectServices();
    void connectFineTuning();
    void keep(int label);
    void evaluate();
    void showAll();
    void showKept();
    void showResult(const QString& text, const QString& runFolder);
    void onModelChanged();
    void showEpochs();
    void onFineTuningState(core::FineTuning::State state);
    void updateButtons();
    bool isFineTuning() const;

    Services m_services;
    std::vector<std::uint8_t> m_drawing;
    std::size_t m_shownCount = 0; ///< of kept digits
    QString m_evaluatedRun;       ///< folder of the model that is being evaluated
    QString m_resultRun;          ///< of that which the text tells of; empty where it tells of none
    std::array<QToolButton*, core::kOwnDigitClasses> m_labels{};
    QPushButton* m_showAll;
    QPushButton* m_undo;
    QPushButton* m_evaluate;
    QPushButton* m_fineTune;
    QPushButton* m_stop; ///< while fine-tuning, away from the button that began it: a double click is no stop
    QLabel* m_text;
};

} // namespace ui
