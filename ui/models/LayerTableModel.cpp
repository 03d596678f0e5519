#include "ui/models/LayerTableModel.h"

#include <QLocale>
#include <algorithm>

namespace ui
{
namespace
{

const QString kNone = QStringLiteral("–");

QString shapeText(const engine::MapShape& shape)
{
    if (shape.isFlat)
        return QString::number(shape.channels);
    return QStringLiteral("%1×%2×%3").arg(shape.channels).arg(shape.height).arg(shape.width);
}

} // namespace

LayerTableModel::LayerTableModel(QObject* parent) : QAbstractTableModel(parent) {}

void LayerTableModel::setInspection(InspectionPtr inspection)
{
    // With the same layers only numbers change, so views keep their selection and scroll position.
    const bool isSameShape =
        inspection && !m_rows.empty() && m_inspection && inspection->spec() == m_inspection->spec();
    if (!isSameShape)
        beginResetModel();
    if (!inspection || !m_inspection || inspection->model != m_inspection->model) {
        m_topImages.reset();
        m_areTopImagesAwaited = false;
    }
    m_inspection = std::move(inspection);
    makeRows();
    if (!isSameShape)
        endResetModel();
    else
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void LayerTableModel::setTopImages(std::shared_ptr<const std::vector<engine::LayerTopImages>> topImages,
                                   bool areAwaited)
{
    m_topImages = std::move(topImages);
    m_areTopImagesAwaited = areAwaited;
    if (m_rows.empty())
        return;
    makeRows();
    Q_EMIT dataChanged(index(0, NeverFires), index(rowCount() - 1, NeverFires));
}

void LayerTableModel::makeRows()
{
    m_rows.clear();
    if (!m_inspection)
        return;
    for (int layer = engine::kInputImage; layer <= softmaxLayer(m_inspection->spec()); ++layer)
        m_rows.push_back(rowOf(layer));
}

QString LayerTableModel::neverFiringIn(int layer) const
{
    if (m_topImages) {
        for (const engine::LayerTopImages& topImages : *m_topImages) {
            if (topImages.layer == layer && topImages.imageCount > 0)
                return tr("%1 of %2").arg(topImages.deadUnits()).arg(topImages.units.size());
        }
    }
    return m_areTopImagesAwaited ? QStringLiteral("…") : kNone;
}

LayerTableModel::Row LayerTableModel::rowOf(int layer) const
{
    const QLocale locale;
    const engine::NetworkSpec& spec = m_inspection->spec();
    const FeatureMaps maps = mapsOf(*m_inspection, layer);
    Row row{maps.name,
            maps.kind,
            shapeText(engine::outputShape(spec, std::min(layer, engine::layerCount(spec) - 1))),
            kNone,
            kNone,
            kNone,
            kNone,
            kNone,
            kNone,
            kNone,
            layerDescription(spec, layer),
            layerDescription(spec, layer)};
    const auto setRange = [&](float minimum, float mean, float maximum) {
        row.minimum = valueText(minimum);
        row.mean = valueText(mean);
        row.maximum = valueText(maximum);
    };
    if (layer == engine::kInputImage || layer == softmaxLayer(spec)) {
        const ValueRange range = maps.range();
        setRange(range.min, range.mean, range.max);
        return row;
    }
    const engine::LayerActivation& activation =
        m_inspection->activations->layers[static_cast<std::size_t>(layer)];
    setRange(activation.minimum, activation.mean, activation.maximum);
    if (activation.layer.parameterCount > 0)
        row.parameters = locale.toString(static_cast<qlonglong>(activation.layer.parameterCount));
    if (activation.layer.multiplyAccumulates > 0) {
        row.macs = locale.toString(static_cast<qlonglong>(activation.layer.multiplyAccumulates));
        row.detail = tr("%1 params · %2 MACs").arg(row.parameters, row.macs);
    } else if (activation.layer.parameterCount > 0) {
        row.detail = tr("%1 params").arg(row.parameters);
    }
    if (engine::layerKind(spec, layer) == engine::LayerKind::Relu) {
        row.dead = tr("%1 of %2").arg(activation.deadUnits).arg(activation.shape.channels);
        row.neverFires = neverFiringIn(layer);
        row.detail = tr("max(0, x) · %1 units dead").arg(row.dead);
    }
    return row;
}

int LayerTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int LayerTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

const QString& LayerTableModel::textOf(const Row& row, int column)
{
    const QString* const columns[] = {&row.name, &row.kind,   &row.shape,      &row.parameters,
                                      &row.macs, &row.dead,   &row.neverFires, &row.minimum,
                                      &row.mean, &row.maximum};
    return *columns[column];
}

QVariant LayerTableModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return textOf(row, index.column());
    case Qt::AccessibleTextRole:
        return index.column() == Name
                   ? QStringLiteral("%1 %2, %3, %4").arg(row.name, row.kind, row.shape, row.detail)
                   : textOf(row, index.column());
    case Qt::ToolTipRole:
        return tr("%1 %2: output of %3 values\n%7\nminimum %4 · mean %5 · maximum %6")
            .arg(row.name, row.kind, row.shape, row.minimum, row.mean, row.maximum,
                 row.detail == row.description ? row.detail
                                               : row.description + QLatin1Char('\n') + row.detail);
    case Qt::TextAlignmentRole:
        return QVariant(
            (Qt::AlignVCenter | (index.column() <= Kind ? Qt::AlignLeft : Qt::AlignRight)).toInt());
    case LayerRole:
        return layerOf(index.row());
    case DetailRole:
        return row.detail;
    default:
        return {};
    }
}

QVariant LayerTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant((Qt::AlignVCenter | (section <= Kind ? Qt::AlignLeft : Qt::AlignRight)).toInt());
    const QString names[] = {tr("layer"), tr("type"),        tr("output"), tr("params"), tr("MACs"),
                             tr("dead"),  tr("never fires"), tr("min"),    tr("mean"),   tr("max")};
    const QString explanations[] = {
        tr("Name in the state_dict"),
        tr("Type of the layer"),
        tr("Output shape: units × height × width"),
        tr("Learned weights and biases"),
        tr("Multiply–accumulate operations per image"),
        tr("Units that are 0 everywhere for this image"),
        tr("Units that are 0 everywhere for every test image"),
        tr("Minimum for this image"),
        tr("Mean"),
        tr("Maximum"),
    };
    if (role == Qt::DisplayRole)
        return names[section];
    return role == Qt::ToolTipRole ? QVariant(explanations[section]) : QVariant();
}

} // namespace ui
