#include "ui/pages/evaluate/EvaluationExports.h"

#include "engine/evaluation/EvaluationCsv.h"
#include "ui/charts/ConfusionPicture.h"
#include "ui/widgets/ExportMenu.h"

namespace ui
{
namespace
{

std::vector<std::string> classNames(const core::EvaluatedSplit& split)
{
    std::vector<std::string> names;
    for (const QString& name : split.classNames)
        names.push_back(name.toStdString());
    return names;
}

} // namespace

void addEvaluationExports(ExportMenu& menu, const EvaluationOnShow& onShow)
{
    const auto picture = [onShow] {
        const auto split = onShow.split();
        return titledPicture(onShow.cells(), split->datasetTitle, core::imagesName(split->kind));
    };
    const auto png = [picture](int scale) {
        return [picture, scale] { return confusionPng(picture(), scale); };
    };
    const QString pngName = QStringLiteral("confusion.png");
    menu.add("exportPng1", ExportMenu::tr("Matrix as PNG, for the screen…"), pngName, png(1));
    menu.add("exportPng2", ExportMenu::tr("Matrix as PNG, twice as fine…"), pngName, png(2));
    menu.add("exportPng4", ExportMenu::tr("Matrix as PNG, for print…"), pngName, png(4));
    menu.add("exportSvg", ExportMenu::tr("Matrix as SVG…"), QStringLiteral("confusion.svg"),
             [picture] { return confusionSvg(picture()); });
    menu.add("exportCsv", ExportMenu::tr("Matrix as CSV…"), QStringLiteral("confusion.csv"), [onShow] {
        return QByteArray::fromStdString(
            engine::confusionCsv(onShow.cells().matrix(), classNames(*onShow.split())));
    });
    menu.addSeparator();
    menu.add("exportPredictions", ExportMenu::tr("All predictions as CSV…"),
             QStringLiteral("predictions.csv"), [onShow] {
                 const auto split = onShow.split();
                 return QByteArray::fromStdString(engine::predictionsCsv(split->evaluation, split->labels,
                                                                         split->indices, classNames(*split)));
             });
    menu.add("exportVerdicts", ExportMenu::tr("Verdicts and notes as CSV…"), QStringLiteral("verdicts.csv"),
             [onShow] {
                 return QByteArray::fromStdString(core::verdictsCsv(*onShow.split(), onShow.verdicts()));
             });
}

} // namespace ui
