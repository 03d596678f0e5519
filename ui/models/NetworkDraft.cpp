#include "ui/models/NetworkDraft.h"

#include "engine/network/ParameterLayout.h"

#include <QLocale>
#include <QUndoCommand>
#include <algorithm>

namespace ui
{
namespace
{

using engine::LayerSpec;

/// With the in_features of every Linear, if the network fits.
engine::NetworkSpec withInputSizes(engine::NetworkSpec spec)
{
    if (const auto shapes = engine::validate(spec)) {
        for (std::size_t i = 0; i < spec.layers.size(); ++i) {
            if (auto* linear = std::get_if<engine::Linear>(&spec.layers[i]))
                linear->inFeatures = (i == 0 ? engine::inputShape(spec) : (*shapes)[i - 1]).channels;
        }
    }
    return spec;
}

engine::NetworkSpec withoutNames(engine::NetworkSpec spec)
{
    spec.names.clear();
    return spec;
}

} // namespace

/// One undoable edit: the network before and after it.
class NetworkDraft::Step : public QUndoCommand
{
public:
    Step(NetworkDraft& draft, engine::NetworkSpec after, const QString& what, int row, int mergeId)
        : QUndoCommand(what),
          m_draft(draft),
          m_before(draft.m_spec),
          m_after(std::move(after)),
          m_row(row),
          m_mergeId(mergeId)
    {
    }

