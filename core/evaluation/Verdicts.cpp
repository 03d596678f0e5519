#include "core/evaluation/Verdicts.h"

#include "engine/evaluation/CsvText.h"

#include <QCoreApplication>

namespace core
{
namespace
{

std::string quoted(const QString& text)
{
    return engine::quotedCsv(text.toStdString());
}

template<typename Action>
void forEachIn(const EvaluatedSplit& split, const Verdicts& verdicts, Action action)
{
    for (std::uint32_t position = 0; position < split.size(); ++position) {
        const auto found = verdicts.find(keyOf(split, position));
        if (found != verdicts.end())
            action(position, found->second);
    }
}

} // namespace

QString nameOf(Verdict verdict)
{
    const char* name = verdict == Verdict::ModelErred   ? QT_TRANSLATE_NOOP("core", "the model erred")
                       : verdict == Verdict::LabelWrong ? QT_TRANSLATE_NOOP("core", "the label is wrong")
                                                        : QT_TRANSLATE_NOOP("core", "unreadable");
    return QCoreApplication::translate("core", name);
}

ImageKey keyOf(const EvaluatedSplit& split, std::size_t position)
{
    return {split.kind == SplitKind::Test, split.indexOf(position)};
}

VerdictCounts countVerdicts(const EvaluatedSplit& split, const Verdicts& verdicts)
{
    VerdictCounts counts;
    counts.errors = split.metrics.total - split.metrics.correct;
    forEachIn(split, verdicts, [&](std::uint32_t position, const Judgement& judgement) {
        if (!judgement.verdict)
            return;
        auto& side = split.scores[position].isRight() ? counts.ofTheRight : counts.ofErrors;
        ++side[static_cast<std::size_t>(*judgement.verdict)];
    });
    return counts;
}

std::vector<std::uint32_t> positionsWith(std::optional<Verdict> verdict, const EvaluatedSplit& split,
                                         const Verdicts& verdicts)
{
    std::vector<std::uint32_t> positions;
    forEachIn(split, verdicts, [&](std::uint32_t position, const Judgement& judgement) {
        if (judgement.verdict && (!verdict || judgement.verdict == verdict))
            positions.push_back(position);
    });
    return positions;
}

std::string verdictsCsv(const EvaluatedSplit& split, const Verdicts& verdicts)
{
    std::string csv = "index,label,prediction,label_probability,verdict,note\n";
    forEachIn(split, verdicts, [&](std::uint32_t position, const Judgement& judgement) {
        const engine::SampleScore& score = split.scores[position];
        csv += std::to_string(split.indexOf(position)) + ',' + quoted(split.classNames.value(score.label)) +
               ',' + quoted(split.classNames.value(score.prediction)) + ',';
        engine::appendCsvNumber(csv, score.selfConfidence);
        csv += ',' + quoted(judgement.verdict ? nameOf(*judgement.verdict) : QString()) + ',' +
               quoted(judgement.note) + '\n';
    });
    return csv;
}

} // namespace core
