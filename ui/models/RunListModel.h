// All runs as a table, newest first. The run list knows which folders are missing; damage is reported by
// whoever reads the runs.
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

    /// `runs` must be sorted newest first. Rows of runs that remain are kept, so a selection survives.
    void setRuns(const std::vector<core::RunInfo>& runs);
    void setDamage(int number, const core::RunDamage& damage);
    /// The run that the window shows; its row is bold.
    void setShownFolder(const QString& folder);

    const core::RunInfo& run(int row) const { return m_runs[static_cast<std::size_t>(row)]; }
    /// Not missing, not in training, and with an intact checkpoint or intact weights.
    bool canBeOpened(int row) const;
    /// Not missing, not in training, and with intact weights.
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

/// "running", "finished", …; "files missing" if the folder is gone, "damaged" if damage is known, "had not
/// begun" or "resume repairs it" if the run was cut short at its start.
QString runStateText(const core::RunInfo& run);
/// What is wrong with its files, if known; otherwise empty.
QString runProblem(const core::RunInfo& run);
/// Its problem; otherwise its recipe and folder, and what can be done with it.
QString runToolTip(const core::RunInfo& run);
/// "98.82 %", or "not tested".
QString runAccuracyText(const core::RunInfo& run);

} // namespace ui
