#include "core/PrivateFolder.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <cerrno>
#include <sys/stat.h>
#include <unistd.h>

namespace core
{

bool makePrivateFolder(const QString& path)
{
    const QString folder = QDir::cleanPath(path);
    const QFileInfo info(folder);
    if (info.isDir())
        return true;
    if (info.exists()) {
        errno = ENOTDIR;
        return false;
    }
    if (info.path() != folder && !makePrivateFolder(info.path()))
        return false;
    // Another program may create it at the same time.
    return ::mkdir(QFile::encodeName(folder).constData(), S_IRWXU) == 0 || QFileInfo(folder).isDir();
}

void denyOthers(const QString& folder)
{
    const QByteArray path = QFile::encodeName(QDir::cleanPath(folder));
    struct stat status = {};
    if (::lstat(path.constData(), &status) != 0 || !S_ISDIR(status.st_mode) || status.st_uid != ::geteuid())
        return;
    const mode_t others = status.st_mode & (S_IRWXG | S_IRWXO);
    if (others != 0)
        (void)::chmod(path.constData(), status.st_mode & ~others & 07777); // may fail on other file systems
}

} // namespace core
