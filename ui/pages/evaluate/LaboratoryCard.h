// The error laboratory: rankings of the most informative errors, one of which the gallery shows.
#pragma once

#include "engine/evaluation/RejectedLabels.h"
#include "ui/models/ErrorRankings.h"
#include "ui/pages/evaluate/GallerySelection.h"
#include "ui/widgets/Card.h"

#include <memory>

class QCheckBox;
class QListWidget;
class QSpinBox;

namespace ui
{

class LaboratoryCard : public Card
{
    Q_OBJECT
public:
    explicit LaboratoryCard(QWidget* parent = nullptr);

    /// `rejected`: labels in this split that people rejected; empty if none are known. Must outlive this.
    void setSplit(std::shared_ptr<const core::EvaluatedSplit> split,
                  std::span<const engine::RejectedLabel> rejected);
    GallerySelection selection() const;
    /// Labels to mark in the gallery; empty while the switch is off.
    std::span<const engine::RejectedLabel> shownRejected() const;
    /// Call when the gallery shows something else.
    void clearSelection();
    /// Selects the last ranking if none is selected.
    void selectAny();

Q_SIGNALS:
    /// By the user: another ranking or another length.
    void selectionChanged();
    void rejectedToggled();

private:
    ErrorRanking ranking() const;
    void showRejected();

    std::shared_ptr<const core::EvaluatedSplit> m_split;
    std::span<const engine::RejectedLabel> m_rejected;
    QListWidget* m_rankings;
    QSpinBox* m_count;
    QCheckBox* m_rejectedSwitch;
    QLabel* m_rejectedText;
    QLabel* m_rejectedSource;
};

} // namespace ui
