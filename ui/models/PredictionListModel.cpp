#include "ui/models/PredictionListModel.h"

#include "core/Format.h"
#include "core/evaluation/VerdictStore.h"
#include "ui/render/SampleImage.h"

namespace ui
{

void PredictionListModel::show(std::shared_ptr<const core::EvaluatedSplit> split,
                               std::vector<std::uint32_t> positions, OtherPredictions other)
{
    beginResetModel();
    m_split = std::move(split);
    m_positions = std::move(positions);
    m_other = std::move(other);
    endResetModel();
}

void PredictionListModel::setVerdicts(const core::VerdictStore& store)
{
    m_verdicts = &store;
    connect(&store, &core::VerdictStore::opened, this, &PredictionListModel::changeAll);
    connect(&store, &core::VerdictStore::changed, this, [this](core::ImageKey image) {
        for (int row = 0; row < rowCount(); ++row) {
            const QModelIndex changed = index(row, 0);
            if (keyOf(changed) == image)
                return Q_EMIT dataChanged(changed, changed);
        }
    });
}

void PredictionListModel::setRejected(std::span<const engine::RejectedLabel> rejected)
{
    m_rejected = rejected;
    changeAll();
}

void PredictionListModel::changeAll()
{
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, 0));
}

core::ImageKey PredictionListModel::keyOf(const QModelIndex& index) const
{
    return core::keyOf(*m_split, m_positions[static_cast<std::size_t>(index.row())]);
}

int PredictionListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_positions.size());
}

core::Judgement PredictionListModel::judgement(std::uint32_t position) const
{
    // The store may briefly hold the verdicts of another data set.
    const bool isOfThese = m_verdicts != nullptr && m_verdicts->datasetId() == m_split->datasetId;
    return isOfThese ? m_verdicts->judgement(core::keyOf(*m_split, position)) : core::Judgement();
}

QString PredictionListModel::rejectedText(std::uint32_t position) const
{
    const engine::RejectedLabel* rejected = engine::findRejected(m_rejected, m_split->indexOf(position));
    if (rejected == nullptr)
        return {};
    return rejected->majority
               ? tr("people: %1").arg(m_split->classNames.value(*rejected->majority))
               : tr("people: not %1").arg(m_split->classNames.value(m_split->scores[position].label));
}

QString PredictionListModel::description(std::uint32_t position) const
{
    const engine::SampleScore& score = m_split->scores[position];
    QString text =
        tr("#%1: predicted %2 with %3, true %4 with %5")
            .arg(m_split->indexOf(position))
            .arg(m_split->classNames.value(score.prediction), core::probabilityText(score.confidence),
                 m_split->classNames.value(score.label), core::probabilityText(score.selfConfidence));
    for (const QString& more : {otherText(*m_split, m_other, position), rejectedText(position)}) {
        if (!more.isEmpty())
            text += QLatin1Char('\n') + more;
    }
    const core::Judgement judgement = this->judgement(position);
    if (judgement.verdict)
        text += QLatin1Char('\n') + tr("Verdict: %1").arg(core::nameOf(*judgement.verdict));
    if (!judgement.note.isEmpty())
        text += QLatin1Char('\n') + tr("Note: %1").arg(judgement.note);
    return text;
}

QVariant PredictionListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const std::uint32_t position = m_positions[static_cast<std::size_t>(index.row())];
    const engine::SampleScore& score = m_split->scores[position];
    switch (role) {
    case Qt::DisplayRole:
        return QStringLiteral("#%1").arg(m_split->indexOf(position));
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return description(position);
    case ImageRole:
        return imageOf(m_split->images, m_split->indexOf(position));
    case PositionRole:
        return static_cast<int>(position);
    case IndexRole:
        return static_cast<int>(m_split->indexOf(position));
    case IsRightRole:
        return score.isRight();
    case PredictionTextRole:
        return m_split->classNames.value(score.prediction);
    case ConfidenceTextRole:
        return core::probabilityText(score.confidence);
    case TruthTextRole:
        return truthText(*m_split, position);
    case OtherTextRole:
        return otherText(*m_split, m_other, position);
    case IsOtherRightRole:
        return m_other.split && otherPrediction(m_other, position) == score.label;
    case VerdictLetterRole: {
        constexpr std::array kLetters = {'M', 'L', 'U'}; // in the order of core::kVerdicts
        const auto verdict = judgement(position).verdict;
        return verdict ? QString(QLatin1Char(kLetters[static_cast<std::size_t>(*verdict)])) : QString();
    }
    case HasNoteRole:
        return !judgement(position).note.isEmpty();
    case RejectedTextRole:
        return rejectedText(position);
    default:
        return {};
    }
}

} // namespace ui
