#include "ui/models/DrawingText.h"

#include "core/Format.h"
#include "core/catalog/KeptDigitsFile.h"
#include "engine/data/SketchDigits.h"
#include "engine/evaluation/Percent.h"
#include "engine/recognition/Preprocessing.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QLocale>
#include <cmath>

namespace ui
{
namespace
{

constexpr int kDigits = 10;
/// The shape of a normalized drawing.
constexpr engine::ImageShape kDrawing = {1, engine::kImageSide, engine::kImageSide};

QString tr(const char* text)
{
    return QCoreApplication::translate("DrawingText", text);
}

bool takesAn(const QString& name)
{
    static const QString vowels = QStringLiteral("aeiouAEIOU8");
    return !name.isEmpty() && vowels.contains(name.front());
}

QString withArticle(const QString& name)
{
    return takesAn(name) ? tr("an %1").arg(name) : tr("a %1").arg(name);
}

bool areDigits(const QStringList& classNames)
{
    if (classNames.size() != kDigits)
        return false;
    for (int i = 0; i < kDigits; ++i) {
        if (classNames[i] != QString::number(i))
            return false;
    }
    return true;
}

/// "fine-tuned from run 7", "Robust"
QString recipeName(const core::TrainedModel& model)
{
    const std::string& start = model.record->config.startedFrom.name;
    return start.empty() ? QString::fromLatin1(engine::presetName(model.preset()))
                         : tr("fine-tuned from %1").arg(QString::fromStdString(start));
}

QString fineTunedMeaning(const core::TrainedModel& model)
{
    const engine::StartingModel& start = model.record->config.startedFrom;
    const QString name = QString::fromStdString(start.name);
    const QString first = start.recipe.empty() ? name
                                               : tr("%1 (%2 on %3)")
                                                     .arg(name, QString::fromStdString(start.recipe),
                                                          QString::fromStdString(start.datasetTitle));
    return model.datasetId() == QLatin1String(core::kOwnDigitsId)
               ? tr("Fine-tuned from %1 on your own digits: it should read your handwriting better, and may "
                    "read others' worse.")
                     .arg(first)
               : tr("Fine-tuned from %1 on %2: it may read other digits worse.")
                     .arg(first, model.datasetTitle());
}

bool hasSeenDistortion(const core::TrainedModel& model)
{
    return model.record && model.record->config.augmentation != engine::Augmentation::None;
}

} // namespace

std::optional<TopTwo> topTwoOf(const std::vector<float>& probabilities)
{
    if (probabilities.size() < 2 || std::any_of(probabilities.begin(), probabilities.end(),
                                                [](float share) { return !std::isfinite(share); }))
        return std::nullopt;
    TopTwo top{0, 0, -1, -1};
    for (std::size_t i = 0; i < probabilities.size(); ++i) {
        const float share = probabilities[i];
        if (share > top.firstShare) {
            top.second = top.first;
            top.secondShare = top.firstShare;
            top.first = static_cast<int>(i);
            top.firstShare = share;
        } else if (share > top.secondShare) {
            top.second = static_cast<int>(i);
            top.secondShare = share;
        }
    }
    return top;
}

QString verdictLead(const TopTwo& topTwo, const QStringList& classNames)
{
    const bool isAn = takesAn(classNames.value(topTwo.first));
    if (topTwo.isClose())
        return isAn ? tr("It may be an") : tr("It may be a");
    return isAn ? tr("It is an") : tr("It is a");
}

QString verdictDetail(const TopTwo& topTwo, const QStringList& classNames)
{
    const QString second = withArticle(classNames.value(topTwo.second));
    const QString share = core::probabilityText(topTwo.secondShare);
    if (topTwo.isClose()) {
        return tr("%1 confidence: a close call, %2 is nearly as likely (%3)")
            .arg(core::probabilityText(topTwo.firstShare), second, share);
    }
    return tr("%1 confidence; runner-up: %2 with %3")
        .arg(core::probabilityText(topTwo.firstShare), second, share);
}

bool knowsDigits(const core::TrainedModel& model)
{
    return areDigits(model.classNames);
}

bool showsHandwriting(const engine::DatasetSplits& dataset)
{
    QStringList names;
    for (const std::string& name : dataset.classNames)
        names << QString::fromStdString(name);
    return areDigits(names) && dataset.train.shape() == kDrawing && !engine::isBuiltInDataset(dataset.id) &&
           dataset.id != core::kOwnDigitsId;
}

bool canReadDrawings(const core::TrainedModel& model)
{
    return !model.snapshot || model.snapshot->spec.input == kDrawing;
}

QString whyNoDrawings(const engine::DatasetSplits& dataset)
{
    if (dataset.train.shape() == kDrawing)
        return {};
    return tr("%1 has images of %2 pixels. Drawings are 28 × 28 and gray: choose a data set of such images "
              "at the top.")
        .arg(QString::fromStdString(dataset.title),
             QString::fromStdString(engine::text(dataset.train.shape())));
}

QString whyNoDrawings(const core::TrainedModel& model)
{
    if (canReadDrawings(model))
        return {};
    return tr("This network expects images of %1 pixels. Drawings are gray, 28 × 28, so it cannot classify "
              "them.")
        .arg(QString::fromStdString(engine::text(model.snapshot->spec.input)));
}

QString modelLine(const core::TrainedModel& model)
{
    const QString name = QFileInfo(model.runFolder).fileName();
    QStringList parts = {tr("Run %1").arg(name)};
    if (!model.record)
        return parts.first() + tr(" · weights without a record");
    parts << recipeName(model);
    if (const auto epoch = model.testedEpoch()) {
        parts << tr("%1: %L2 of %L3 test images correct")
                     .arg(model.datasetTitle())
                     .arg(epoch->testCorrect)
                     .arg(epoch->testTotal);
    } else {
        parts << model.datasetTitle();
    }
    return parts.join(QStringLiteral(" · "));
}

QString modelMeaning(const core::TrainedModel& model)
{
    if (!canReadDrawings(model))
        return whyNoDrawings(model);
    if (!model.record)
        return tr("Training data not known, so its predictions for drawings cannot be judged.");
    if (!knowsDigits(model)) {
        return tr("Trained on %1 (%2) and not on digits: its predictions for drawn digits make no sense.")
            .arg(model.datasetTitle(), model.classNames.mid(0, 3).join(QStringLiteral(", ")) +
                                           (model.classNames.size() > 3 ? QStringLiteral(" …") : QString()));
    }
    if (engine::isBuiltInDataset(model.datasetId().toStdString())) {
        return tr("Trained only on generated practice digits. Train on MNIST for a network that reads real "
                  "handwriting.");
    }
    if (!model.record->config.startedFrom.isNone())
        return fineTunedMeaning(model);
    if (model.datasetId() == QLatin1String(core::kOwnDigitsId)) {
        return tr("Trained only on the few digits that you kept. Train on MNIST for a network that reads any "
                  "handwriting, then fine-tune it with your digits.");
    }
    if (isMadeForDrawings(model))
        return tr(
            "Made for drawn digits: trained with slanted digits, for longer, and with a larger network.");
    if (hasSeenDistortion(model)) {
        return tr("Trained with digits that were slightly rotated, scaled and sheared, which helps with "
                  "drawn digits.");
    }
    return tr("Trained only on upright digits: slanted or unusual digits are misread more often.");
}

bool isMadeForDrawings(const core::TrainedModel& model)
{
    return model.preset() == engine::Preset::Robust ||
           (model.record &&
            model.record->config.startedFrom.recipe == engine::presetName(engine::Preset::Robust));
}

} // namespace ui
