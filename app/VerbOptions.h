// Options and checks that several verbs share.
#pragma once

#include "core/StudioFolders.h"

#include <CLI/CLI.hpp>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace app
{

/// Runs after parsing; returns an ExitCode.
using Verb = std::function<int(const core::StudioFolders&)>;

/// Also rejects "-1", which CLI11 would wrap around.
CLI::Validator wholeNumberFrom(std::uint64_t smallest);
/// The option's description already lists the words.
CLI::Validator oneOf(std::vector<std::string> words);

void addDevice(CLI::App& verb, std::string& device);
CLI::Option* addThreads(CLI::App& verb, int& threads);

/// Reports wrong usage if an option is given that has no effect.
void rejectWithoutEffect(const CLI::App& verb, const char* option, bool hasEffect, const char* condition);

} // namespace app
