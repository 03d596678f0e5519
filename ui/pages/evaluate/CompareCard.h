// The run on show beside another one of the same data set: how many each has right, who is right where, and
// whether the difference is more than chance. A click on one of the four counts shows those images.
#pragma once

#include "core/evaluation/EvaluationService.h"
#include "core/evaluation/RunComparison.h"
#include "ui/Services.h"
#include "ui/pages/evaluate/GallerySelection.h"
#include "ui/widgets/Card.h"

#include <array>

class QButtonGroup;
class QComboBox;
class QProgressBar;
class QPushButton;

namespace ui
{

class CompareCard : public Card
{
    Q_OBJECT
public:
    explicit CompareCard(const Services& services, QWidget* parent = nullptr);

    /// The evaluation on show and what it was asked with, which the other run's is asked with too.
    void setSplit(std::shared_ptr<const core::EvaluatedSplit> split, const core::EvaluationRequest& request);
    /// Nothing while there is no comparison.
    const std::optional<core::RunComparison>& comparison() const { return m_comparison; }
    /// "run 3", as the other run is called.
    QString otherName() const;
    GallerySelection selection() const;

Q_SIGNALS:
    /// Another comparison, none any more, or another count of it.
    void selectionChanged();
    void testImagesWanted();

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeCounts();
    void listRuns();
    void compareWithChosen();
    void showComparison(std::shared_ptr<const core::EvaluatedSplit> other);
    void showState(const QString& message, bool isBusy = false);
    core::ComparedImages chosenImages() const;

    Services m_services;
    std::shared_ptr<const core::EvaluatedSplit> m_split;
    core::EvaluationRequest m_request;
    std::optional<core::RunComparison> m_comparison;
    QString m_comparedName; ///< of the other run of m_comparison, which may be deleted meanwhile
    QComboBox* m_other;
    QLabel* m_message;
    QProgressBar* m_progress;
    QPushButton* m_cancel;
    QPushButton* m_showTest;
    QWidget* m_content;
    QLabel* m_firstAccuracy;
    QLabel* m_secondAccuracy;
    QLabel* m_firstRight;
    QLabel* m_firstWrong;
    QLabel* m_secondRight;
    QLabel* m_secondWrong;
    QButtonGroup* m_counts;
    QLabel* m_words;
};

} // namespace ui
