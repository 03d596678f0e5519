// Whoever trains a run holds a lock on its folder, so that no second program trains the same. The system lets
// go of it when the program ends, however it ends.
#pragma once

#include <QString>
#include <optional>

namespace core
{

class FolderLock
{
public:
    /// Nothing where somebody else holds it, or there is no such folder. Waits a moment for those who only
    /// look whether it is held.
    static std::optional<FolderLock> take(const QString& folder);
    /// True where somebody holds it.
    static bool isHeld(const QString& folder);

    ~FolderLock();
    FolderLock(FolderLock&& other) noexcept;
    FolderLock& operator=(FolderLock&& other) noexcept;

private:
    explicit FolderLock(int descriptor) : m_descriptor(descriptor) {}

    int m_descriptor;
};

} // namespace core
