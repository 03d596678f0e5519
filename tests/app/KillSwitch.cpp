// Preloaded into the program (LD_PRELOAD), it kills it at one of its writes below a folder: $KILL_AT is the
// number of the call, counted from 1, $KILL_BELOW the folder. Of the content that was to be written, half is.
#include <csignal>
#include <cstdlib>
#include <dlfcn.h>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>

namespace
{

/// True at the call to be killed.
bool isLast(std::string_view path)
{
    static int calls = 0;
    const char* folder = std::getenv("KILL_BELOW");
    const char* last = std::getenv("KILL_AT");
    return folder != nullptr && last != nullptr && path.starts_with(folder) && ++calls == std::atoi(last);
}

bool isLast(int descriptor)
{
    char path[4096];
    const std::string link = "/proc/self/fd/" + std::to_string(descriptor);
    const ssize_t length = ::readlink(link.c_str(), path, sizeof path);
    return length > 0 && isLast(std::string_view(path, static_cast<std::size_t>(length)));
}

void end()
{
    std::raise(SIGKILL);
}

template<typename Function>
Function* original(const char* name)
{
    return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

} // namespace

extern "C" __attribute__((visibility("default"))) ssize_t write(int descriptor, const void* bytes,
                                                                std::size_t count)
{
    static auto* const real = original<ssize_t(int, const void*, std::size_t)>("write");
    if (!isLast(descriptor))
        return real(descriptor, bytes, count);
    const ssize_t written = real(descriptor, bytes, count / 2);
    end();
    return written;
}

extern "C" __attribute__((visibility("default"))) int fsync(int descriptor)
{
    if (isLast(descriptor))
        end();
    return original<int(int)>("fsync")(descriptor);
}

extern "C" __attribute__((visibility("default"))) int mkstemps(char* pattern, int suffixLength)
{
    if (isLast(pattern))
        end();
    return original<int(char*, int)>("mkstemps")(pattern, suffixLength);
}

extern "C" __attribute__((visibility("default"))) int rename(const char* from, const char* to) noexcept
{
    if (isLast(to))
        end();
    return original<int(const char*, const char*)>("rename")(from, to);
}

extern "C" __attribute__((visibility("default"))) int link(const char* from, const char* to) noexcept
{
    if (isLast(to))
        end();
    return original<int(const char*, const char*)>("link")(from, to);
}

extern "C" __attribute__((visibility("default"))) int unlink(const char* path) noexcept
{
    if (isLast(path))
        end();
    return original<int(const char*)>("unlink")(path);
}

extern "C" __attribute__((visibility("default"))) int mkdir(const char* path, mode_t mode) noexcept
{
    if (isLast(path))
        end();
    return original<int(const char*, mode_t)>("mkdir")(path, mode);
}
