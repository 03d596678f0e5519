// What the network takes the drawing for: in words, in a bar a class, and how long it took.
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
    /// Of the model; null for an empty canvas.
    void setReading(std::shared_ptr<const core::DrawingReading> reading);
    /// In place of a reading.
    void showProblem(const QString& message);

private:
    void showVerdict(const QString& lead, const QString& name, const QString& detail);

    std::shared_ptr<const core::TrainedModel> m_model;
    QLabel* m_lead;
    QLabel* m_name;
    QLabel* m_milliseconds;
    QLabel* m_detail;
    ProbabilityBars* m_bars;
};

} // namespace ui
