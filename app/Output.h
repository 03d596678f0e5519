// Standard output, a line at a time, flushed so that whoever reads a pipe has each line at once.
#pragma once

#include "engine/Result.h"

#include <nlohmann/json.hpp>
#include <string>

namespace app
{

/// Each call fails with CannotWrite where the reader has gone or the disk is full.
class Output
{
public:
    engine::Result<void> line(const std::string& text = {});
    /// One object on one line, its fields in the order given; a number that JSON cannot say (NaN) becomes
    /// null.
    engine::Result<void> json(const nlohmann::ordered_json& object);
};

} // namespace app
