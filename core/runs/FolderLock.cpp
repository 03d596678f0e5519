#include "core/runs/FolderLock.h"

#include <QElapsedTimer>
#include <QFile>
#include <QThread>
#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#include <utility>

namespace core
{

namespace
{

/// isHeld() takes a shared lock briefly; that does not count as holding it.
bool isOnlyProbed(int descriptor)
{
    return ::flock(descriptor, LOCK_SH | LOCK_NB) == 0 && ::flock(descriptor, LOCK_UN) == 0;
}

bool isTaken(int descriptor, int kind)
{
    return ::flock(descriptor, kind | LOCK_NB) != 0 && errno == EWOULDBLOCK;
}

} // namespace

std::optional<FolderLock> FolderLock::take(const QString& folder, int longestWait)
{
    const int descriptor = ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return std::nullopt;
    FolderLock lock(descriptor);
    constexpr int kLongestProbe = 2000; // isHeld() takes microseconds
    QElapsedTimer waiting;
    waiting.start();
    while (isTaken(descriptor, LOCK_EX)) {
        const int longest = isOnlyProbed(descriptor) ? std::max(kLongestProbe, longestWait) : longestWait;
        if (waiting.elapsed() >= longest)
            return std::nullopt;
        QThread::msleep(1);
    }
    return lock; // also on file systems without locks
}

bool FolderLock::isHeld(const QString& folder)
{
    const int descriptor = ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return false;
    const bool isHeld = isTaken(descriptor, LOCK_SH);
    ::close(descriptor);
    return isHeld;
}

FolderLock::FolderLock(FolderLock&& other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) {}

FolderLock& FolderLock::operator=(FolderLock&& other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

FolderLock::~FolderLock()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

} // namespace core
