#include "core/runs/RunDeletion.h"

#include "core/runs/FolderLock.h"
#include "core/runs/RunFiles.h"
#include "core/runs/RunSignature.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <unistd.h>

namespace core
{
namespace
{

using std::filesystem::file_type;

std::filesystem::path nativePath(const QString& path)
{
    return QFile::encodeName(path).toStdString();
}

/// Without following a link.
file_type typeOf(const QString& path)
{
    std::error_code status;
    return std::filesystem::symlink_status(nativePath(path), status).type();
}

/// A folder that the program has made for this run. In others, the user may have files with a run's names.
bool isNumberedFolder(const QString& folder, const RunInfo& run, const QString& runsFolder)
{
    const QFileInfo info(folder);
    return info.fileName() == QString::number(run.number) &&
           QFileInfo(info.path()).canonicalFilePath() == QFileInfo(runsFolder).canonicalFilePath();
}

bool hasNameOfRunFile(const QString& folder)
{
    return std::ranges::any_of(kRunFileNames, [&](const char* name) {
        return typeOf(QDir(folder).filePath(QLatin1String(name))) != file_type::not_found;
    });
}

engine::Result<void> deleteRunFiles(const QString& folder)
{
    removeLeftovers(folder);
    for (const char* name : kRunFileNames) {
        const QString file = QDir(folder).filePath(QLatin1String(name));
        if (typeOf(file) == file_type::regular && ::unlink(nativePath(file).c_str()) != 0) {
            return engine::failure(engine::ErrorCode::CannotWrite,
                                   file.toStdString() + ": cannot be deleted: " + std::strerror(errno) + ".");
        }
    }
    return {};
}

/// What is wrong with `folder`, so that nothing in it may be deleted; empty if it is the run's.
QString reasonToLeave(const QString& folder, const RunInfo& run, const QString& runsFolder)
{
    const auto expected = [&](const QString& found) {
        return QStringLiteral("%1: expected the folder of run %2; found %3.")
            .arg(QDir::toNativeSeparators(folder), QString::number(run.number), found);
    };
    if (typeOf(folder) == file_type::symlink)
        return expected(QStringLiteral("a symbolic link"));
    if (typeOf(folder) != file_type::directory)
        return expected(QStringLiteral("a file"));
    const bool isNumbered = isNumberedFolder(folder, run, runsFolder);
    if (isNumbered ? hasFileOfRun(folder) : hasCheckpointOfRun(folder))
        return {};
    if (isNumbered && !hasNameOfRunFile(folder))
        return {}; // it was ended before its first checkpoint, or its files are gone
    return expected(QStringLiteral("no checkpoint of this program"));
}

} // namespace

engine::Result<DeletedRun> deleteRun(const RunInfo& run, const QString& runsFolder)
{
    DeletedRun deleted;
    const QString folder = QDir::cleanPath(run.folder);
    if (typeOf(folder) != file_type::not_found) {
        // Held to the end, so that no program resumes the run while it is being deleted.
        const auto lock = FolderLock::take(folder);
        if (!lock && FolderLock::isHeld(folder)) {
            return engine::failure(engine::ErrorCode::BadValue,
                                   "Run " + std::to_string(run.number) + " is being trained.");
        }
        deleted.leftBecause = reasonToLeave(folder, run, runsFolder);
        if (deleted.leftBecause.isEmpty()) {
            if (auto done = deleteRunFiles(folder); !done)
                return tl::unexpected(done.error());
            ::rmdir(nativePath(folder).c_str()); // does nothing if other files remain
        }
        deleted.isFolderLeft = typeOf(folder) != file_type::not_found;
    }
    // Opened after deleting the files, which may free space on a full disk.
    const auto store = RunStore::open(runsFolder);
    const auto removed = store ? (*store)->remove(run.number) : tl::unexpected(store.error());
    return removed.map([&] { return deleted; });
}

} // namespace core
