#include "ui/models/RunListModel.h"

#include "core/Format.h"
#include "ui/render/Colors.h"

#include <QDir>
#include <QFont>
#include <QLocale>

namespace ui
{

QString runAccuracyText(const core::RunInfo& run)
{
    return run.testTotal == 0 ? RunListModel::tr("not tested")
                              : core::percentText(run.testCorrect, run.testTotal);
}

QString runProblem(const core::RunInfo& run)
{
    if (run.state == core::RunInfo::State::Running || !run.hasBegun)
        return {}; // its files are still changing, or there are none yet
    return run.isFolderThere
               ? run.damage.problem
               : RunListModel::tr("%1: the folder is missing or contains no run").arg(run.folder);
}

QString runToolTip(const core::RunInfo& run)
{
    QString problem = runProblem(run);
    if (!problem.isEmpty())
        return problem;
    QString text = run.recipe + QLatin1Char('\n') + QDir::toNativeSeparators(run.folder);
    if (!run.hasBegun) {
        text += QLatin1Char('\n') + RunListModel::tr("It ended before its first checkpoint: there is nothing "
                                                     "to resume. Delete it, and train again.");
    } else if (run.damage.isRepairedByResume) {
        text += QLatin1Char('\n') + RunListModel::tr("It ended before the weights of its first epoch were "
                                                     "written. Open and resume it: that writes them.");
    }
    return text;
}

QString runStateText(const core::RunInfo& run)
{
    using State = core::RunInfo::State;
    if (!run.hasBegun)
        return RunListModel::tr("had not begun");
    if (!run.isFolderThere)
        return RunListModel::tr("files missing");
    if (!runProblem(run).isEmpty())
        return RunListModel::tr("damaged");
    if (run.damage.isRepairedByResume)
        return RunListModel::tr("resume repairs it");
    switch (run.state) {
    case State::Running:
        return RunListModel::tr("running");
    case State::Interrupted:
        return RunListModel::tr("interrupted");
    case State::Stopped:
        return RunListModel::tr("stopped");
    case State::Failed:
        return RunListModel::tr("failed");
    case State::Finished:
        break;
    }
    return RunListModel::tr("finished");
}

void RunListModel::setRuns(const std::vector<core::RunInfo>& runs)
{
    // Both lists are sorted in descending order.
    std::size_t row = 0;
    for (const core::RunInfo& run : runs) {
        while (row < m_runs.size() && m_runs[row].number > run.number) {
            const int at = static_cast<int>(row);
            beginRemoveRows({}, at, at);
            m_runs.erase(m_runs.begin() + at);
            endRemoveRows();
        }
        const int at = static_cast<int>(row);
        if (row < m_runs.size() && m_runs[row].number == run.number) {
            m_runs[row] = run;
            tellChanged(at);
        } else {
            beginInsertRows({}, at, at);
            m_runs.insert(m_runs.begin() + at, run);
            endInsertRows();
        }
        ++row;
    }
    if (row < m_runs.size()) {
        beginRemoveRows({}, static_cast<int>(row), rowCount() - 1);
        m_runs.resize(row);
        endRemoveRows();
    }
}

void RunListModel::setDamage(int number, const core::RunDamage& damage)
{
    for (int row = 0; row < rowCount(); ++row) {
        if (run(row).number == number) {
            m_runs[static_cast<std::size_t>(row)].damage = damage;
            tellChanged(row);
        }
    }
}

void RunListModel::setShownFolder(const QString& folder)
{
    m_shownFolder = folder;
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, kColumnCount - 1));
}

void RunListModel::tellChanged(int row)
{
    Q_EMIT dataChanged(index(row, 0), index(row, kColumnCount - 1));
}

bool RunListModel::canBeOpened(int row) const
{
    const core::RunInfo& run = this->run(row);
    return run.state != core::RunInfo::State::Running && run.isFolderThere && run.damage.canBeOpened();
}

bool RunListModel::canBeExported(int row) const
{
    return canBeOpened(row) && run(row).damage.hasWeights;
}

int RunListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_runs.size());
}

int RunListModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int{kColumnCount};
}

QString RunListModel::text(const core::RunInfo& run, int column) const
{
    switch (column) {
    case Number:
        return QString::number(run.number);
    case When:
        return QLocale().toString(run.created.toLocalTime(), QStringLiteral("d MMM yyyy HH:mm"));
    case Dataset:
        return run.datasetTitle;
    case Recipe:
        return run.recipe;
    case State:
        return runStateText(run);
    case Epochs:
        return tr("%1 of %2").arg(run.epochsDone).arg(run.epochsPlanned);
    case Accuracy:
        return run.testTotal == 0
                   ? runAccuracyText(run)
                   : tr("%1 (%L2 of %L3)").arg(runAccuracyText(run)).arg(run.testCorrect).arg(run.testTotal);
    case Duration:
        return run.seconds > 0 ? core::durationText(run.seconds) : QStringLiteral("–");
    default:
        return {};
    }
}

QVariant RunListModel::sortKey(const core::RunInfo& run, int column) const
{
    switch (column) {
    case Number:
        return run.number;
    case When:
        return run.created;
    case Epochs:
        return run.epochsDone;
    case Accuracy:
        return run.testTotal == 0 ? -1.0
                                  : static_cast<double>(run.testCorrect) / static_cast<double>(run.testTotal);
    case Duration:
        return run.seconds;
    default:
        return text(run, column);
    }
}

QVariant RunListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const core::RunInfo& run = this->run(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(run, index.column());
    case Qt::ToolTipRole:
        return runToolTip(run);
    case Qt::ForegroundRole:
        return index.column() == State && !runProblem(run).isEmpty() ? QVariant(currentColors().wrong)
                                                                     : QVariant();
    case Qt::FontRole: {
        QFont font;
        font.setBold(run.folder == m_shownFolder);
        return font;
    }
    case SortRole:
        return sortKey(run, index.column());
    default:
        return {};
    }
}

QVariant RunListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Number:
        return tr("Run");
    case When:
        return tr("When");
    case Dataset:
        return tr("Data set");
    case Recipe:
        return tr("Recipe");
    case State:
        return tr("State");
    case Epochs:
        return tr("Epochs");
    case Accuracy:
        return tr("Test accuracy");
    case Duration:
        return tr("Time");
    default:
        return {};
    }
}

} // namespace ui
