#include "core/runs/RunListRebuild.h"

#include "core/PrivateFolder.h"
#include "core/runs/FolderLock.h"
#include "core/runs/RunsOnDisk.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSet>
#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <unistd.h>

namespace core
{
namespace
{

using State = RunDatabase::State;

/// SQLite has these beside a database.
constexpr std::array kCompanions = {"-wal", "-shm", "-journal"};

tl::unexpected<engine::Error> cannotWrite(const QString& path, const std::string& reason)
{
    return engine::failure(engine::ErrorCode::CannotWrite, path.toStdString() + ": " + reason + ".");
}

/// Where a damaged list is kept: a free name, or the one that a killed program has given it already.
QString nameAside(const QString& path)
{
    const auto isUsable = [&](const QString& name) {
        std::error_code status;
        const QFileInfo info(name);
        const bool isFree = !info.exists() && !info.isSymLink();
        return isFree || std::filesystem::equivalent(QFile::encodeName(name).toStdString(),
                                                     QFile::encodeName(path).toStdString(), status);
    };
    QString name;
    for (int i = 1; name.isEmpty() || !isUsable(name); ++i)
        name = path + QStringLiteral(".damaged-%1").arg(i);
    return name;
}

void removeDatabase(const QString& path)
{
    QFile::remove(path);
    for (const char* companion : kCompanions)
        QFile::remove(path + QLatin1String(companion));
}

/// Keeps the damaged list as `aside` too. It stays in its place, so that a program that is killed here leaves
/// it to the next; only on a file system without hard links it does not.
bool keepAside(const QString& path, const QString& aside)
{
    const QByteArray from = QFile::encodeName(path);
    const QByteArray to = QFile::encodeName(aside);
    return ::link(from.constData(), to.constData()) == 0 || ::rename(from.constData(), to.constData()) == 0;
}

/// A list's companions must not meet the new one.
bool moveCompanions(const QString& path, const QString& aside)
{
    return std::ranges::all_of(kCompanions, [&](const char* companion) {
        const QString from = path + QLatin1String(companion);
        return !QFileInfo::exists(from) || QFile::rename(from, aside + QLatin1String(companion));
    });
}

/// The metrics of an entry.
bool areCredible(const RunInfo& run)
{
    constexpr int kMostEpochs = 1'000'000;
    constexpr std::size_t kMostImages = 1'000'000'000;
    return run.epochsDone >= 0 && run.epochsDone <= kMostEpochs && run.epochsPlanned >= 0 &&
           run.epochsPlanned <= kMostEpochs && run.testTotal <= kMostImages &&
           run.testCorrect <= run.testTotal && std::isfinite(run.seconds) && run.seconds >= 0;
}

/// Readable rows of a damaged list, as far as they can be true.
std::vector<RunInfo> credibleRuns(const QString& path)
{
    std::vector<RunInfo> runs = RunDatabase::readableRuns(path);
    std::erase_if(runs, [](const RunInfo& run) { return !QDir::isAbsolutePath(run.folder); });
    for (RunInfo& run : runs) {
        if (run.number < 1 || run.number > kLargestRunNumber)
            run.number = 0;
        if (!areCredible(run)) {
            run.epochsDone = run.epochsPlanned = 0; // the files know better, if they can be read
            run.testCorrect = run.testTotal = 0;
            run.seconds = 0;
        }
    }
    return runs;
}

int firstGap(const QSet<int>& numbers)
{
    int number = 1;
    while (numbers.contains(number))
        ++number;
    return number;
}

struct Contents {
    std::vector<RunInfo> runs;
    int largestNumber = 0;
    QString damagedFile; ///< where the damaged list will be kept; empty if there is none
};

engine::Result<void> writeList(const QString& path, const Contents& contents)
{
    removeDatabase(path);
    const auto database = RunDatabase::create(path);
    if (!database)
        return tl::unexpected(database.error());
    const RunDatabase& list = **database;
    return list.transact([&]() -> engine::Result<void> {
        if (auto done = insertRuns(list, contents.runs, {}, contents.largestNumber); !done)
            return done;
        if (contents.largestNumber > 0) {
            if (auto done = list.setProperty(kLargestNumber, QString::number(contents.largestNumber)); !done)
                return done;
        }
        if (contents.runs.empty() && contents.damagedFile.isEmpty())
            return {}; // a first start
        return list.setProperty(kRebuiltRuns, QString::number(contents.runs.size())).and_then([&] {
            return list.setProperty(kDamagedFile, contents.damagedFile);
        });
    });
}

Contents contentsFor(const QString& runsFolder, const QString& path, bool isDamaged)
{
    Contents contents;
    const std::vector<RunInfo> known = isDamaged ? credibleRuns(path) : std::vector<RunInfo>();
    contents.runs = runsOnDisk(runsFolder, known);
    contents.largestNumber = largestNumberIn(runsFolder);
    for (const RunInfo& run : known)
        contents.largestNumber = std::max(contents.largestNumber, run.number);
    if (isDamaged)
        contents.damagedFile = nameAside(path);
    return contents;
}

} // namespace

engine::Result<void> makeListOfRuns(const QString& runsFolder)
{
    const QString path = RunStore::pathOf(runsFolder);
    const QString folder = QFileInfo(path).path();
    if (!makePrivateFolder(folder))
        return cannotWrite(path, "cannot create the folder for the list of runs");
    constexpr int kLongestWait = 60'000; // reading many runs takes a while
    const auto lock = FolderLock::take(folder, kLongestWait);
    if (!lock)
        return cannotWrite(path, "another program is making the list of runs");
    const RunDatabase::Opened found = RunDatabase::open(path);
    if (found.state == State::Sound)
        return {};
    if (found.state == State::Unusable)
        return tl::unexpected(found.error);

    const bool isDamaged = found.state == State::Damaged;
    const Contents contents = contentsFor(runsFolder, path, isDamaged);
    const QString made = path + QStringLiteral(".new");
    auto written = writeList(made, contents);
    if (written && isDamaged && !keepAside(path, contents.damagedFile))
        written =
            cannotWrite(contents.damagedFile, std::string("cannot be created: ") + std::strerror(errno));
    const QString aside = isDamaged ? contents.damagedFile : nameAside(path);
    if (written && !moveCompanions(path, aside))
        written = cannotWrite(aside, "its companions cannot be moved here");
    if (written &&
        std::rename(QFile::encodeName(made).constData(), QFile::encodeName(path).constData()) != 0) {
        written = cannotWrite(path, std::string("cannot be written: ") + std::strerror(errno));
    }
    if (written)
        return {};
    removeDatabase(made);
    std::string message = written.error().message;
    if (isDamaged)
        message = found.error.message + " It cannot be rebuilt: " + message;
    return engine::failure(written.error().code, message);
}

engine::Result<void> insertRuns(const RunDatabase& database, std::vector<RunInfo> runs,
                                const std::vector<RunInfo>& others, int largest)
{
    QSet<QString> folders;
    QSet<int> numbers;
    for (const RunInfo& run : others) {
        folders.insert(run.folder);
        numbers.insert(run.number);
    }
    std::erase_if(runs, [&](const RunInfo& run) { return folders.contains(run.folder); });
    for (RunInfo& run : runs) {
        if (run.number > 0 && numbers.contains(run.number))
            run.number = 0;
        numbers.insert(run.number);
        largest = std::max(largest, run.number);
    }
    for (const int number : numbers)
        largest = std::max(largest, number);
    for (RunInfo& run : runs) {
        if (run.number == 0) {
            // A made-up number at the end of the range leaves only gaps.
            run.number = largest < kLargestRunNumber ? ++largest : firstGap(numbers);
            numbers.insert(run.number);
        }
        if (auto done = database.insert(run); !done)
            return done;
    }
    return {};
}

} // namespace core
