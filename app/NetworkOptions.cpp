#include "app/NetworkOptions.h"

#include "app/RangedOption.h"
#include "engine/network/NetworkRanges.h"
#include "engine/storage/NetworkFile.h"

#include <CLI/CLI.hpp>

#include <QString>
#include <QStringList>

namespace app
{
namespace
{

[[noreturn]] void refuse(const std::string& message)
{
    throw CLI::ValidationError(message, CLI::ExitCodes::ValidationError);
}

/// Whole numbers separated by commas.
CLI::Option* addNumbers(CLI::App& verb, const std::string& option, std::vector<int>& numbers,
                        const std::string& description)
{
    const auto read = [&numbers, name = option.substr(0, option.find(','))](const std::string& text) {
        numbers.clear();
        for (const QString& entry : QString::fromStdString(text).split(QLatin1Char(','))) {
            bool isNumber = false;
            numbers.push_back(entry.toInt(&isNumber));
            if (!isNumber)
                refuse(name + ": expected whole numbers separated by commas; found \"" + entry.toStdString() +
                       "\" in \"" + text + "\"");
        }
    };
    return verb.add_option_function<std::string>(option, read, description);
}

} // namespace

void addNetworkOptions(CLI::App& verb, engine::NetworkChoice& choice, NetworkRequest& request,
                       CLI::Option* excluding)
{
    namespace ranges = engine::ranges;
    const std::string group = "Network";
    engine::TinyVggOptions& options = choice.tinyVgg;
    auto* file =
        verb.add_option("--network", request.file, "JSON file with the list of layers, see docs/networks.md")
            ->type_name("FILE.json")
            ->group(group);
    if (excluding != nullptr)
        file->excludes(excluding);
    const auto add = [&](CLI::Option* option) {
        option->group(group)->excludes(file);
        if (excluding != nullptr)
            option->excludes(excluding);
    };
    add(verb.add_option_function<std::string>(
                "--family",
                [&choice](const std::string& name) { choice.family = *engine::networkFamilyNamed(name); },
                "tinyvgg; linear or linear-relu are baselines without convolutions [tinyvgg]")
            ->check(CLI::IsMember({"tinyvgg", "linear", "linear-relu"}))
            ->type_name("NAME"));
    add(addRanged(verb, "--blocks", options.blocks, ranges::kBlocks, "Blocks of convolutions")
            ->type_name("N"));
    add(addRanged(verb, "--convolutions-per-block", options.convolutionsPerBlock,
                  ranges::kConvolutionsPerBlock, "Convolutions in each block")
            ->type_name("N"));
    add(addNumbers(verb, "--hidden-units", options.hiddenUnits,
                   "Channels of the convolutions, " + textOf(ranges::kHiddenUnits) +
                       ": one number, or one per block, such as 10,20 [10]")
            ->type_name("N,…"));
    add(addNumbers(verb, "--kernel-sizes,--kernel-size", options.kernelSizes,
                   "Kernel size, " + textOf(ranges::kKernelSizes) +
                       ": one number, or one per convolution, such as 3,3,5,5 [3]")
            ->type_name("N,…"));
    add(verb.add_option_function<std::string>(
                "--padding", [&options](const std::string& name) { options.isPadded = name == "same"; },
                "same: convolutions keep height and width; none: no padding [same]")
            ->check(CLI::IsMember({"same", "none"}))
            ->type_name("NAME"));
    add(verb.add_flag("--batch-norm", options.hasBatchNorm, "Add BatchNorm2d after every convolution"));
    add(addRanged(verb, "--dropout", options.dropout, ranges::kDropout,
                  "Dropout probability at the end of every block")
            ->type_name("P"));
}

void finishNetworkOptions(const CLI::App& verb, engine::NetworkChoice& choice, NetworkRequest& request)
{
    if (request.file) {
        auto spec = engine::readNetworkFile(*request.file);
        if (!spec)
            refuse(spec.error().message);
        choice = {engine::NetworkFamily::Custom, {}, spec->layers, spec->names};
        request.fromFile = std::move(*spec);
        return;
    }
    if (choice.family == engine::NetworkFamily::TinyVgg)
        return;
    for (const char* option : {"--blocks", "--convolutions-per-block", "--kernel-sizes", "--padding",
                               "--batch-norm", "--dropout"}) {
        if (verb.count(option) > 0)
            refuse(std::string(option) +
                   ": expected only with --family tinyvgg; it has no effect on other families");
    }
}

} // namespace app
