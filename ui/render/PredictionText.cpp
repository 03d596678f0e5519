#include "ui/render/PredictionText.h"

#include "core/Format.h"

#include <QCoreApplication>

namespace ui
{
namespace
{

QString tr(const char* text)
{
    return QCoreApplication::translate("ui::PredictionText", text);
}

} // namespace

QString truthText(const core::EvaluatedSplit& split, std::uint32_t position)
{
    const engine::SampleScore& score = split.scores[position];
    if (score.isRight())
        return tr("true");
    return tr("true %1: %2")
        .arg(split.classNames.value(score.label), core::probabilityText(score.selfConfidence));
}

int otherPrediction(const OtherPredictions& other, std::uint32_t position)
{
    return other.epoch ? other.split->epochs[*other.epoch][position]
                       : other.split->scores[position].prediction;
}

QString otherText(const core::EvaluatedSplit& split, const OtherPredictions& other, std::uint32_t position)
{
    if (!other.split)
        return {};
    QString text = tr("%1: %2").arg(other.name, split.classNames.value(otherPrediction(other, position)));
    if (other.epoch)
        return text;
    return text + QLatin1Char(' ') + core::probabilityText(other.split->scores[position].confidence);
}

} // namespace ui
