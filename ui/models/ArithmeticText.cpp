#include "ui/models/ArithmeticText.h"

#include "ui/models/KernelMaps.h"

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

QString equals(bool isExact)
{
    return isExact ? QStringLiteral("=") : QStringLiteral("≈");
}

QString roundedOnTheirOwn()
{
    return translated(QT_TRANSLATE_NOOP("ui::ArithmeticText", "All values are rounded to three decimals."));
}

/// "window × kernel", "10 channels", "128 features"
QString nameOfTerms(const engine::NetworkSpec& spec, const engine::CellArithmetic& arithmetic)
{
    const int below = engine::inputLayer(spec, arithmetic.cell.layer);
    if (arithmetic.terms.size() == 1)
        return translated(QT_TRANSLATE_NOOP("ui::ArithmeticText", "window × kernel"));
    return (engine::outputShape(spec, below).isFlat
                ? translated(QT_TRANSLATE_NOOP("ui::ArithmeticText", "%1 features"))
                : translated(QT_TRANSLATE_NOOP("ui::ArithmeticText", "%1 channels")))
        .arg(arithmetic.terms.size());
}

ArithmeticText weightedSum(const Inspection& inspection, const engine::CellArithmetic& arithmetic,
                           const QString& result)
{
    ArithmeticText text;
    double channels = 0;
    for (const engine::ChannelTerm& term : arithmetic.terms)
        channels += term.sum;
    const bool isExact = valueText(rounded(channels) + rounded(arithmetic.bias)) == result;
    QString sum =
        QStringLiteral("%1 %2").arg(nameOfTerms(inspection.spec(), arithmetic), valueText(channels));
    if (hasBias(inspection.spec(), arithmetic.cell.layer)) {
        sum += QLatin1Char(' ') +
               asSummand(translated(QT_TRANSLATE_NOOP("ui::ArithmeticText", "bias")), arithmetic.bias);
    }
    text.formula = QStringLiteral("%1 %2 %3").arg(sum, equals(isExact), result);
    if (valueText(sumAsShown(arithmetic)) != result) {
        text.note =
            translated(QT_TRANSLATE_NOOP(
                           "ui::ArithmeticText",
                           "All terms are rounded to three decimals; the displayed values add up to %1."))
                .arg(valueText(sumAsShown(arithmetic)));
    } else if (!isExact) {
        text.note = roundedOnTheirOwn();
    }
    return text;
}

/// "− 0.120", or "+ 0.120" for a negative value.
QString subtracted(double value)
{
    const QString text = valueText(value);
    return text.startsWith(QStringLiteral("−")) ? QStringLiteral("+ ") + text.mid(1)
                                                : QStringLiteral("− ") + text;
}

ArithmeticText normalized(const engine::CellArithmetic& arithmetic, const QString& result)
{
    const engine::Normalization& by = arithmetic.normalization;
    const double x = arithmetic.terms.front().sum;
    const engine::Normalization shown{rounded(by.mean), rounded(by.variance), by.eps, rounded(by.weight),
                                      rounded(by.bias)};
    const bool isExact = valueText(shown.apply(rounded(x))) == result;
    ArithmeticText text;
    text.formula = QStringLiteral("(%1 %2) / √(%3 + %4) · %5 %6 %7 %8")
                       .arg(valueText(x), subtracted(by.mean), smallValueText(by.variance),
                            smallValueText(by.eps), valueText(by.weight),
                            valueText(by.bias).startsWith(QStringLiteral("−"))
                                ? QStringLiteral("− ") + valueText(-by.bias)
                                : QStringLiteral("+ ") + valueText(by.bias),
                            equals(isExact), result);
    text.note = translated(QT_TRANSLATE_NOOP(
        "ui::ArithmeticText",
        "(x − mean) / √(var + ε) · weight + bias, with the running mean and variance of the unit."));
    if (!isExact)
        text.note += QLatin1Char(' ') + roundedOnTheirOwn();
    return text;
}

/// "max(0.1, 0.2, 0.3, 0.4) = 0.4", or in words for large windows.
ArithmeticText pooled(const engine::CellArithmetic& arithmetic, const QString& result)
{
    constexpr std::size_t kMostWritten = 9;
    const bool isMean = arithmetic.kind == engine::LayerKind::AveragePool;
    const std::vector<float>& window = arithmetic.terms.front().window;
    ArithmeticText text;
    if (window.size() > kMostWritten) {
        text.formula =
            (isMean ? translated(QT_TRANSLATE_NOOP("ui::ArithmeticText", "mean of %1 values = %2"))
                    : translated(QT_TRANSLATE_NOOP("ui::ArithmeticText", "maximum of %1 values = %2")))
                .arg(window.size())
                .arg(result);
        return text;
    }
    QStringList values;
    double sum = 0;
    for (const float each : window) {
        values << valueText(each);
        sum += rounded(static_cast<double>(each));
    }
    const bool isExact = !isMean || valueText(sum / static_cast<double>(window.size())) == result;
    text.formula = QStringLiteral("%1(%2) %3 %4")
                       .arg(isMean ? QStringLiteral("mean") : QStringLiteral("max"),
                            values.join(QStringLiteral(", ")), equals(isExact), result);
    if (!isExact)
        text.note = roundedOnTheirOwn();
    return text;
}

/// The result of the cell in the next layer.
QString afterText(const Inspection& inspection, const engine::Cell& cell, float value)
{
    const engine::NetworkSpec& spec = inspection.spec();
    engine::Cell next = cell;
    ++next.layer;
    if (next.layer == engine::layerCount(spec)) {
        return translated(QT_TRANSLATE_NOOP("ui::ArithmeticText", "the logit of class %1"))
            .arg(inspection.classNames.value(cell.channel));
    }
    switch (engine::layerKind(spec, next.layer)) {
    case engine::LayerKind::Relu:
        return QStringLiteral("ReLU: max(0, %1) = %2")
            .arg(valueText(value), valueText(value < 0 ? 0.0F : value));
    case engine::LayerKind::BatchNorm:
        return translated(QT_TRANSLATE_NOOP("ui::ArithmeticText", "after BatchNorm2d: %1"))
            .arg(valueText(inspection.activations->layers[static_cast<std::size_t>(next.layer)].at(next)));
    default:
        return {};
    }
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
        text = weightedSum(inspection, arithmetic, result);
        break;
    case engine::LayerKind::BatchNorm:
        text = normalized(arithmetic, result);
        break;
    case engine::LayerKind::Relu:
        text.formula =
            QStringLiteral("max(0, %1) = %2")
                .arg(valueText(static_cast<double>(arithmetic.terms.front().window.front())), result);
        break;
    case engine::LayerKind::MaxPool:
    case engine::LayerKind::AveragePool:
        text = pooled(arithmetic, result);
        break;
    case engine::LayerKind::Dropout:
        text.formula =
            translated(QT_TRANSLATE_NOOP("ui::ArithmeticText", "dropout has no effect outside training: %1"))
                .arg(result);
        break;
    case engine::LayerKind::Flatten: {
        const engine::Cell from = engine::flattenedCell(inspection.spec(), cell.layer, cell.channel);
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
    text.after = afterText(inspection, cell, value);
    return text;
}

} // namespace ui
