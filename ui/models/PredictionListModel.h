// Images of an evaluation with what the model says of them, as rows of a gallery. Rows are positions in the
// evaluation; no image is copied.
#pragma once

#include "core/evaluation/EvaluatedSplit.h"

#include <QAbstractListModel>

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
    };

    using QAbstractListModel::QAbstractListModel;

    /// `split` may be null, for none.
    void show(std::shared_ptr<const core::EvaluatedSplit> split, std::vector<std::uint32_t> positions);
    const std::vector<std::uint32_t>& positions() const { return m_positions; }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    std::shared_ptr<const core::EvaluatedSplit> m_split;
    std::vector<std::uint32_t> m_positions;
};

/// "98.9 %", rounded.
QString probabilityText(double probability);

} // namespace ui
