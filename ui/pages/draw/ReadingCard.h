// The prediction for the drawing: as text, as one bar per class, and the time it took.
#pragma once

#include "core/session/CurrentModel.h"
#include "core/session/DrawingService.h"
#include "ui/widgets/Card.h"

namespace ui
{

class ProbabilityBars;

class ReadingCard : public Card
{
    Q_OBJECT
public:
    explicit ReadingCard(QWidget* parent = nullptr);

    /// Null for none.
    void setModel(std::shared_ptr<const core::TrainedModel> model);
    /// A result of the model; null for an empty canvas. Says why if the model cannot classify drawings.
    void setReading(std::shared_ptr<const core::DrawingReading> reading);
    /// Updates the text below the prediction and the time. Separate, because it costs a layout pass and
    /// nobody can read it at the pen's speed.
    void showDetail();
    /// Replaces the prediction.
    void showProblem(const QString& message);

private:
    void showVerdict(const QString& lead, const QString& name, const QString& words);

    std::shared_ptr<const core::TrainedModel> m_model;
    std::shared_ptr<const core::DrawingReading> m_shown;
    QString m_words; ///< the next text of m_detail
    QLabel* m_lead;
    QLabel* m_name;
    QLabel* m_milliseconds;
    QLabel* m_detail;
    ProbabilityBars* m_bars;
};

} // namespace ui
