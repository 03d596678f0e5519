#include "core/runs/RunDatabase.h"

#include "core/runs/FolderLock.h"
#include "engine/storage/CheckpointFile.h"
#include "engine/storage/SavedModel.h"

#include <QDir>
#include <QFile>
#include <QSqlError>
#include <QSqlRecord>
#include <QStringList>
#include <QUrl>
#include <QUuid>
#include <QVariant>
#include <algorithm>
#include <array>
#include <filesystem>

namespace core
{
namespace
{

using State = RunDatabase::State;

constexpr int kSchemaVersion = 1;
constexpr std::array kStateNames = {"running", "interrupted", "stopped", "finished", "failed"};
constexpr auto kColumns = "number, folder, created, dataset_id, dataset_title, recipe, state, epochs_done, "
                          "epochs_planned, test_correct, test_total, seconds";
constexpr auto kTable = "CREATE TABLE IF NOT EXISTS runs (number INTEGER PRIMARY KEY, folder TEXT NOT NULL "
                        "UNIQUE, created TEXT NOT NULL, "
                        "dataset_id TEXT NOT NULL, dataset_title TEXT NOT NULL, recipe TEXT NOT NULL, state "
                        "TEXT NOT NULL, epochs_done "
                        "INTEGER NOT NULL, epochs_planned INTEGER NOT NULL, test_correct INTEGER NOT NULL, "
                        "test_total INTEGER NOT NULL, "
                        "seconds REAL NOT NULL)";
/// Version 0.1 has no such table, and ignores it.
constexpr auto kPropertyTable =
    "CREATE TABLE IF NOT EXISTS properties (name TEXT PRIMARY KEY, value TEXT NOT NULL)";
/// What the program writes; %1 is the largest number.
constexpr auto kSoundRow = "typeof(number) = 'integer' AND number BETWEEN 1 AND %1 AND typeof(folder) = "
                           "'text' AND substr(folder, 1, 1) = '/' AND epochs_done BETWEEN 0 AND 1000000 AND "
                           "epochs_planned BETWEEN 0 AND 1000000 AND test_total >= 0 AND test_correct "
                           "BETWEEN 0 AND test_total AND seconds >= 0 AND typeof(created) = 'text' AND "
                           "typeof(state) = 'text'";

RunInfo::State stateNamed(const QString& name)
{
    const auto found = std::find(kStateNames.begin(), kStateNames.end(), name.toStdString());
    return found == kStateNames.end() ? RunInfo::State::Failed
                                      : static_cast<RunInfo::State>(found - kStateNames.begin());
}

RunInfo runFrom(const QSqlQuery& query)
{
    RunInfo run;
    run.number = query.value(0).toInt();
    run.folder = query.value(1).toString();
    run.created = QDateTime::fromString(query.value(2).toString(), Qt::ISODate);
    run.datasetId = query.value(3).toString();
    run.datasetTitle = query.value(4).toString();
    run.recipe = query.value(5).toString();
    run.state = stateNamed(query.value(6).toString());
    if (run.state == RunInfo::State::Running && !FolderLock::isHeld(run.folder))
        run.state = RunInfo::State::Interrupted;
    run.epochsDone = query.value(7).toInt();
    run.epochsPlanned = query.value(8).toInt();
    run.testCorrect = query.value(9).toULongLong();
    run.testTotal = query.value(10).toULongLong();
    run.seconds = query.value(11).toDouble();
    const QDir folder(run.folder);
    run.isFolderThere = folder.exists(QLatin1String(engine::kWeightsFileName)) ||
                        folder.exists(QLatin1String(engine::kCheckpointFileName));
    const bool isCutShort = run.state == RunInfo::State::Interrupted || run.state == RunInfo::State::Failed;
    run.hasBegun = run.isFolderThere || !isCutShort || run.epochsDone > 0 || !folder.exists();
    return run;
}

/// SQLite's message, without Qt's description of the operation.
std::string reasonOf(const QSqlError& error)
{
    return (error.databaseText().isEmpty() ? error.driverText() : error.databaseText()).toStdString();
}

/// SQLITE_CORRUPT, SQLITE_NOTADB, or SQLITE_ERROR: the statements are right, so the tables are not.
bool isDamage(const QSqlError& error)
{
    const int code = error.nativeErrorCode().toInt() & 0xff;
    return code == 11 || code == 26 || code == 1;
}

RunDatabase::Opened damaged(const QString& path, const std::string& found)
{
    return {State::Damaged,
            nullptr,
            {engine::ErrorCode::BadFormat,
             path.toStdString() + ": expected the list of runs; found " + found + "."}};
}

} // namespace

QString nameOf(RunInfo::State state)
{
    return QLatin1String(kStateNames[static_cast<std::size_t>(state)]);
}

RunDatabase::RunDatabase(const QString& path, Access access)
    : m_path(path),
      m_name(QUuid::createUuid().toString()),
      m_database(QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_name))
{
    // Another program may hold the write lock.
    QString options = QStringLiteral("QSQLITE_BUSY_TIMEOUT=10000");
    m_database.setDatabaseName(path);
    if (access != Access::ReadWrite)
        options += QStringLiteral(";QSQLITE_OPEN_READONLY");
    if (access == Access::AsItLies) { // without the extra files that SQLite creates even for reading
        m_database.setDatabaseName(QUrl::fromLocalFile(path).toString(QUrl::FullyEncoded) +
                                   QStringLiteral("?immutable=1"));
        options += QStringLiteral(";QSQLITE_OPEN_URI");
    }
    m_database.setConnectOptions(options);
}

