#include "app/Output.h"

#include "app/Printable.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace app
{

engine::Result<void> Output::line(const std::string& text)
{
    return write(printable(text));
}

engine::Result<void> Output::json(const nlohmann::ordered_json& object)
{
    return write(
        printableJson(object.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace)));
}

engine::Result<void> Output::write(const std::string& printable)
{
    const std::string bytes = printable + "\n";
    if (std::fwrite(bytes.data(), 1, bytes.size(), stdout) == bytes.size() && std::fflush(stdout) == 0)
        return {};
    const int reason = errno;
    return engine::failure(reason == EPIPE ? engine::ErrorCode::BrokenPipe : engine::ErrorCode::CannotWrite,
                           std::string("cannot write to standard output: ") + std::strerror(reason) + ".");
}

void printError(const std::string& text)
{
    std::fputs((printable(text) + "\n").c_str(), stderr);
}

void printMessage(const std::string& message)
{
    std::string text = "tinyvgg-studio: ";
    for (const char c : message)
        text += c == '\n' ? std::string("\n    ") : std::string(1, c);
    printError(text);
}

} // namespace app
