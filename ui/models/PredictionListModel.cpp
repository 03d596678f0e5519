#include "ui/models/PredictionListModel.h"

#include "ui/models/SampleListModel.h"

namespace ui
{

void PredictionListModel::show(std::shared_ptr<const core::EvaluatedSplit> split,
                               std::vector<std::uint32_t> positions)
{
    beginResetModel();
    m_split = std::move(split);
    m_positions = std::move(positions);
    endResetModel();
}

int PredictionListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_positions.size());
}

QVariant PredictionListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const std::uint32_t position = m_positions[static_cast<std::size_t>(index.row())];
    const engine::SampleScore& score = m_split->scores[position];
    const QString label = m_split->classNames.value(score.label);
    const QString prediction = m_split->classNames.value(score.prediction);
    switch (role) {
    case Qt::DisplayRole:
        return QStringLiteral("#%1").arg(m_split->indexOf(position));
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return tr("#%1: predicted %2 with %3, true %4 with %5")
            .arg(m_split->indexOf(position))
            .arg(prediction, probabilityText(score.confidence), label, probabilityText(score.selfConfidence));
    case ImageRole:
        return imageOf(m_split->images, m_split->indexOf(position));
    case PositionRole:
        return static_cast<int>(position);
    case IndexRole:
        return static_cast<int>(m_split->indexOf(position));
    case IsRightRole:
        return score.isRight();
    case PredictionTextRole:
        return prediction;
    case ConfidenceTextRole:
        return probabilityText(score.confidence);
    case TruthTextRole:
        return score.isRight() ? tr("true")
                               : tr("true %1: %2").arg(label, probabilityText(score.selfConfidence));
    default:
        return {};
    }
}

QString probabilityText(double probability)
{
    return QStringLiteral("%1 %").arg(100 * probability, 0, 'f', 1);
}

} // namespace ui
