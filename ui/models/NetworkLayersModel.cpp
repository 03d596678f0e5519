#include "ui/models/NetworkLayersModel.h"

#include "ui/models/NetworkDraft.h"
#include "ui/render/Colors.h"

#include <QBrush>
#include <QLocale>

namespace ui
{
namespace
{

QVariant alignment(int column)
{
    using Model = NetworkLayersModel;
    const bool isNumber = column == Model::NumberColumn || column >= Model::OutputColumn;
    return QVariant((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
}

} // namespace

NetworkLayersModel::NetworkLayersModel(NetworkDraft& draft, QObject* parent)
    : QAbstractTableModel(parent),
      m_draft(draft),
      m_rows(draft.size())
{
    connect(&draft, &NetworkDraft::changed, this, &NetworkLayersModel::onChanged);
}

void NetworkLayersModel::onChanged()
{
    if (m_draft.size() != m_rows) {
        beginResetModel();
        m_rows = m_draft.size();
        endResetModel();
    } else if (m_rows > 0) {
        Q_EMIT dataChanged(index(0, 0), index(m_rows - 1, ColumnCount - 1));
    }
}

int NetworkLayersModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int NetworkLayersModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

bool NetworkLayersModel::isKnown(int row) const
{
    return row < static_cast<int>(m_draft.layers().size());
}

bool NetworkLayersModel::isBroken(int row) const
{
    return m_draft.error() != nullptr && m_draft.error()->layer == row;
}

QString NetworkLayersModel::text(int row, int column) const
{
    const engine::LayerSpec& layer = m_draft.layer(row);
    switch (column) {
    case NumberColumn:
        return QString::number(row + 1);
    case LayerColumn:
        return QLatin1String(engine::typeName(layer));
    case OptionsColumn:
        return layerOptionsText(layer, m_draft.inputSize(row));
    default:
        break;
    }
    if (!isKnown(row))
        return isBroken(row) ? tr("does not fit") : QStringLiteral("–");
    const engine::LayerInfo& info = m_draft.layers()[static_cast<std::size_t>(row)];
    const QLocale locale;
    if (column == OutputColumn)
        return QString::fromStdString(engine::text(info.outputShape));
    const qlonglong number = column == ParametersColumn ? info.parameterCount : info.multiplyAccumulates;
    return number == 0 ? QString() : locale.toString(number);
}

QVariant NetworkLayersModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= m_rows)
        return {};
    const int row = index.row();
    switch (role) {
    case Qt::DisplayRole:
        return !isKnown(row) && index.column() > OutputColumn ? QString() : text(row, index.column());
    case Qt::TextAlignmentRole:
        return alignment(index.column());
    case Qt::ForegroundRole:
        if (isBroken(row))
            return QBrush(currentColors().wrong);
        return isKnown(row) ? QVariant() : QVariant(QBrush(currentColors().secondary));
    case Qt::AccessibleTextRole:
        return tr("Layer %1, %2 %3: %4")
            .arg(row + 1)
            .arg(text(row, LayerColumn), text(row, OptionsColumn),
                 isBroken(row) ? QString::fromStdString(m_draft.error()->message) : text(row, OutputColumn));
    case Qt::ToolTipRole:
        if (isBroken(row))
            return QString::fromStdString(m_draft.error()->message);
        return index.column() == OptionsColumn ? text(row, OptionsColumn) : QVariant(); // may be elided
    case IsBrokenRole:
        return isBroken(row);
    case IsUnknownRole:
        return !isKnown(row) && !isBroken(row);
    default:
        return {};
    }
}

QVariant NetworkLayersModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return alignment(section);
    if (role == Qt::ToolTipRole && section == MacsColumn)
        return tr("Multiply–accumulate operations per image");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NumberColumn:
        return tr("#");
    case LayerColumn:
        return tr("Layer");
    case OptionsColumn:
        return tr("Options");
    case OutputColumn:
        return tr("Output");
    case ParametersColumn:
        return tr("Parameters");
    default:
        return tr("MACs");
    }
}

} // namespace ui
