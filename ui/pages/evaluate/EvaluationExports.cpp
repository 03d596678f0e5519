#include "ui/pages/evaluate/EvaluationExports.h"

#include "engine/evaluation/EvaluationCsv.h"
#include "ui/render/ConfusionPicture.h"
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

void addGallery(ExportMenu& menu, const std::function<GalleryPicture()>& picture)
{
    const auto add = [&](const char* name, const QString& text, int scale) {
        QAction* action = menu.add(name, text, QStringLiteral("images.png"), [picture, scale] {
            return [gallery = picture(), scale] { return galleryPng(gallery, scale); };
        });
        QObject::connect(&menu, &QMenu::aboutToShow, action, [action, text, picture] {
            const GalleryPicture gallery = picture();
            const bool isPart = gallery.positions.size() < gallery.total;
            action->setEnabled(gallery.total > 0);
            action->setText(
                isPart ? ExportMenu::tr("%1 (the first %2)").arg(text).arg(gallery.positions.size()) : text);
        });
    };
    add("exportGallery1", ExportMenu::tr("Gallery as PNG, 1× (96 dpi)…"), 1);
    add("exportGallery2", ExportMenu::tr("Gallery as PNG, 2× (192 dpi)…"), 2);
    add("exportGallery4", ExportMenu::tr("Gallery as PNG, 4× (384 dpi, for print)…"), 4);
}

} // namespace

void addEvaluationExports(ExportMenu& menu, const EvaluationOnShow& onShow)
{
    const auto picture = [onShow] {
        const auto split = onShow.split();
        auto titled = titledPicture(onShow.cells(), split->datasetTitle, core::imagesName(split->kind));
        if (const auto epoch = onShow.epoch()) {
            titled.subtitle +=
                ExportMenu::tr(" after epoch %1 of %2").arg(*epoch + 1).arg(split->epochs.size());
        }
        return titled;
    };
    const auto png = [picture](int scale) {
        return
            [picture, scale] { return [matrix = picture(), scale] { return confusionPng(matrix, scale); }; };
    };
    const QString pngName = QStringLiteral("confusion.png");
    menu.add("exportPng1", ExportMenu::tr("Matrix as PNG, 1× (96 dpi)…"), pngName, png(1));
    menu.add("exportPng2", ExportMenu::tr("Matrix as PNG, 2× (192 dpi)…"), pngName, png(2));
    menu.add("exportPng4", ExportMenu::tr("Matrix as PNG, 4× (384 dpi, for print)…"), pngName, png(4));
    menu.add("exportSvg", ExportMenu::tr("Matrix as SVG…"), QStringLiteral("confusion.svg"),
             [picture] { return [matrix = picture()] { return confusionSvg(matrix); }; });
    menu.add("exportCsv", ExportMenu::tr("Matrix as CSV…"), QStringLiteral("confusion.csv"), [onShow] {
        return [matrix = onShow.cells().matrix(), split = onShow.split()] {
            return QByteArray::fromStdString(engine::confusionCsv(matrix, classNames(*split)));
        };
    });
    menu.addSeparator();
    addGallery(menu, onShow.gallery);
    menu.addSeparator();
    menu.add("exportPredictions", ExportMenu::tr("All predictions as CSV…"),
             QStringLiteral("predictions.csv"), [onShow] {
                 return [split = onShow.split()] {
                     return QByteArray::fromStdString(engine::predictionsCsv(
                         split->evaluation, split->labels, split->indices, classNames(*split)));
                 };
             });
    menu.add("exportVerdicts", ExportMenu::tr("Verdicts and notes as CSV…"), QStringLiteral("verdicts.csv"),
             [onShow] {
                 return [split = onShow.split(), verdicts = onShow.verdicts()] {
                     return QByteArray::fromStdString(core::verdictsCsv(*split, verdicts));
                 };
             });
}

} // namespace ui
