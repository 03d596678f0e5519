#include "app/Output.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace app
{

engine::Result<void> Output::line(const std::string& text)
{
    const std::string bytes = text + "\n";
    if (std::fwrite(bytes.data(), 1, bytes.size(), stdout) == bytes.size() && std::fflush(stdout) == 0)
        return {};
    const int reason = errno;
    return engine::failure(reason == EPIPE ? engine::ErrorCode::BrokenPipe : engine::ErrorCode::CannotWrite,
                           std::string("cannot write to standard output: ") + std::strerror(reason) + ".");
}

engine::Result<void> Output::json(const nlohmann::ordered_json& object)
{
    return line(object.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

} // namespace app
