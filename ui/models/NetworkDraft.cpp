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

/// Layer infos of the layers before the first one that does not fit.
std::vector<engine::LayerInfo> fittingLayers(const engine::NetworkSpec& spec,
                                             const std::vector<engine::MapShape>& shapes)
{
    engine::NetworkSpec fitting = spec;
    fitting.layers.resize(shapes.size());
    fitting.names.clear();
    if (shapes.empty())
        return {};
    // layerTable() needs a complete network, so append layers that give logits.
    if (!shapes.back().isFlat)
        fitting.layers.emplace_back(engine::Flatten{});
    fitting.layers.emplace_back(engine::Linear{.outFeatures = fitting.classCount});
    if (!engine::validate(fitting))
        return {};
    std::vector<engine::LayerInfo> table = engine::layerTable(fitting);
    table.resize(shapes.size());
    return table;
}

} // namespace

/// One undoable edit: the layers before and after it.
class NetworkDraft::Step : public QUndoCommand
{
public:
    Step(NetworkDraft& draft, std::vector<LayerSpec> layers, const QString& what, int row, int mergeId)
        : QUndoCommand(what),
          m_draft(draft),
          m_before(draft.m_spec.layers),
          m_after(std::move(layers)),
          m_row(row),
          m_mergeId(mergeId)
    {
    }

    void undo() override { m_draft.setLayers(m_before, m_row); }
    void redo() override { m_draft.setLayers(m_after, m_row); }
    int id() const override { return m_mergeId; }
    /// Successive changes of the same number of the same layer merge into one step.
    bool mergeWith(const QUndoCommand* other) override
    {
        const auto* newer = static_cast<const Step*>(other);
        if (newer->m_row != m_row)
            return false;
        m_after = newer->m_after;
        return true;
    }

private:
    NetworkDraft& m_draft;
    std::vector<LayerSpec> m_before;
    std::vector<LayerSpec> m_after;
    int m_row;
    int m_mergeId;
};

NetworkDraft::NetworkDraft(QObject* parent) : QObject(parent) {}

void NetworkDraft::setSpec(const engine::NetworkSpec& spec)
{
    m_spec = spec;
    m_spec.names.clear();
    if (const auto shapes = engine::validate(m_spec)) {
        for (std::size_t i = 0; i < m_spec.layers.size(); ++i) {
            if (auto* linear = std::get_if<engine::Linear>(&m_spec.layers[i]))
                linear->inFeatures = (i == 0 ? engine::inputShape(m_spec) : (*shapes)[i - 1]).channels;
        }
    }
    m_undoStack.clear();
    check();
    Q_EMIT changed(0);
}

void NetworkDraft::insert(int row, const LayerSpec& layer)
{
    std::vector<LayerSpec> layers = m_spec.layers;
    layers.insert(layers.begin() + row, layer);
    push(std::move(layers), tr("add %1").arg(QLatin1String(engine::typeName(layer))), row);
}

void NetworkDraft::remove(int row)
{
    std::vector<LayerSpec> layers = m_spec.layers;
    const QString name = QLatin1String(engine::typeName(layers.at(static_cast<std::size_t>(row))));
    layers.erase(layers.begin() + row);
    push(std::move(layers), tr("remove %1").arg(name), std::max(0, std::min(row, size() - 2)));
}

void NetworkDraft::move(int from, int to)
{
    if (from == to || from < 0 || to < 0 || from >= size() || to >= size())
        return;
    std::vector<LayerSpec> layers = m_spec.layers;
    const auto begin = layers.begin();
    if (from < to)
        std::rotate(begin + from, begin + from + 1, begin + to + 1);
    else
        std::rotate(begin + to, begin + from, begin + from + 1);
    push(std::move(layers), tr("move %1").arg(QLatin1String(engine::typeName(layer(from)))), to);
}

void NetworkDraft::replace(int row, const LayerSpec& layer)
{
    std::vector<LayerSpec> layers = m_spec.layers;
    if (layers.at(static_cast<std::size_t>(row)) == layer)
        return;
    layers[static_cast<std::size_t>(row)] = layer;
    constexpr int kChangesOfValues = 1;
    push(std::move(layers), tr("change %1").arg(QLatin1String(engine::typeName(layer))), row,
         kChangesOfValues);
}

void NetworkDraft::replaceAll(const std::vector<LayerSpec>& layers, const QString& what)
{
    if (layers != m_spec.layers)
        push(layers, what, 0);
}

void NetworkDraft::applyFix()
{
    if (!m_error || !m_error->fix)
        return;
    const engine::SpecFix fix = *m_error->fix;
    push(fix.layers, QString::fromStdString(fix.label),
         std::clamp(m_error->layer, 0, static_cast<int>(fix.layers.size()) - 1));
}

void NetworkDraft::push(std::vector<LayerSpec> layers, const QString& what, int row, int mergeId)
{
    m_undoStack.push(new Step(*this, std::move(layers), what, row, mergeId));
}

void NetworkDraft::setLayers(const std::vector<LayerSpec>& layers, int row)
{
    m_spec.layers = layers;
    check();
    Q_EMIT changed(row);
}

void NetworkDraft::check()
{
    m_error.reset();
    const auto shapes = engine::validate(m_spec);
    if (shapes) {
        m_layers = engine::layerTable(m_spec);
        return;
    }
    m_error = shapes.error();
    m_layers = fittingLayers(m_spec, m_error->shapes);
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

QString layerOptionsText(const LayerSpec& layer)
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
        QString text = linear->inFeatures > 0
                           ? NetworkDraft::tr("%L1 → %L2").arg(linear->inFeatures).arg(linear->outFeatures)
                           : NetworkDraft::tr("→ %L1").arg(linear->outFeatures);
        return linear->bias ? text : text + NetworkDraft::tr(", no bias");
    }
    return {};
}

} // namespace ui
