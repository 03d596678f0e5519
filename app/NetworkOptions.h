// The command line options that choose a network.
#pragma once

#include "engine/network/NetworkFamilies.h"

#include <optional>
#include <string>

namespace CLI
{
class App;
class Option;
} // namespace CLI

namespace app
{

/// The chosen network; `choice` is filled while the arguments are parsed.
struct NetworkRequest {
    std::optional<std::string> file; ///< value of --network
    /// The content of the file, set by finish(). The data set must have this image shape and class count.
    std::optional<engine::NetworkSpec> fromFile;
};

/// If `excluding` is given, none of these options may be combined with it.
void addNetworkOptions(CLI::App& verb, engine::NetworkChoice& choice, NetworkRequest& request,
                       CLI::Option* excluding);

/// Call after parsing. Reads the file; throws CLI::ValidationError for options that have no effect on the
/// family.
void finishNetworkOptions(const CLI::App& verb, engine::NetworkChoice& choice, NetworkRequest& request);

} // namespace app
