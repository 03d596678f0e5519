#include "core/runs/RunStore.h"

#include "core/PrivateFolder.h"
#include "core/runs/FolderLock.h"
#include "engine/storage/CheckpointFile.h"
#include "engine/storage/SavedModel.h"

#include <QDir>
#include <QFileInfo>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QThread>
#include <QUrl>
#include <QUuid>
#include <QVariant>
#include <array>

namespace core
{
namespace
{

constexpr int kSchemaVersion = 1;
constexpr std::array kStateNames = {"running", "interrupted", "stopped", "finished", "failed"};

RunInfo::State stateNamed(const QString& name)
{
    const auto found = std::find(kStateNames.begin(), kStateNames.end(), name.toStdString());
    return found == kStateNames.end() ? RunInfo::State::Failed
                                      : static_cast<RunInfo::State>(found - kStateNames.begin());
}

constexpr auto kColumns = "number, folder, created, dataset_id, dataset_title, recipe, state, epochs_done, "
                          "epochs_planned, test_correct, test_total, seconds";

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
    return run;
}

constexpr auto kTable = "CREATE TABLE IF NOT EXISTS runs (number INTEGER PRIMARY KEY, folder TEXT NOT NULL "
                        "UNIQUE, created TEXT NOT NULL, "
                        "dataset_id TEXT NOT NULL, dataset_title TEXT NOT NULL, recipe TEXT NOT NULL, state "
                        "TEXT NOT NULL, epochs_done "
                        "INTEGER NOT NULL, epochs_planned INTEGER NOT NULL, test_correct INTEGER NOT NULL, "
                        "test_total INTEGER NOT NULL, "
                        "seconds REAL NOT NULL)";

} // namespace

QString nameOf(RunInfo::State state)
{
    return QLatin1String(kStateNames[static_cast<std::size_t>(state)]);
}

namespace
{

/// SQLite's message, without Qt's description of the operation.
std::string reasonOf(const QSqlError& error)
{
    return (error.databaseText().isEmpty() ? error.driverText() : error.databaseText()).toStdString();
}

} // namespace

/// Each connection has a unique name: Qt's connection names are global to the process.
class RunStore::Connection
{
public:
    Connection(const QString& path, Access access)
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
    ~Connection()
    {
        m_database = QSqlDatabase(); // releases the last reference before the name is removed
        QSqlDatabase::removeDatabase(m_name);
    }

    bool open() { return m_database.open(); }

    engine::Result<QSqlQuery> run(const QString& statement, const QVariantList& values = {}) const
    {
        QSqlQuery query(m_database);
        bool isDone = query.prepare(statement);
        for (const QVariant& value : values)
            query.addBindValue(value);
        isDone = isDone && query.exec();
        if (isDone)
            return query;
        return engine::failure(engine::ErrorCode::CannotWrite,
                               m_path.toStdString() +
                                   ": cannot access the list of runs: " + reasonOf(query.lastError()) + ".");
    }

    tl::unexpected<engine::Error> cannotOpen() const
    {
        return engine::failure(engine::ErrorCode::CannotRead, m_path.toStdString() + ": cannot be opened: " +
                                                                  reasonOf(m_database.lastError()) + ".");
    }
    const QString& path() const { return m_path; }

private:
    QString m_path;
    QString m_name;
    QSqlDatabase m_database;
};

engine::Result<void> RunStore::makeSchema(const Connection& connection)
{
    const QString version = QStringLiteral("PRAGMA user_version = %1").arg(kSchemaVersion);
    for (const QString& statement :
         {QStringLiteral("PRAGMA journal_mode = WAL"), QString::fromLatin1(kTable), version}) {
        if (auto done = connection.run(statement); !done)
            return tl::unexpected(done.error());
    }
    return {};
}

RunStore::RunStore(std::unique_ptr<Connection> connection, QString runsFolder)
    : m_connection(std::move(connection)),
      m_runsFolder(std::move(runsFolder))
{
}

RunStore::~RunStore() = default;

engine::Result<std::unique_ptr<RunStore::Connection>> RunStore::connect(const QString& path, Access access)
{
    auto connection = std::make_unique<Connection>(path, access);
    if (!connection->open())
        return connection->cannotOpen();
    auto version = connection->run(QStringLiteral("PRAGMA user_version"));
    if (!version)
        return tl::unexpected(version.error());
    const int found = version->next() ? version->value(0).toInt() : 0;
    version->finish();
    if (found > kSchemaVersion) {
        return engine::failure(engine::ErrorCode::BadFormat,
                               connection->path().toStdString() + ": expected a list of runs of version " +
                                   std::to_string(kSchemaVersion) + "; found version " +
                                   std::to_string(found) + ", written by a newer version of the program.");
    }
    if (found < kSchemaVersion) {
        // Two programs may create it at the same time. SQLite does not wait when changing the journal mode,
        // so retry.
        constexpr int kTries = 200;
        constexpr int kMillisecondsBetween = 20;
        auto made = makeSchema(*connection);
        for (int i = 1; !made && made.error().message.find("locked") != std::string::npos && i < kTries;
             ++i) {
            QThread::msleep(kMillisecondsBetween);
            made = makeSchema(*connection);
        }
        if (!made)
            return tl::unexpected(made.error());
    }
    return connection;
}

