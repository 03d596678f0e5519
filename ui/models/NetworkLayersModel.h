// The layers of a draft as a table: type, options, output shape and cost.
#pragma once

#include <QAbstractTableModel>

namespace ui
{

class NetworkDraft;

class NetworkLayersModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column {
        NumberColumn,
        LayerColumn,
        OptionsColumn,
        OutputColumn,
        ParametersColumn,
        MacsColumn,
        ColumnCount,
    };
    enum Role {
        IsBrokenRole = Qt::UserRole, ///< bool: the first layer that does not fit
        IsUnknownRole,               ///< bool: below that layer, so its output is not known
    };

    /// `draft` must outlive the model.
    explicit NetworkLayersModel(NetworkDraft& draft, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QString text(int row, int column) const;
    bool isKnown(int row) const;
    bool isBroken(int row) const;
    void onChanged();

    NetworkDraft& m_draft;
    int m_rows = 0;
};

} // namespace ui