    void undo() override { m_draft.show(m_before, m_row); }
    void redo() override { m_draft.show(m_after, m_row); }
    int id() const override { return m_mergeId; }
    /// Successive changes of the same field of the same layer merge into one step, or into none.
    bool mergeWith(const QUndoCommand* other) override
    {
        const auto* newer = static_cast<const Step*>(other);
        if (newer->m_row != m_row)
            return false;
        m_after = newer->m_after;
        setObsolete(m_after == m_before);
        return true;
    }

private:
    NetworkDraft& m_draft;
    engine::NetworkSpec m_before;
    engine::NetworkSpec m_after;
    int m_row;
    int m_mergeId;
};

NetworkDraft::NetworkDraft(QObject* parent) : QObject(parent) {}

void NetworkDraft::setSpec(const engine::NetworkSpec& spec)
{
    m_spec = withInputSizes(spec);
    m_undoStack.clear();
    check();
    Q_EMIT changed(0);
}

int NetworkDraft::inputSize(int row) const
{
    if (row == 0)
        return engine::inputShape(m_spec).channels;
    const auto above = static_cast<std::size_t>(row) - 1;
    return above < m_layers.size() ? m_layers[above].outputShape.channels : 0;
}

void NetworkDraft::insert(int row, const LayerSpec& layer)
{
    engine::NetworkSpec after = withoutNames(m_spec);
    after.layers.insert(after.layers.begin() + row, layer);
    push(std::move(after), tr("add %1").arg(QLatin1String(engine::typeName(layer))), row);
}

void NetworkDraft::remove(int row)
{
    engine::NetworkSpec after = withoutNames(m_spec);
    after.layers.erase(after.layers.begin() + row);
    push(std::move(after), tr("remove %1").arg(QLatin1String(engine::typeName(layer(row)))),
         std::max(0, std::min(row, size() - 2)));
}

void NetworkDraft::move(int from, int to)
{
    if (from == to || from < 0 || to < 0 || from >= size() || to >= size())
        return;
    engine::NetworkSpec after = withoutNames(m_spec);
    const auto begin = after.layers.begin();
    if (from < to)
        std::rotate(begin + from, begin + from + 1, begin + to + 1);
    else
        std::rotate(begin + to, begin + from, begin + from + 1);
    push(std::move(after), tr("move %1").arg(QLatin1String(engine::typeName(layer(from)))), to);
}

void NetworkDraft::replace(int row, const LayerSpec& layer, int field)
{
    engine::NetworkSpec after = m_spec;
    LayerSpec& replaced = after.layers.at(static_cast<std::size_t>(row));
    if (replaced == layer)
        return;
    replaced = layer;
    push(std::move(after), tr("change %1").arg(QLatin1String(engine::typeName(layer))), row, field);
}

void NetworkDraft::replaceAll(const engine::NetworkSpec& spec, const QString& what)
{
    const engine::NetworkSpec after = withInputSizes(spec);
    if (after != m_spec)
        push(after, what, 0);
}

void NetworkDraft::applyFix()
{
    if (!m_error || !m_error->fix)
        return;
    const engine::SpecFix fix = *m_error->fix;
    const bool changesValuesOnly = fix.layers.size() == m_spec.layers.size();
    engine::NetworkSpec after = changesValuesOnly ? m_spec : withoutNames(m_spec);
    after.layers = fix.layers;
    push(std::move(after), QString::fromStdString(fix.label),
         std::clamp(m_error->layer, 0, static_cast<int>(fix.layers.size()) - 1));
}

void NetworkDraft::push(engine::NetworkSpec after, const QString& what, int row, int mergeId)
{
    m_undoStack.push(new Step(*this, std::move(after), what, row, mergeId));
}

void NetworkDraft::show(const engine::NetworkSpec& spec, int row)
{
    m_spec = spec;
    check();
    Q_EMIT changed(row);
}

void NetworkDraft::check()
{
    m_error.reset();
    const auto shapes = engine::validate(m_spec);
    if (!shapes)
        m_error = shapes.error();
    m_layers = engine::layerTable(m_spec, shapes ? *shapes : m_error->shapes);
}

LayerSpec newLayer(const QString& type)
{
    if (type == QLatin1String("Conv2d"))
        return engine::Conv2d{.padding = engine::kSamePadding};
    if (type == QLatin1String("BatchNorm2d"))
        return engine::BatchNorm2d{};
    if (type == QLatin1String("MaxPool2d"))
        return engine::MaxPool2d{};
    if (type == QLatin1String("AvgPool2d"))
        return engine::AvgPool2d{};
    if (type == QLatin1String("Dropout"))
        return engine::Dropout{0.2};
    if (type == QLatin1String("Flatten"))
        return engine::Flatten{};
    if (type == QLatin1String("Linear"))
        return engine::Linear{};
    return engine::ReLU{};
}

QStringList layerTypes()
{
    return {QStringLiteral("Conv2d"),    QStringLiteral("BatchNorm2d"), QStringLiteral("ReLU"),
            QStringLiteral("MaxPool2d"), QStringLiteral("AvgPool2d"),   QStringLiteral("Dropout"),
            QStringLiteral("Flatten"),   QStringLiteral("Linear")};
}

QString layerOptionsText(const LayerSpec& layer, int inputSize)
{
    const auto square = [](int side) { return QStringLiteral("%1 × %1").arg(side); };
    if (const auto* convolution = std::get_if<engine::Conv2d>(&layer)) {
        QStringList parts = {convolution->outChannels == 1
                                 ? NetworkDraft::tr("1 channel")
                                 : NetworkDraft::tr("%1 channels").arg(convolution->outChannels),
                             NetworkDraft::tr("kernel %1").arg(square(convolution->kernelSize))};
        if (convolution->stride != 1)
            parts << NetworkDraft::tr("stride %1").arg(convolution->stride);
        if (convolution->padding == engine::kSamePadding)
            parts << NetworkDraft::tr("padding same");
        else if (convolution->padding != 0)
            parts << NetworkDraft::tr("padding %1").arg(convolution->padding);
        if (!convolution->bias)
            parts << NetworkDraft::tr("no bias");
        return parts.join(QStringLiteral(", "));
    }
    const auto pool = [&](const auto& pooling) {
        QString text = square(pooling.kernelSize);
        if (pooling.step() != pooling.kernelSize)
            text += NetworkDraft::tr(", stride %1").arg(pooling.step());
        return text;
    };
    if (const auto* maxPool = std::get_if<engine::MaxPool2d>(&layer))
        return pool(*maxPool);
    if (const auto* averagePool = std::get_if<engine::AvgPool2d>(&layer))
        return pool(*averagePool);
    if (const auto* dropout = std::get_if<engine::Dropout>(&layer))
        return NetworkDraft::tr("p %1").arg(dropout->p);
    if (const auto* linear = std::get_if<engine::Linear>(&layer)) {
        const int inFeatures = linear->inFeatures > 0 ? linear->inFeatures : inputSize;
        const QString text = inFeatures > 0
                                 ? NetworkDraft::tr("%1 → %2").arg(inFeatures).arg(linear->outFeatures)
                                 : NetworkDraft::tr("→ %1").arg(linear->outFeatures);
        return linear->bias ? text : text + NetworkDraft::tr(", no bias");
    }
    return {};
}

} // namespace ui
