#include "app/DevicesCommand.h"

#include "app/ExitCode.h"
#include "app/Format.h"
#include "app/Output.h"
#include "engine/device/Device.h"

namespace app
{
namespace
{

/// The value of --device that selects this device.
std::string deviceRequest(const engine::DeviceInfo& info)
{
    if (info.device.kind == engine::DeviceKind::Cpu)
        return "cpu";
    return info.isUsable ? "gpu:" + std::to_string(info.device.index) : "gpu";
}

engine::Result<void> print(Output& output, const engine::DeviceInfo& info, bool isJson)
{
    const bool isCpu = info.device.kind == engine::DeviceKind::Cpu;
    if (isJson) {
        nlohmann::ordered_json object = {{"device", deviceRequest(info)},
                                         {"name", info.name},
                                         {"usable", info.isUsable},
                                         {"reason", nullptr},
                                         {"threads", nullptr}};
        if (!info.isUsable)
            object["reason"] = info.reason;
        if (isCpu)
            object["threads"] = engine::defaultThreadCount();
        return output.json(object);
    }
    std::string state = info.isUsable ? "usable" : "not usable: " + info.reason;
    if (isCpu)
        state += format(", %d threads", engine::defaultThreadCount());
    return output.line(padRight(deviceRequest(info), 8) + padRight(info.name, 14) + state);
}

} // namespace

int runDevices(bool isJson)
{
    Output output;
    for (const engine::DeviceInfo& info : engine::listDevices()) {
        if (auto printed = print(output, info, isJson); !printed)
            return fail(printed.error());
    }
    return kDone;
}

} // namespace app