RunDatabase::~RunDatabase()
{
    m_database = QSqlDatabase(); // releases the last reference before the name is removed
    QSqlDatabase::removeDatabase(m_name);
}

engine::Result<QSqlQuery> RunDatabase::run(const QString& statement, const QVariantList& values) const
{
    QSqlQuery query(m_database);
    bool isDone = query.prepare(statement);
    for (const QVariant& value : values)
        query.addBindValue(value);
    isDone = isDone && query.exec();
    if (isDone)
        return query;
    return engine::failure(
        isDamage(query.lastError()) ? engine::ErrorCode::BadFormat : engine::ErrorCode::CannotWrite,
        m_path.toStdString() + ": cannot access the list of runs: " + reasonOf(query.lastError()) + ".");
}

engine::Result<void> RunDatabase::transact(const std::function<engine::Result<void>()>& work) const
{
    if (auto begun = run(QStringLiteral("BEGIN IMMEDIATE")); !begun)
        return tl::unexpected(begun.error());
    auto done = work();
    auto ended = run(done ? QStringLiteral("COMMIT") : QStringLiteral("ROLLBACK"));
    if (done && !ended) {
        (void)run(QStringLiteral("ROLLBACK"));
        return tl::unexpected(ended.error());
    }
    return done;
}

engine::Result<std::vector<RunInfo>> RunDatabase::select(const QString& clause,
                                                         const QVariantList& values) const
{
    return run(QStringLiteral("SELECT %1 FROM runs %2").arg(QLatin1String(kColumns), clause), values)
        .map([](QSqlQuery query) {
            std::vector<RunInfo> runs;
            while (query.next())
                runs.push_back(runFrom(query));
            return runs;
        });
}