engine::Result<std::unique_ptr<RunStore>> RunStore::open(const QString& runsFolder)
{
    const QString path = QDir(runsFolder).absolutePath() + QStringLiteral(".sqlite");
    if (!makePrivateFolder(QFileInfo(path).path())) {
        return engine::failure(engine::ErrorCode::CannotWrite,
                               path.toStdString() + ": cannot create the folder for the list of runs.");
    }
    auto connection = connect(path, Access::ReadWrite);
    for (const Access access : {Access::ReadOnly, Access::AsItLies}) {
        if (connection || connection.error().code == engine::ErrorCode::BadFormat)
            break;
        if (auto readable = connect(path, access))
            connection = std::move(readable);
    }
    if (!connection)
        return tl::unexpected(connection.error());
    return std::unique_ptr<RunStore>(new RunStore(std::move(*connection), runsFolder));
}

engine::Result<int> RunStore::add(const RunInfo& run, int largestUsed)
{
    // From here on no other program can write, so numbers stay unique.
    if (auto begun = m_connection->run(QStringLiteral("BEGIN IMMEDIATE")); !begun)
        return tl::unexpected(begun.error());
    auto added = insert(run, largestUsed);
    auto ended = m_connection->run(added ? QStringLiteral("COMMIT") : QStringLiteral("ROLLBACK"));
    if (added && !ended)
        return tl::unexpected(ended.error());
    return added;
}

engine::Result<int> RunStore::insert(const RunInfo& run, int largestUsed)
{
    auto largest = m_connection->run(QStringLiteral("SELECT coalesce(max(number), 0) FROM runs"));
    if (!largest)
        return tl::unexpected(largest.error());
    const int number = std::max(largest->next() ? largest->value(0).toInt() : 0, largestUsed) + 1;
    largest->finish();
    return m_connection
        ->run(
            QStringLiteral("INSERT INTO runs (%1) VALUES (?, ?, ?, ?, ?, ?, 'running', 0, ?, 0, 0, 0)")
                .arg(QLatin1String(kColumns)),
            {number,
             run.folder.isEmpty() ? QDir(m_runsFolder).absoluteFilePath(QString::number(number)) : run.folder,
             QDateTime::currentDateTimeUtc().toString(Qt::ISODate), run.datasetId, run.datasetTitle,
             run.recipe, run.epochsPlanned})
        .map([&](const QSqlQuery&) { return number; });
}

engine::Result<void> RunStore::update(const RunInfo& run)
{
    return m_connection
        ->run(
            QStringLiteral(
                "UPDATE runs SET recipe = ?, state = ?, epochs_done = ?, epochs_planned = ?, test_correct = "
                "?, test_total = ?, seconds = ? WHERE number = ?"),
            {run.recipe, nameOf(run.state), run.epochsDone, run.epochsPlanned,
             QVariant::fromValue<qulonglong>(run.testCorrect), QVariant::fromValue<qulonglong>(run.testTotal),
             run.seconds, run.number})
        .map([](const QSqlQuery&) {});
}

engine::Result<void> RunStore::remove(int number)
{
    return m_connection->run(QStringLiteral("DELETE FROM runs WHERE number = ?"), {number})
        .map([](const QSqlQuery&) {});
}

engine::Result<std::vector<RunInfo>> RunStore::list() const
{
    return m_connection
        ->run(QStringLiteral("SELECT %1 FROM runs ORDER BY number DESC").arg(QLatin1String(kColumns)))
        .map([](QSqlQuery query) {
            std::vector<RunInfo> runs;
            while (query.next())
                runs.push_back(runFrom(query));
            return runs;
        });
}

engine::Result<std::optional<RunInfo>> RunStore::find(int number) const
{
    return m_connection
        ->run(QStringLiteral("SELECT %1 FROM runs WHERE number = ?").arg(QLatin1String(kColumns)), {number})
        .map([](QSqlQuery query) { return query.next() ? std::optional(runFrom(query)) : std::nullopt; });
}

engine::Result<std::optional<RunInfo>> RunStore::findFolder(const QString& folder) const
{
    return m_connection
        ->run(QStringLiteral("SELECT %1 FROM runs WHERE folder = ?").arg(QLatin1String(kColumns)),
              {QDir(folder).absolutePath()})
        .map([](QSqlQuery query) { return query.next() ? std::optional(runFrom(query)) : std::nullopt; });
}

} // namespace core
