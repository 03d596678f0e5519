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
    /// Of the model; null for an empty canvas. Of a model that reads no drawings it says why.
    void setReading(std::shared_ptr<const core::DrawingReading> reading);
    /// The words below the verdict, and the time it took: they cost a layout, and nobody reads them as fast
    /// as a pen moves.
    void showDetail();
    /// In place of a reading.
    void showProblem(const QString& message);

private:
    void showVerdict(const QString& lead, const QString& name, const QString& words);

    std::shared_ptr<const core::TrainedModel> m_model;
    std::shared_ptr<const core::DrawingReading> m_shown;
    QString m_words; ///< what m_detail is to say
    QLabel* m_lead;
    QLabel* m_name;
    QLabel* m_milliseconds;
    QLabel* m_detail;
    ProbabilityBars* m_bars;
};

} // namespace ui
