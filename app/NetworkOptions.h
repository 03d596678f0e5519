// The options by which the command line chooses a network.
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

/// What the options chose; `choice` is filled while the arguments are read.
struct NetworkRequest {
    std::optional<std::string> file; ///< of --network
    /// What the file says, set by finish(): a training must have these images and classes.
    std::optional<engine::NetworkSpec> fromFile;
};

/// `excluding`: where it is given, none of them may be.
void addNetworkOptions(CLI::App& verb, engine::NetworkChoice& choice, NetworkRequest& request,
                       CLI::Option* excluding);

/// Once all arguments are read: reads the file, and throws CLI::ValidationError for options that have no
/// effect on the family.
void finishNetworkOptions(const CLI::App& verb, engine::NetworkChoice& choice, NetworkRequest& request);

} // namespace app
