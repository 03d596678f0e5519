#pragma once

namespace app
{

/// Lists the devices of this machine that can train, and why the others cannot. Returns an ExitCode.
int runDevices(bool isJson);

} // namespace app
