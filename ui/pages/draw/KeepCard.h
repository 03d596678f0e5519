// "My digits": adds the drawing to the user's data set under the clicked label, evaluates the current model
// on that data set, fine-tunes the model with it, and reports the gain and the loss.
#pragma once

#include "core/catalog/KeptDigitsFile.h"
#include "core/session/FineTuning.h"
#include "ui/Services.h"
#include "ui/widgets/Card.h"

#include <array>
#include <cstdint>

class QPushButton;
class QToolButton;

namespace ui
{

class KeepCard : public Card
{
    Q_OBJECT
public:
    explicit KeepCard(const Services& services, QWidget* parent = nullptr);

    /// The drawing to keep, 28 × 28 pixels; empty for none.
    void setDrawing(std::vector<std::uint8_t> pixels);

Q_SIGNALS:
    /// The drawing is being added to the kept digits.
    void kept();
    /// Fine-tune the current model with the kept digits.
    void fineTuneWanted();
    /// A message for the user: an error.
    void messageReported(const QString& message, bool isSuccess);

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
    std::size_t m_shownCount = 0; ///< number of kept digits
    QString m_evaluatedRun;       ///< folder of the run that is being evaluated
    QString m_resultRun;          ///< of the run that the text is about; empty for none
    std::array<QToolButton*, core::kOwnDigitClasses> m_labels{};
    QPushButton* m_showAll;
    QPushButton* m_undo;
    QPushButton* m_evaluate;
    QPushButton* m_fineTune;
    QPushButton* m_stop; ///< away from the start button, so that a double click does not stop fine-tuning
    QLabel* m_text;
};

} // namespace ui
