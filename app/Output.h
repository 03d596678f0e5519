// All text for people and scripts leaves the program here, so that what it quotes from outside is harmless to
// a terminal, see Printable.h. Standard output is flushed after each line so that a pipe's reader gets it at
// once.
#pragma once

#include "engine/Result.h"

#include <nlohmann/json.hpp>
#include <string>

namespace app
{

/// All calls fail with BrokenPipe if the pipe's reader has ended, with CannotWrite if the disk is full.
class Output
{
public:
    engine::Result<void> line(const std::string& text = {});
    /// One object on one line, fields in the given order. NaN and infinity become null.
    engine::Result<void> json(const nlohmann::ordered_json& object);

private:
    engine::Result<void> write(const std::string& printable);
};

/// A line on standard error.
void printError(const std::string& text);
/// The same for a message that may quote names and paths: further lines are indented, so that a line break
/// in a name cannot look like a message of its own.
void printMessage(const std::string& message);

} // namespace app
