// The error laboratory: lists of the images that tell the most about the errors, one of which the gallery
// shows.
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

    /// `rejected`: labels of the images of this split that people have rejected; empty where none are known.
    /// It outlives this.
    void setSplit(std::shared_ptr<const core::EvaluatedSplit> split,
                  std::span<const engine::RejectedLabel> rejected);
    GallerySelection selection() const;
    /// Those that the gallery is to mark; empty while the switch is off.
    std::span<const engine::RejectedLabel> shownRejected() const;
    /// The gallery shows something else.
    void clearSelection();
    /// The list that was chosen last, where none is.
    void selectAny();

Q_SIGNALS:
    /// By the user: another list, another length of it.
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
