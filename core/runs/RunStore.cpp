#include "core/runs/RunStore.h"

#include "core/runs/FolderLock.h"
#include "core/runs/RunDatabase.h"
#include "core/runs/RunListRebuild.h"
#include "core/runs/RunsOnDisk.h"

#include <QDir>
#include <QSet>
#include <QVariant>
#include <algorithm>

namespace core
{

RunStore::RunStore(std::unique_ptr<RunDatabase> database, QString runsFolder)
    : m_database(std::move(database)),
      m_runsFolder(std::move(runsFolder))
{
}

RunStore::~RunStore() = default;

QString RunStore::pathOf(const QString& runsFolder)
{
    return QDir(runsFolder).absolutePath() + QStringLiteral(".sqlite");
}

engine::Result<std::unique_ptr<RunStore>> RunStore::open(const QString& runsFolder)
{
    const QString path = pathOf(runsFolder);
    RunDatabase::Opened opened = RunDatabase::open(path);
    if (opened.state == RunDatabase::State::Missing || opened.state == RunDatabase::State::Damaged) {
        if (auto made = makeListOfRuns(runsFolder); !made)
            return tl::unexpected(made.error());
        opened = RunDatabase::open(path);
    }
    if (!opened.database)
        return tl::unexpected(opened.error);
    return std::unique_ptr<RunStore>(new RunStore(std::move(opened.database), runsFolder));
}

engine::Result<int> RunStore::largestNumber() const
{
    return m_database->run(QStringLiteral("SELECT coalesce(max(number), 0) FROM runs"))
        .map([this](QSqlQuery query) {
            return std::max(query.next() ? query.value(0).toInt() : 0,
                            m_database->property(kLargestNumber).toInt());
        });
}

engine::Result<int> RunStore::add(const RunInfo& run, int largestUsed, const Claim& claim)
{
    RunInfo added = run;
    added.created = QDateTime::currentDateTimeUtc();
    added.state = RunInfo::State::Running;
    int number = 0;
    return m_database
        ->transact([&] { return insert(added, largestUsed, claim).map([&](int given) { number = given; }); })
        .map([&] { return number; });
}

engine::Result<int> RunStore::insert(RunInfo run, int largestUsed, const Claim& claim)
{
    auto largest = largestNumber();
    if (!largest)
        return largest;
    const bool isNumbered = run.folder.isEmpty();
    const int first = std::min(std::max(*largest, largestUsed), kLargestRunNumber) + 1;
    // A made-up number at the end of the range leaves only gaps.
    const bool isFull = first > kLargestRunNumber;
    for (run.number = isFull ? 1 : first; run.number <= kLargestRunNumber; ++run.number) {
        const auto known = isFull ? find(run.number) : engine::Result<std::optional<RunInfo>>();
        if (!known)
            return tl::unexpected(known.error());
        if (*known)
            continue;
        if (isNumbered)
            run.folder = QDir(m_runsFolder).absoluteFilePath(QString::number(run.number));
        const auto claimed = claim ? claim(run.number) : engine::Result<bool>(true);
        if (!claimed)
            return tl::unexpected(claimed.error());
        if (*claimed)
            return m_database->insert(run).map([&] { return run.number; });
    }
    return engine::failure(engine::ErrorCode::BadValue,
                           m_runsFolder.toStdString() + ": expected run numbers below " +
                               std::to_string(kLargestRunNumber) + "; found that number in use.");
}

engine::Result<void> RunStore::update(const RunInfo& run)
{
    return m_database
        ->run(
            QStringLiteral(
                "UPDATE runs SET recipe = ?, state = ?, epochs_done = ?, epochs_planned = ?, test_correct = "
                "?, test_total = ?, seconds = ? WHERE number = ?"),
            {run.recipe, nameOf(run.state), run.epochsDone, run.epochsPlanned,
             QVariant::fromValue<qulonglong>(run.testCorrect), QVariant::fromValue<qulonglong>(run.testTotal),
             run.seconds, run.number})
        .map([](const QSqlQuery&) {});
}

engine::Result<void> RunStore::updateOrAdd(RunInfo& run)
{
    return m_database->transact([&]() -> engine::Result<void> {
        const auto known = findFolder(run.folder);
        if (!known)
            return tl::unexpected(known.error());
        if (*known) {
            run.number = (*known)->number;
            return update(run);
        }
        if (!run.created.isValid())
            run.created = QDateTime::currentDateTimeUtc();
        const auto other = find(run.number);
        if (!other)
            return tl::unexpected(other.error());
        if (run.number > 0 && run.number <= kLargestRunNumber && !*other)
            return m_database->insert(run);
        return insert(run, 0, {}).map([&](int number) { run.number = number; });
    });
}

engine::Result<void> RunStore::remove(int number)
{
    return m_database->transact([&] {
        return largestNumber()
            .and_then([&](int largest) {
                return m_database->setProperty(kLargestNumber, QString::number(std::max(largest, number)));
            })
            .and_then([&] { return withdraw(number); });
    });
}

engine::Result<void> RunStore::withdraw(int number)
{
    return m_database->run(QStringLiteral("DELETE FROM runs WHERE number = ?"), {number})
        .map([](const QSqlQuery&) {});
}

engine::Result<std::vector<RunInfo>> RunStore::list() const
{
    return m_database->select(QStringLiteral("ORDER BY number DESC"));
}

namespace
{

std::optional<RunInfo> firstOf(const std::vector<RunInfo>& runs)
{
    return runs.empty() ? std::nullopt : std::optional(runs.front());
}

} // namespace

engine::Result<std::optional<RunInfo>> RunStore::find(int number) const
{
    return m_database->select(QStringLiteral("WHERE number = ?"), {number}).map(firstOf);
}

engine::Result<std::optional<RunInfo>> RunStore::findFolder(const QString& folder) const
{
    return m_database->select(QStringLiteral("WHERE folder = ?"), {QDir(folder).absolutePath()}).map(firstOf);
}

namespace
{

std::optional<RunInfo> entryOf(const QString& folder, const std::vector<RunInfo>& runs)
{
    const auto run = std::ranges::find(runs, folder, &RunInfo::folder);
    return run == runs.end() ? std::nullopt : std::optional(*run);
}

} // namespace

engine::Result<ListChanges> RunStore::rebuild()
{
    const auto before = list();
    if (!before)
        return tl::unexpected(before.error());
    std::vector<RunInfo> found = runsOnDisk(m_runsFolder, *before);
    const auto replace = [&]() -> engine::Result<void> {
        const auto largest = largestNumber();
        if (!largest)
            return tl::unexpected(largest.error());
        const auto current = list(); // other programs have gone on while the folders were read
        if (!current)
            return tl::unexpected(current.error());
        std::erase_if(found, [&](const RunInfo& run) {
            return entryOf(run.folder, *before) && !entryOf(run.folder, *current); // deleted since
        });
        for (const RunInfo& run : *current) {
            const auto old = entryOf(run.folder, *before);
            const bool isNew = !old || old->state != run.state || old->epochsDone != run.epochsDone;
            if (isNew || FolderLock::isHeld(run.folder))
                continue;
            if (auto done = withdraw(run.number); !done)
                return done;
        }
        const auto kept = list(); // being trained, or begun since
        if (!kept)
            return tl::unexpected(kept.error());
        return insertRuns(*m_database, found, *kept, std::max(*largest, largestNumberIn(m_runsFolder)));
    };
    return m_database->transact(replace).and_then([&] { return list(); }).map([&](const auto& after) {
        const auto foldersOf = [](const std::vector<RunInfo>& runs) {
            QSet<QString> folders;
            for (const RunInfo& run : runs)
                folders.insert(run.folder);
            return folders;
        };
        const QSet<QString> old = foldersOf(*before);
        const QSet<QString> now = foldersOf(after);
        return ListChanges{static_cast<int>(after.size()), static_cast<int>((now - old).size()),
                           static_cast<int>((old - now).size())};
    });
}

std::optional<RebuiltList> RunStore::takeRebuilt()
{
    if (m_database->property(kRebuiltRuns).isEmpty())
        return std::nullopt;
    std::optional<RebuiltList> rebuilt;
    const auto taken = m_database->transact([&]() -> engine::Result<void> {
        const QString runs = m_database->property(kRebuiltRuns);
        if (runs.isEmpty())
            return {}; // another program was faster
        rebuilt = RebuiltList{runs.toInt(), m_database->property(kDamagedFile)};
        return m_database->setProperty(kRebuiltRuns, {}).and_then([&] {
            return m_database->setProperty(kDamagedFile, {});
        });
    });
    return rebuilt; // told once more rather than never, if it could not be taken
}

} // namespace core
