// The SQLite file of the list of runs. Rows and statements are those of RunStore.
#pragma once

#include "core/runs/RunStore.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariantList>
#include <functional>

namespace core
{

class RunDatabase
{
public:
    enum class State {
        Sound,
        Missing,  ///< or empty
        Damaged,  ///< not a database, or not one that the program has written
        Unusable, ///< neither is known: it cannot be opened, or a newer version has written it
    };
    struct Opened {
        State state = State::Unusable;
        std::unique_ptr<RunDatabase> database; ///< if Sound
        engine::Error error;                   ///< otherwise
    };

    /// Opens a list that exists and checks all of it; on a full or read-only disk, for reading.
    static Opened open(const QString& path);
    /// Creates an empty list. Error: CannotWrite.
    static engine::Result<std::unique_ptr<RunDatabase>> create(const QString& path);
    /// What can be read of a list, of a damaged one too.
    static std::vector<RunInfo> readableRuns(const QString& path);

    ~RunDatabase();
    RunDatabase(const RunDatabase&) = delete;
    RunDatabase& operator=(const RunDatabase&) = delete;

    /// Errors: BadFormat if the file is damaged, otherwise CannotWrite.
    engine::Result<QSqlQuery> run(const QString& statement, const QVariantList& values = {}) const;
    /// Between BEGIN IMMEDIATE and COMMIT; no other program can write meanwhile.
    engine::Result<void> transact(const std::function<engine::Result<void>()>& work) const;

    /// `clause` follows "FROM runs".
    engine::Result<std::vector<RunInfo>> select(const QString& clause, const QVariantList& values = {}) const;
    /// All columns of `run`, with its number.
    engine::Result<void> insert(const RunInfo& run) const;

    /// A value that is kept beside the runs; empty if there is none.
    QString property(const char* name) const;
    /// Removes it if `value` is empty.
    engine::Result<void> setProperty(const char* name, const QString& value) const;

    const QString& path() const { return m_path; }

private:
    enum class Access { ReadWrite, ReadOnly, AsItLies };

    RunDatabase(const QString& path, Access access);
    static Opened open(const QString& path, Access access);
    /// Sound, Missing, Damaged or Unusable, with the error.
    Opened inspect() const;

    QString m_path;
    QString m_name; ///< of the connection: Qt's names are global to the process
    QSqlDatabase m_database;
};

} // namespace core
