#include "app/VerbOptions.h"

#include "app/RangedOption.h"
#include "engine/device/Device.h"

#include <charconv>
#include <utility>

namespace app
{
namespace
{

std::string checkDevice(const std::string& request)
{
    // Without a list of devices, only invalid text gives BadValue.
    const auto device = engine::chooseDevice(request, {});
    const bool isWrong = !device && device.error().code == engine::ErrorCode::BadValue;
    return isWrong ? device.error().message : std::string();
}

} // namespace

CLI::Validator wholeNumberFrom(std::uint64_t smallest)
{
    return {[smallest](const std::string& text) {
                std::uint64_t number = 0;
                const char* const end = text.data() + text.size();
                const auto [stop, status] = std::from_chars(text.data(), end, number);
                if (status == std::errc() && stop == end && number >= smallest)
                    return std::string();
                return "expected a whole number from " + std::to_string(smallest) + "; found " + text;
            },
            ""};
}

CLI::Validator oneOf(std::vector<std::string> words)
{
    return CLI::IsMember(std::move(words)).description("");
}

void addDevice(CLI::App& verb, std::string& device)
{
    verb.add_option("--device", device, "auto (a GPU where one can be used), cpu, gpu or gpu:N [auto]")
        ->check(CLI::Validator(checkDevice, ""))
        ->type_name("NAME");
}

CLI::Option* addThreads(CLI::App& verb, int& threads)
{
    return addRanged(verb, "--threads", threads, engine::ranges::kThreads, "On the CPU; 0 is one per core");
}

void rejectWithoutEffect(const CLI::App& verb, const char* option, bool hasEffect, const char* condition)
{
    if (verb.count(option) > 0 && !hasEffect) {
        throw CLI::ValidationError(std::string(option) + ": expected together with " + condition +
                                       ", without which it has no effect",
                                   CLI::ExitCodes::ValidationError);
    }
}

} // namespace app
