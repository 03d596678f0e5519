// Images of an evaluation with what the model says of them, as rows of a gallery. Rows are positions in the
// evaluation; no image is copied.
#pragma once

#include "core/evaluation/Verdicts.h"
#include "engine/evaluation/RejectedLabels.h"
#include "ui/render/PredictionText.h"

#include <QAbstractListModel>

namespace core
{
class VerdictStore;
}

namespace ui
{

class PredictionListModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        ImageRole = Qt::UserRole, ///< QImage
        PositionRole,             ///< int, in the evaluation
        IndexRole,                ///< int, in the data set's split
        IsRightRole,              ///< bool
        PredictionTextRole,       ///< "4"
        ConfidenceTextRole,       ///< "98.9 %"
        TruthTextRole,            ///< "true 9: 0.2 %"
        OtherTextRole,            ///< "run 2: 9 87.0 %", "epoch 1: 4"; empty where nothing else is said
        IsOtherRightRole,         ///< bool
        VerdictLetterRole,        ///< "M", "L" or "U"; empty where there is no verdict
        HasNoteRole,              ///< bool
        RejectedTextRole,         ///< "people: 4"; empty where no rejection of the label is to be shown
    };

    using QAbstractListModel::QAbstractListModel;

    /// `split` may be null, for none.
    void show(std::shared_ptr<const core::EvaluatedSplit> split, std::vector<std::uint32_t> positions,
              OtherPredictions other = {});
    const std::vector<std::uint32_t>& positions() const { return m_positions; }
    const OtherPredictions& other() const { return m_other; }

    /// Whose verdicts the rows show, and follow. It outlives this.
    void setVerdicts(const core::VerdictStore& store);
    /// Sorted by index; it outlives this.
    void setRejected(std::span<const engine::RejectedLabel> rejected);

    /// The image of a row, as verdicts name it.
    core::ImageKey keyOf(const QModelIndex& index) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    QString description(std::uint32_t position) const;
    QString rejectedText(std::uint32_t position) const;
    core::Judgement judgement(std::uint32_t position) const;
    void changeAll();

    std::shared_ptr<const core::EvaluatedSplit> m_split;
    std::vector<std::uint32_t> m_positions;
    OtherPredictions m_other;
    const core::VerdictStore* m_verdicts = nullptr;
    std::span<const engine::RejectedLabel> m_rejected;
};

} // namespace ui
