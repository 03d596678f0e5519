#include "ui/models/PredictionListModel.h"

#include "core/evaluation/VerdictStore.h"
#include "ui/models/SampleListModel.h"

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
    // Verdicts of another data set may be open for a moment.
    const bool isOfThese = m_verdicts != nullptr && m_verdicts->datasetId() == m_split->datasetId;
    return isOfThese ? m_verdicts->judgement(core::keyOf(*m_split, position)) : core::Judgement();
}

int PredictionListModel::otherPrediction(std::uint32_t position) const
{
    return m_other.epoch ? m_other.split->epochs[*m_other.epoch][position]
                         : m_other.split->scores[position].prediction;
}

QString PredictionListModel::otherText(std::uint32_t position) const
{
    if (!m_other.split)
        return {};
    QString text = tr("%1: %2").arg(m_other.name, m_split->classNames.value(otherPrediction(position)));
    if (m_other.epoch)
        return text;
    return text + QLatin1Char(' ') + probabilityText(m_other.split->scores[position].confidence);
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
    QString text = tr("#%1: predicted %2 with %3, true %4 with %5")
                       .arg(m_split->indexOf(position))
                       .arg(m_split->classNames.value(score.prediction), probabilityText(score.confidence),
                            m_split->classNames.value(score.label), probabilityText(score.selfConfidence));
    for (const QString& more : {otherText(position), rejectedText(position)}) {
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
        return probabilityText(score.confidence);
    case TruthTextRole:
        return score.isRight()
                   ? tr("true")
                   : tr("true %1: %2")
                         .arg(m_split->classNames.value(score.label), probabilityText(score.selfConfidence));
    case OtherTextRole:
        return otherText(position);
    case IsOtherRightRole:
        return m_other.split && otherPrediction(position) == score.label;
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

QString probabilityText(double probability)
{
    return QStringLiteral("%1 %").arg(100 * probability, 0, 'f', 1);
}

} // namespace ui
