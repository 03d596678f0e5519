#pragma once

namespace app
{

/// Lists what can train on this machine, and why the rest cannot. Returns an ExitCode.
int runDevices(bool isJson);

} // namespace app
