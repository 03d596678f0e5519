// A lock on a folder: on that of a run while it is trained, so that no second program trains it. The system
// releases it when the program ends, even after a crash.
#pragma once

#include <QString>
#include <optional>

namespace core
{

class FolderLock
{
public:
    /// Not set if another program holds the lock for `longestWait` milliseconds, or there is no such folder.
    /// Waits briefly for concurrent isHeld() calls in any case.
    static std::optional<FolderLock> take(const QString& folder, int longestWait = 0);
    /// True if a program holds the lock.
    static bool isHeld(const QString& folder);

    ~FolderLock();
    FolderLock(FolderLock&& other) noexcept;
    FolderLock& operator=(FolderLock&& other) noexcept;

private:
    explicit FolderLock(int descriptor) : m_descriptor(descriptor) {}

    int m_descriptor;
};

} // namespace core
