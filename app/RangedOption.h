// An option for a number of which engine::validate() checks the range.
#pragma once

#include "engine/Range.h"

#include <CLI/CLI.hpp>

namespace app
{

/// Its description ends with its range and its default, which is the value of `field`.
template<typename T>
CLI::Option* addRanged(CLI::App& verb, const char* option, T& field, const engine::Range<T>& range,
                       const std::string& description)
{
    return verb.add_option(
        option, field, description + ", " + engine::textOf(range) + " [" + engine::numberText(field) + "]");
}

} // namespace app
