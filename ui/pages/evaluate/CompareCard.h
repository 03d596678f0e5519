// Compares the current run with another one of the same data set: accuracy of both, which images each gets
// right, and whether the difference is significant. A click on one of the four counts shows those images.
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

    /// The current evaluation and its request, which is reused for the other run.
    void setSplit(std::shared_ptr<const core::EvaluatedSplit> split, const core::EvaluationRequest& request);
    /// nullopt while there is no comparison.
    const std::optional<core::RunComparison>& comparison() const { return m_comparison; }
    /// The other run's display name, "run 3".
    QString otherName() const;
    GallerySelection selection() const;

Q_SIGNALS:
    /// The comparison or the selected count has changed.
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
    QString m_comparedName; ///< of the other run of m_comparison, which may have been deleted since
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
