// All runs as a table, the newest first. What is damaged is told by whoever reads the runs; what is missing
// stands in the list already.
#pragma once

#include "core/runs/RunStore.h"

#include <QAbstractTableModel>
#include <vector>

namespace ui
{

class RunListModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Number, When, Dataset, Recipe, State, Epochs, Accuracy, Duration, kColumnCount };
    enum Role {
        SortRole = Qt::UserRole, ///< numbers as numbers, dates as dates
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// `runs` are the newest first. Rows that stay are the same rows afterwards, so that a selection stays.
    void setRuns(const std::vector<core::RunInfo>& runs);
    void setDamage(int number, const core::RunDamage& damage);
    /// The run that the window shows; it is set in bold.
    void setShownFolder(const QString& folder);

    const core::RunInfo& run(int row) const { return m_runs[static_cast<std::size_t>(row)]; }
    /// Neither missing nor being trained, and its training or its weights are sound.
    bool canBeOpened(int row) const;
    /// Neither missing nor being trained, and its weights are sound.
    bool canBeExported(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QString text(const core::RunInfo& run, int column) const;
    QVariant sortKey(const core::RunInfo& run, int column) const;
    void tellChanged(int row);

    std::vector<core::RunInfo> m_runs;
    QString m_shownFolder;
};

/// "running", "finished", …; "files missing" where the folder is not there, "damaged" where that is known.
QString runStateText(const core::RunInfo& run);
/// What is wrong with its files, as far as is known; empty where nothing is.
QString runProblem(const core::RunInfo& run);
/// "98.82 %", or "not tested".
QString runAccuracyText(const core::RunInfo& run);

} // namespace ui
