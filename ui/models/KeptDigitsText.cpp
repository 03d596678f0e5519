#include "ui/models/KeptDigitsText.h"

#include "engine/evaluation/Percent.h"
#include "ui/models/DrawingText.h"

#include <QCoreApplication>
#include <QStringList>

namespace ui
{
namespace
{

constexpr std::size_t kFewDigits = 30; ///< of these, one is worth more than three points

QString tr(const char* text)
{
    return QCoreApplication::translate("KeptDigitsText", text);
}

QString difference(std::size_t before, std::size_t after)
{
    if (after == before)
        return tr("no change");
    return after > before ? tr("+%L1").arg(after - before) : tr("−%L1").arg(before - after);
}

int missing(const std::vector<core::KeptDigit>& digits)
{
    return core::kFewestDigitsForFineTuning - static_cast<int>(digits.size());
}

} // namespace

QString whyNotFineTuned(const core::TrainedModel* model, const std::vector<core::KeptDigit>& digits)
{
    if (missing(digits) > 0) {
        return tr("Keep at least %1 digits; %2 are missing. One half is trained on, the other tells what "
                  "that "
                  "gained.")
            .arg(core::kFewestDigitsForFineTuning)
            .arg(missing(digits));
    }
    if (model == nullptr)
        return tr("There is no trained model yet.");
    if (!knowsDigits(*model) || !canReadDrawings(*model))
        return tr("The current model is not one of digits.");
    return {};
}

QString whyNotEvaluated(const core::TrainedModel* model)
{
    if (model == nullptr)
        return tr("There is no trained model yet.");
    if (!canReadDrawings(*model))
        return whyNoDrawings(*model);
    return knowsDigits(*model) ? QString() : tr("The current model is not one of digits.");
}

QString keptText(const std::vector<core::KeptDigit>& digits)
{
    if (digits.empty())
        return tr("Draw, then click on what it is: your digits become a data set of your own.");
    const core::KeptSplits splits = core::splitKept(digits);
    const QString halves =
        tr("%L1 for training, %L2 for testing.").arg(splits.train.size()).arg(splits.test.size());
    if (missing(digits) <= 0)
        return halves;
    return halves + QLatin1Char(' ') +
           tr("%1 more, and a model can be fine-tuned with them.").arg(missing(digits));
}

QString undoText(const std::optional<core::KeptDigits::Change>& last)
{
    if (!last)
        return tr("Nothing was kept or removed since the program has started");
    return last->isRemoval ? tr("Put the %1 back that was removed").arg(last->digit.label)
                           : tr("Take the %1 back that was kept").arg(last->digit.label);
}

QString evaluationText(const core::ComparedSet& set)
{
    return tr("%1: %L2 of %L3 held for testing right (%4 %)")
        .arg(set.title)
        .arg(set.rightBefore)
        .arg(set.total)
        .arg(engine::shownPercent(set.rightBefore, set.total, 1), 0, 'f', 1);
}

QString fineTuningText(const core::FineTuningResult& result)
{
    QStringList lines;
    for (const core::ComparedSet& set : result.sets) {
        const bool isOwn = set.dataset == QLatin1String(core::kOwnDigitsId);
        const std::size_t after = set.rightAfter.value_or(set.rightBefore);
        lines << tr("%1: %L2 → %L3 of %L4 right (%5)")
                     .arg(isOwn ? tr("%1, held back").arg(set.title) : tr("%1, test images").arg(set.title))
                     .arg(set.rightBefore)
                     .arg(after)
                     .arg(set.total)
                     .arg(difference(set.rightBefore, after));
    }
    if (!result.unknownLoss.isEmpty()) {
        lines << tr("%1 is not on this computer: what was lost there is not known.").arg(result.unknownLoss);
    }
    QStringList notes;
    if (result.isStopped)
        notes << (result.epochs == 1 ? tr("Stopped after 1 epoch.")
                                     : tr("Stopped after %1 epochs.").arg(result.epochs));
    if (!result.sets.empty() && result.sets.front().total < kFewDigits)
        notes << tr("So few digits say little: keep more.");
    if (!notes.isEmpty())
        lines << notes.join(QLatin1Char(' '));
    return lines.join(QLatin1Char('\n'));
}

} // namespace ui
