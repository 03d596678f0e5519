#include "ui/models/ArithmeticText.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

namespace ui
{
namespace
{

QString translated(const char* text)
{
    return QCoreApplication::translate("ui::ArithmeticText", text);
}

/// The displayed value: computing it differently could differ for values halfway between two decimals.
double rounded(double value)
{
    return std::isfinite(value)
               ? valueText(value).replace(QStringLiteral("−"), QStringLiteral("-")).toDouble()
               : value;
}

/// "+ 0.412" or "− 0.412"
QString asSummand(const QString& name, double value)
{
    const QString text = valueText(std::abs(value));
    const bool isMinus = valueText(value).startsWith(QStringLiteral("−"));
    return QStringLiteral("%1 %2 %3").arg(isMinus ? QStringLiteral("−") : QStringLiteral("+"), name, text);
}

ArithmeticText weightedSum(const Inspection& inspection, const engine::CellArithmetic& arithmetic,
                           float value)
{
    ArithmeticText text;
    double channels = 0;
    for (const engine::ChannelTerm& term : arithmetic.terms)
        channels += term.sum;
    const QString result = valueText(value);
    const bool isExact = valueText(rounded(channels) + rounded(arithmetic.bias)) == result;
    const QString name =
        arithmetic.terms.size() == 1
            ? translated(QT_TRANSLATE_NOOP("ui::ArithmeticText", "window × kernel"))
            : translated(QT_TRANSLATE_NOOP("ui::ArithmeticText", "%1 channels")).arg(arithmetic.terms.size());
    text.formula =
        QStringLiteral("%1 %2 %3 %4 %5")
            .arg(name, valueText(channels),
                 asSummand(translated(QT_TRANSLATE_NOOP("ui::ArithmeticText", "bias")), arithmetic.bias),
                 isExact ? QStringLiteral("=") : QStringLiteral("≈"), result);
    if (valueText(sumAsShown(arithmetic)) != result) {
        text.note =
            translated(QT_TRANSLATE_NOOP(
                           "ui::ArithmeticText",
                           "All terms are rounded to three decimals; the displayed values add up to %1."))
                .arg(valueText(sumAsShown(arithmetic)));
    } else if (!isExact) {
        text.note =
            translated(QT_TRANSLATE_NOOP("ui::ArithmeticText", "All values are rounded to three decimals."));
    }
    if (arithmetic.kind == engine::LayerKind::Linear) {
        text.after = translated(QT_TRANSLATE_NOOP("ui::ArithmeticText", "the logit of class %1"))
                         .arg(inspection.classNames.value(arithmetic.cell.channel));
    } else {
        text.after = QStringLiteral("ReLU: max(0, %1) = %2").arg(result, valueText(value < 0 ? 0.0F : value));
    }
    return text;
}

} // namespace

double sumAsShown(const engine::CellArithmetic& arithmetic)
{
    double sum = rounded(arithmetic.bias);
    for (const engine::ChannelTerm& term : arithmetic.terms)
        sum += rounded(term.sum);
    return sum;
}

ArithmeticText describe(const Inspection& inspection, const engine::CellArithmetic& arithmetic)
{
    const engine::Cell& cell = arithmetic.cell;
    const float value = inspection.activations->layers[static_cast<std::size_t>(cell.layer)].at(cell);
    const QString result = valueText(value);
    ArithmeticText text;
    switch (arithmetic.kind) {
    case engine::LayerKind::Convolution:
    case engine::LayerKind::Linear:
        return weightedSum(inspection, arithmetic, value);
    case engine::LayerKind::Relu:
        text.formula =
            QStringLiteral("max(0, %1) = %2")
                .arg(valueText(static_cast<double>(arithmetic.terms.front().window.front())), result);
        break;
    case engine::LayerKind::MaxPool: {
        QStringList values;
        for (const float each : arithmetic.terms.front().window)
            values << valueText(each);
        text.formula = QStringLiteral("max(%1) = %2").arg(values.join(QStringLiteral(", ")), result);
        break;
    }
    case engine::LayerKind::Flatten: {
        const engine::Cell from = engine::flattenedCell(inspection.options(), cell.channel);
        text.formula = translated(QT_TRANSLATE_NOOP("ui::ArithmeticText",
                                                    "feature %1 is unit %2, row %3, column %4: %5"))
                           .arg(cell.channel)
                           .arg(from.channel)
                           .arg(from.y)
                           .arg(from.x)
                           .arg(result);
        break;
    }
    }
    return text;
}

} // namespace ui
