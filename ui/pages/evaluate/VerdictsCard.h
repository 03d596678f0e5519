// How many errors have been judged, and whether the model or the data was wrong. A click on a count shows its
// images.
#pragma once

#include "core/evaluation/Verdicts.h"
#include "ui/pages/evaluate/GallerySelection.h"
#include "ui/widgets/Card.h"

#include <array>
#include <memory>

class QPushButton;
class QToolButton;

namespace core
{
class VerdictStore;
}

namespace ui
{

class VerdictsCard : public Card
{
    Q_OBJECT
public:
    /// `store` must outlive this.
    explicit VerdictsCard(core::VerdictStore& store, QWidget* parent = nullptr);

    void setSplit(std::shared_ptr<const core::EvaluatedSplit> split);

Q_SIGNALS:
    void chosen(const ui::GallerySelection& selection);

private:
    void showCounts();
    void choose(core::Verdict verdict);

    core::VerdictStore& m_store;
    std::shared_ptr<const core::EvaluatedSplit> m_split;
    QLabel* m_summary;
    std::array<QPushButton*, core::kVerdicts.size()> m_counts{};
    QLabel* m_answer;
    QToolButton* m_undo;
    QToolButton* m_redo;
    QLabel* m_damage;
    QPushButton* m_setAside;
};

} // namespace ui
