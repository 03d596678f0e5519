#include "app/CommandLine.h"

#include "app/ClassifyCommand.h"
#include "app/DatasetsCommand.h"
#include "app/DevicesCommand.h"
#include "app/EvaluateCommand.h"
#include "app/ExitCode.h"
#include "app/Output.h"
#include "app/RunsCommand.h"
#include "app/TrainOptions.h"
#include "app/VerbOptions.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>

namespace app
{
namespace
{

void addGallery(CLI::App& verb, GalleryRequest& gallery)
{
    auto* png = verb.add_option("--gallery-png", gallery.png,
                                "Draw images with what the model says of them into this file")
                    ->type_name("FILE");
    verb.add_option("--true", gallery.trueClass, "Of --gallery-png: images of this class only")
        ->type_name("CLASS")
        ->needs(png);
    verb.add_option("--predicted", gallery.predictedClass, "Of --gallery-png: images predicted so only")
        ->type_name("CLASS")
        ->needs(png);
    verb.add_option("--class", gallery.eitherClass, "Of --gallery-png: images of this class, or predicted so")
        ->type_name("CLASS")
        ->needs(png);
    auto* errors = verb.add_flag("--errors", gallery.isErrorsOnly, "Of --gallery-png: wrong predictions only")
                       ->needs(png);
    verb.add_flag("--right", gallery.isRightOnly, "Of --gallery-png: correct predictions only")
        ->needs(png)
        ->excludes(errors);
    verb.add_option_function<std::string>(
            "--sort", [&gallery](const std::string& name) { setByName(gallery.sort, name); },
            "Of --gallery-png: confidence, loss, margin, entropy or index [confidence]")
        ->check(oneOf({"confidence", "loss", "margin", "entropy", "index"}))
        ->type_name("NAME")
        ->needs(png);
}

void addEvaluate(CLI::App& root, CommandLine& result)
{
    auto request = std::make_shared<EvaluateRequest>();
    CLI::App* verb = root.add_subcommand("evaluate", "Test a trained model and show where it errs");
    verb->add_option("RUN", request->run,
                     "A run's number, a run folder, or a weights file (also one from Python)")
        ->required();
    verb->add_option("--dataset", request->dataset,
                     "A name from \"datasets list\", or a folder with the four IDX files [the run's own]");
    verb->add_option_function<std::string>(
            "--split",
            [request](const std::string& name) {
                request->split = name == "train"        ? core::SplitKind::Train
                                 : name == "validation" ? core::SplitKind::Validation
                                                        : core::SplitKind::Test;
            },
            "Which images: test, validation (what the run held back) or train (what it was trained on) "
            "[test]")
        ->check(oneOf({"test", "validation", "train"}))
        ->type_name("NAME");
    verb->add_option("--compare", request->otherRun,
                     "Another run: which test images only one of the two predicts correctly")
        ->type_name("RUN");
    addDevice(*verb, request->device);
    addThreads(*verb, request->threads)
        ->check(CLI::Range(engine::ranges::kThreads.low, engine::ranges::kThreads.high));
    verb->add_option("--confusion-png", request->confusionPng, "Draw the confusion matrix into this file")
        ->type_name("FILE");
    verb->add_option("--confusion-svg", request->confusionSvg, "The same as SVG")->type_name("FILE");
    addGallery(*verb, request->gallery);
    verb->add_option("--picture-scale", request->pictureScale, "Size of the PNGs: 1, 2 or 4 [2]")
        ->check(oneOf({"1", "2", "4"}))
        ->type_name("N");
    verb->add_option("--confusion-csv", request->confusionCsv, "Write the confusion matrix to this file")
        ->type_name("FILE");
    verb->add_option("--predictions-csv", request->predictionsCsv,
                     "Write every image's label, prediction and probabilities to this file")
        ->type_name("FILE");
    verb->add_option("--verdicts-csv", request->verdictsCsv,
                     "Write your verdicts and notes on these images, given in the window, to this file")
        ->type_name("FILE");
    verb->add_flag("--json", request->isJson, "One JSON object on standard output, and nothing else there");
    verb->footer("Examples:\n"
                 "  tinyvgg-studio evaluate 3\n"
                 "  tinyvgg-studio evaluate 3 --split validation\n"
                 "  tinyvgg-studio evaluate 3 --compare 2\n"
                 "  tinyvgg-studio evaluate 3 --confusion-png confusion.png\n"
                 "  tinyvgg-studio evaluate 3 --gallery-png fours.png --true 9 --predicted 4 --sort loss\n"
                 "  tinyvgg-studio evaluate first-try --confusion-csv confusion.csv\n"
                 "  tinyvgg-studio evaluate notebook.pth --dataset mnist --split train");
    verb->callback([request, verb, &result] {
        rejectWithoutEffect(*verb, "--picture-scale", request->confusionPng || request->gallery.png,
                            "--confusion-png or --gallery-png");
        result.isDrawing = request->isDrawing();
        result.runVerb = [request](const core::StudioFolders& folders) {
            return runEvaluate(*request, folders);
        };
    });
}

void addClassify(CLI::App& root, Verb& chosen)
{
    auto request = std::make_shared<ClassifyRequest>();
    CLI::App* verb =
        root.add_subcommand("classify", "Say what a trained model takes pictures or drawings for");
    verb->add_option("RUN", request->run,
                     "A run's number, a run folder, or a weights file (also one from Python)")
        ->required();
    auto* images =
        verb->add_option("IMAGE", request->images,
                         "Picture files of one digit each, of any size and color, dark on light or light on "
                         "dark, photographs of paper too");
    auto* strokes =
        verb->add_option(
                "--strokes", request->strokes,
                "Drawn digits, one per line: {\"label\":7,\"strokes\":[[[x,y],…],…]}; y downwards, any scale")
            ->type_name("FILE");
    auto* raw = verb->add_flag(
        "--raw", request->isRaw,
        "Show the network the picture as it is, only scaled to its input; without it the ink is "
        "found, scaled and centered as MNIST's was");
    strokes->excludes(images);
    strokes->excludes(raw);
    verb->add_flag("--json", request->isJson, "Only JSON on standard output, one object per line");
    verb->footer("Examples:\n"
                 "  tinyvgg-studio classify 3 photo.jpg seven.png\n"
                 "  tinyvgg-studio classify 3 --strokes drawn.jsonl --json\n"
                 "A model that was trained with --preset robust reads drawings best.");
    verb->callback([request, &chosen] {
        if (request->images.empty() && !request->strokes)
            throw CLI::RequiredError("IMAGE or --strokes");
        chosen = [request](const core::StudioFolders& folders) { return runClassify(*request, folders); };
    });
}

void addDatasets(CLI::App& root, Verb& chosen)
{
    CLI::App* verb =
        root.add_subcommand("datasets", "List, fetch and verify data sets, and keep drawn digits");
    verb->require_subcommand(1);
    verb->footer("Examples:\n"
                 "  tinyvgg-studio datasets list\n"
                 "  tinyvgg-studio datasets fetch fashion-mnist");

    auto isJson = std::make_shared<bool>(false);
    CLI::App* list = verb->add_subcommand("list", "What there is, and what of it is on this machine");
    list->add_flag("--json", *isJson, "One JSON object per line");
    list->callback([isJson, &chosen] {
        chosen = [isJson](const core::StudioFolders& folders) { return runDatasetsList(*isJson, folders); };
    });

    auto name = std::make_shared<std::string>();
    auto from = std::make_shared<std::optional<std::string>>();
    CLI::App* fetch = verb->add_subcommand("fetch", "Download a data set and verify it");
    fetch->add_option("NAME", *name, "As in \"datasets list\"")->required();
    fetch->add_option("--from", *from, "Take its four files from this folder, not from the network")
        ->type_name("DIR");
    fetch->add_flag("--json", *isJson, "One JSON object on standard output, and nothing else there");
    fetch->footer("Examples:\n"
                  "  tinyvgg-studio datasets fetch mnist\n"
                  "  tinyvgg-studio datasets fetch mnist --from /media/usb/mnist\n"
                  "A download that was interrupted continues where it stopped.");
    fetch->callback([name, from, isJson, &chosen] {
        chosen = [name, from, isJson](const core::StudioFolders& folders) {
            return runDatasetsFetch(*name, *from, *isJson, folders);
        };
    });

    CLI::App* keep = verb->add_subcommand(
        "keep", "Keep drawn digits in a data set of your own, my-digits, as the window does");
    keep->add_option("FILE", *name,
                     "Drawn digits with their labels, one per line, as \"classify --strokes\" reads")
        ->required();
    keep->add_flag("--json", *isJson, "One JSON object on standard output, and nothing else there");
    keep->footer("Example:\n  tinyvgg-studio datasets keep drawn.jsonl");
    keep->callback([name, isJson, &chosen] {
        chosen = [name, isJson](const core::StudioFolders& folders) {
            return runDatasetsKeep(*name, *isJson, folders);
        };
    });

    CLI::App* repair = verb->add_subcommand(
        "repair", "Set the damaged file of my-digits aside, and keep the digits that can be read");
    repair->add_option("NAME", *name, "my-digits")->required();
    repair->add_flag("--json", *isJson, "One JSON object on standard output, and nothing else there");
    repair->footer("Example:\n  tinyvgg-studio datasets repair my-digits");
    repair->callback([name, isJson, &chosen] {
        chosen = [name, isJson](const core::StudioFolders& folders) {
            return runDatasetsRepair(*name, *isJson, folders);
        };
    });

    CLI::App* verify =
        verb->add_subcommand("verify", "Compare the files on this machine with the published checksums");
    verify->add_option("NAME", *name, "As in \"datasets list\"")->required();
    verify->add_flag("--json", *isJson, "One JSON object on standard output, and nothing else there");
    verify->footer("Example:\n  tinyvgg-studio datasets verify mnist");
    verify->callback([name, isJson, &chosen] {
        chosen = [name, isJson](const core::StudioFolders& folders) {
            return runDatasetsVerify(*name, *isJson, folders);
        };
    });
}

void addDevices(CLI::App& root, Verb& chosen)
{
    auto isJson = std::make_shared<bool>(false);
    CLI::App* verb = root.add_subcommand("devices", "Show what can train here, and why the rest cannot");
    verb->add_flag("--json", *isJson, "One JSON object per line");
    verb->footer("Example:\n  tinyvgg-studio devices");
    verb->callback(
        [isJson, &chosen] { chosen = [isJson](const core::StudioFolders&) { return runDevices(*isJson); }; });
}

void addRuns(CLI::App& root, Verb& chosen)
{
    CLI::App* verb =
        root.add_subcommand("runs", "List, show, delete and export trainings, and rebuild their list");
    verb->require_subcommand(1);
    verb->footer("Examples:\n"
                 "  tinyvgg-studio runs list\n"
                 "  tinyvgg-studio runs export 3 for-python\n"
                 "  tinyvgg-studio runs rebuild       after run folders were copied here");
    auto isJson = std::make_shared<bool>(false);
    auto number = std::make_shared<int>(0);
    auto folder = std::make_shared<std::string>();
    const auto add = [&](const char* name, const char* description, auto run) {
        CLI::App* command = verb->add_subcommand(name, description);
        command->callback([isJson, number, folder, run, &chosen] {
            chosen = [=](const core::StudioFolders& folders) {
                return run(*number, *isJson, *folder, folders);
            };
        });
        return command;
    };
    const auto addNumber = [&](CLI::App* command) {
        command->add_option("NUMBER", *number, "As in \"runs list\"")->required()->check(wholeNumberFrom(1));
        return command;
    };
    using Folders = core::StudioFolders;
    add("list", "All of them, the newest first",
        [](int, bool json, const std::string&, const Folders& folders) { return runRunsList(json, folders); })
        ->add_flag("--json", *isJson, "One JSON object per line");
    addNumber(add("show", "One of them, with the metrics of its epochs",
                  [](int run, bool json, const std::string&, const Folders& folders) {
                      return runRunsShow(run, json, folders);
                  }))
        ->add_flag("--json", *isJson, "One JSON object");
    addNumber(add("delete", "Delete a run and its files",
                  [](int run, bool json, const std::string&, const Folders& folders) {
                      return runRunsDelete(run, json, folders);
                  }))
        ->add_flag("--json", *isJson, "One JSON object");
    add("rebuild", "Rebuild the list from the run folders",
        [](int, bool json, const std::string&, const Folders& folders) {
            return runRunsRebuild(json, folders);
        })
        ->add_flag("--json", *isJson, "One JSON object");
    CLI::App* exporting =
        addNumber(add("export", "Copy the weights, and write the metrics as tables",
                      [](int run, bool json, const std::string& to, const Folders& folders) {
                          return runRunsExport(run, json, to, folders);
                      }));
    exporting->add_option("DIR", *folder, "Folder to write to; created if missing")->required();
    exporting->add_flag("--json", *isJson, "One JSON object");
}

/// For example "tinyvgg-studio datasets fetch": the verbs that were recognized.
std::string verbsGiven(const CLI::App& root)
{
    std::string words = "tinyvgg-studio";
    const CLI::App* verb = &root;
    while (!verb->get_subcommands().empty()) {
        verb = verb->get_subcommands().front();
        words += " " + verb->get_name();
    }
    return words;
}

} // namespace

CommandLine parseCommandLine(int argc, const char* const* argv)
{
    CLI::App root("TinyVGG Studio: train a small convolutional network, and see what it learns.\n"
                  "Without a verb it opens its window.",
                  "tinyvgg-studio");
    CommandLine result;
    root.set_version_flag("--version", "tinyvgg-studio " TINYVGG_VERSION, "Print the version and end");
    root.require_subcommand(0, 1);
    root.option_defaults()->take_last(); // so that a script's option can be overridden by repeating it
    root.footer("Examples:\n"
                "  tinyvgg-studio                   the window\n"
                "  tinyvgg-studio train             the course notebook's recipe on MNIST\n"
                "  tinyvgg-studio evaluate 1        where run 1 errs\n"
                "  tinyvgg-studio classify 1 7.png  what run 1 takes a picture for\n"
                "Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted, 141 output closed.");
    addTrain(root, result.runVerb);
    addEvaluate(root, result);
    addClassify(root, result.runVerb);
    addDatasets(root, result.runVerb);
    addRuns(root, result.runVerb);
    addDevices(root, result.runVerb);
    try {
        root.parse(argc, argv);
    } catch (const CLI::Success& request) {
        result.exitCode = root.exit(request, std::cout, std::cerr); // --help and --version print here
    } catch (const CLI::ParseError& error) {
        const std::string words = verbsGiven(root);
        printError(words + ": " + error.what() + "\nSee: " + words + " --help");
        result.exitCode = kWrongUsage;
    }
    return result;
}

} // namespace app
