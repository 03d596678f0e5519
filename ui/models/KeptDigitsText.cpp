#include "ui/models/KeptDigitsText.h"

#include "core/Format.h"
#include "ui/models/DrawingText.h"

#include <QCoreApplication>
#include <QStringList>

namespace ui
{
namespace
{

constexpr std::size_t kFewDigits = 30; ///< with fewer, one digit is worth more than three points

QString tr(const char* text)
{
    return QCoreApplication::translate("KeptDigitsText", text);
}

int missing(const std::vector<core::KeptDigit>& digits)
{
    return core::kFewestDigitsForFineTuning - static_cast<int>(digits.size());
}

} // namespace

QString whyNotFineTuned(const core::TrainedModel* model, const std::vector<core::KeptDigit>& digits)
{
    if (missing(digits) > 0) {
        return tr("Keep at least %1 digits (%2 more needed). Half are used for training, half for testing.")
            .arg(core::kFewestDigitsForFineTuning)
            .arg(missing(digits));
    }
    if (model == nullptr)
        return tr("There is no trained model yet.");
    if (!knowsDigits(*model) || !canReadDrawings(*model))
        return tr("The current model does not classify 28 × 28 digits.");
    return {};
}

QString whyNotEvaluated(const core::TrainedModel* model)
{
    if (model == nullptr)
        return tr("There is no trained model yet.");
    if (!canReadDrawings(*model))
        return whyNoDrawings(*model);
    return knowsDigits(*model) ? QString() : tr("The current model does not classify digits.");
}

QString keptText(const std::vector<core::KeptDigit>& digits)
{
    if (digits.empty())
        return tr("Draw a digit, then click its label to keep it in your own data set.");
    const core::KeptSplits splits = core::splitKept(digits);
    QString halves =
        tr("%L1 for training, %L2 for testing.").arg(splits.train.size()).arg(splits.test.size());
    if (missing(digits) <= 0)
        return halves;
    return halves + QLatin1Char(' ') + tr("Keep %1 more to fine-tune a model.").arg(missing(digits));
}

QString repairText(const core::RepairedDigits& repair)
{
    const QString kept = repair.digits.size() == 1
                             ? tr("1 digit could be read and is kept.")
                             : tr("%L1 digits could be read and are kept.").arg(repair.digits.size());
    const QString damaged = repair.damagedLines == 1 ? tr("1 line was damaged.")
                                                     : tr("%L1 lines were damaged.").arg(repair.damagedLines);
    return kept + QLatin1Char(' ') + damaged + QLatin1Char(' ') +
           tr("The original file is now %1.").arg(repair.original);
}

QString undoText(const std::optional<core::KeptDigits::Change>& last)
{
    if (!last)
        return tr("Nothing kept or removed since the program started");
    return last->isRemoval ? tr("Restore the removed %1").arg(last->digit.label)
                           : tr("Undo keeping the %1").arg(last->digit.label);
}

QString evaluationText(const core::ComparedSet& set)
{
    return tr("%1: %L2 of %L3 test digits correct (%4)")
        .arg(set.title)
        .arg(set.rightBefore)
        .arg(set.total)
        .arg(core::percentText(set.rightBefore, set.total, 1));
}

QString fineTuningText(const core::FineTuningResult& result)
{
    QStringList lines;
    for (const core::ComparedSet& set : result.sets) {
        const bool isOwn = set.dataset == QLatin1String(core::kOwnDigitsId);
        const std::size_t after = set.rightAfter.value_or(set.rightBefore);
        lines << tr("%1: %L2 → %L3 of %L4 correct (%5)")
                     .arg(isOwn ? tr("%1, held back").arg(set.title) : tr("%1, test images").arg(set.title))
                     .arg(set.rightBefore)
                     .arg(after)
                     .arg(set.total)
                     .arg(core::changeText(set.rightBefore, after));
    }
    if (!result.unknownLoss.isEmpty()) {
        lines
            << tr("%1 is not on this computer, so the loss there was not measured.").arg(result.unknownLoss);
    }
    QStringList notes;
    if (result.isStopped)
        notes << (result.epochs == 1 ? tr("Stopped after 1 epoch.")
                                     : tr("Stopped after %1 epochs.").arg(result.epochs));
    if (!result.sets.empty() && result.sets.front().total < kFewDigits)
        notes << tr("Too few digits to be conclusive: keep more.");
    if (!notes.isEmpty())
        lines << notes.join(QLatin1Char(' '));
    return lines.join(QLatin1Char('\n'));
}

} // namespace ui
