// Images of an evaluation with their predictions, as gallery rows. Rows are positions in the evaluation; no
// image is copied.
#pragma once

#include "core/evaluation/Verdicts.h"
#include "engine/evaluation/RejectedLabels.h"
#include "ui/render/PredictionText.h"

#include <QAbstractListModel>

#include <cstdint>

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
        OtherTextRole,            ///< "run 2: 9 87.0 %", "epoch 1: 4"; empty without another prediction
        IsOtherRightRole,         ///< bool
        VerdictLetterRole,        ///< "M", "L" or "U"; empty without a verdict
        HasNoteRole,              ///< bool
        RejectedTextRole,         ///< "people: 4"; empty unless annotators rejected the label
    };

    using QAbstractListModel::QAbstractListModel;

    /// `split` may be null, for none.
    void show(std::shared_ptr<const core::EvaluatedSplit> split, std::vector<std::uint32_t> positions,
              OtherPredictions other = {});
    const std::vector<std::uint32_t>& positions() const { return m_positions; }
    const OtherPredictions& other() const { return m_other; }

    /// The store whose verdicts the rows show and follow. It must outlive this.
    void setVerdicts(const core::VerdictStore& store);
    /// Sorted by index; must outlive this.
    void setRejected(std::span<const engine::RejectedLabel> rejected);

    /// The key of a row's image in the verdict store.
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