engine::Result<void> RunDatabase::insert(const RunInfo& run) const
{
    // A null string would be stored as NULL.
    const auto text = [](const QString& value) { return value.isNull() ? QStringLiteral("") : value; };
    return this
        ->run(QStringLiteral("INSERT INTO runs (%1) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                  .arg(QLatin1String(kColumns)),
              {run.number, run.folder, text(run.created.toUTC().toString(Qt::ISODate)), text(run.datasetId),
               text(run.datasetTitle), text(run.recipe), nameOf(run.state), run.epochsDone, run.epochsPlanned,
               QVariant::fromValue<qulonglong>(run.testCorrect),
               QVariant::fromValue<qulonglong>(run.testTotal), run.seconds})
        .map([](const QSqlQuery&) {});
}

QString RunDatabase::property(const char* name) const
{
    const bool isThere = m_database.tables().contains(QLatin1String("properties"));
    auto query =
        isThere ? run(QStringLiteral("SELECT value FROM properties WHERE name = ?"), {QLatin1String(name)})
                : tl::unexpected(engine::Error());
    return query && query->next() ? query->value(0).toString() : QString();
}

engine::Result<void> RunDatabase::setProperty(const char* name, const QString& value) const
{
    return run(QLatin1String(kPropertyTable))
        .and_then([&](const QSqlQuery&) {
            return value.isEmpty()
                       ? run(QStringLiteral("DELETE FROM properties WHERE name = ?"), {QLatin1String(name)})
                       : run(QStringLiteral("INSERT OR REPLACE INTO properties VALUES (?, ?)"),
                             {QLatin1String(name), value});
        })
        .map([](const QSqlQuery&) {});
}

RunDatabase::Opened RunDatabase::inspect() const
{
    const auto failed = [](engine::Error error) {
        const bool isDamaged = error.code == engine::ErrorCode::BadFormat;
        return Opened{isDamaged ? State::Damaged : State::Unusable, nullptr, std::move(error)};
    };
    const auto first = [this](const QString& statement) {
        return run(statement).map([](QSqlQuery query) { return query.next() ? query.value(0) : QVariant(); });
    };
    const auto version = first(QStringLiteral("PRAGMA user_version"));
    if (!version)
        return failed(version.error());
    if (version->toInt() > kSchemaVersion) {
        return {State::Unusable,
                nullptr,
                {engine::ErrorCode::BadFormat,
                 m_path.toStdString() + ": expected a list of runs of version " +
                     std::to_string(kSchemaVersion) + "; found version " + version->toString().toStdString() +
                     ", written by a newer version of the program."}};
    }
    const auto sound = first(QStringLiteral("PRAGMA quick_check(1)"));
    if (!sound)
        return failed(sound.error());
    if (sound->toString() != QLatin1String("ok"))
        return damaged(m_path, "a damaged database: " + sound->toString().simplified().toStdString());
    if (version->toInt() < kSchemaVersion) {
        if (m_database.tables().isEmpty()) {
            return {State::Missing,
                    nullptr,
                    {engine::ErrorCode::NotFound, m_path.toStdString() + ": the list is empty."}};
        }
        return damaged(m_path, "another database");
    }
    const QSqlRecord columns = m_database.record(QStringLiteral("runs"));
    const QStringList names = QString::fromLatin1(kColumns).split(QStringLiteral(", "));
    if (!std::ranges::all_of(names, [&](const QString& name) { return columns.contains(name); }))
        return damaged(m_path, "another database");
    const auto unsound = first(QStringLiteral("SELECT count(*) FROM runs WHERE NOT coalesce(%1, 0)")
                                   .arg(QString::fromLatin1(kSoundRow).arg(kLargestRunNumber)));
    if (!unsound)
        return failed(unsound.error());
    if (unsound->toInt() > 0)
        return damaged(m_path, unsound->toString().toStdString() + " entries with values out of range");
    return {State::Sound, nullptr, {}};
}

RunDatabase::Opened RunDatabase::open(const QString& path, Access access)
{
    std::unique_ptr<RunDatabase> database(new RunDatabase(path, access));
    if (!database->m_database.open()) {
        return {State::Unusable,
                nullptr,
                {engine::ErrorCode::CannotRead, path.toStdString() + ": cannot be opened: " +
                                                    reasonOf(database->m_database.lastError()) + "."}};
    }
    Opened opened = database->inspect();
    if (opened.state == State::Sound)
        opened.database = std::move(database);
    return opened;
}

RunDatabase::Opened RunDatabase::open(const QString& path)
{
    std::error_code status;
    const std::filesystem::path file = QFile::encodeName(path).toStdString();
    const std::filesystem::file_type type = std::filesystem::status(file, status).type();
    if (type == std::filesystem::file_type::not_found ||
        (type == std::filesystem::file_type::regular && std::filesystem::file_size(file, status) == 0)) {
        return {State::Missing,
                nullptr,
                {engine::ErrorCode::NotFound, path.toStdString() + ": the list is missing."}};
    }
    if (type != std::filesystem::file_type::regular) {
        return {State::Unusable,
                nullptr,
                {engine::ErrorCode::CannotRead,
                 path.toStdString() + ": expected the list of runs; found " +
                     (status ? status.message() : std::string("a folder or special file")) + "."}};
    }
    Opened opened = open(path, Access::ReadWrite);
    for (const Access access : {Access::ReadOnly, Access::AsItLies}) {
        if (opened.state != State::Unusable || opened.error.code == engine::ErrorCode::BadFormat)
            break;
        Opened readable = open(path, access);
        if (readable.state != State::Unusable)
            opened = std::move(readable);
    }
    return opened;
}

engine::Result<std::unique_ptr<RunDatabase>> RunDatabase::create(const QString& path)
{
    std::unique_ptr<RunDatabase> database(new RunDatabase(path, Access::ReadWrite));
    if (!database->m_database.open()) {
        return engine::failure(
            engine::ErrorCode::CannotWrite,
            path.toStdString() + ": cannot be created: " + reasonOf(database->m_database.lastError()) + ".");
    }
    for (const QString& statement : {QStringLiteral("PRAGMA journal_mode = WAL"), QString::fromLatin1(kTable),
                                     QString::fromLatin1(kPropertyTable),
                                     QStringLiteral("PRAGMA user_version = %1").arg(kSchemaVersion)}) {
        if (auto done = database->run(statement); !done)
            return tl::unexpected(done.error());
    }
    return database;
}

std::vector<RunInfo> RunDatabase::readableRuns(const QString& path)
{
    RunDatabase database(path, Access::ReadWrite);
    if (!database.m_database.open())
        return {};
    return database.select({}).value_or(std::vector<RunInfo>());
}

} // namespace core
