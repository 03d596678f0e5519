#include "app/TrainOptions.h"

#include "app/NetworkOptions.h"
#include "app/RangedOption.h"
#include "app/TrainCommand.h"
#include "engine/training/TrainingConfigFields.h"
#include "engine/training/TrainingConfigRanges.h"

#include <memory>

namespace app
{
namespace
{

/// An option whose values are the names of an enum's values.
template<typename Enum>
void addNamed(CLI::App& verb, const char* option, Enum& field, const char* description)
{
    const auto check = [](const std::string& name) {
        Enum value{};
        return engine::setByName(value, name) ? std::string() : "found \"" + name + "\"";
    };
    verb.add_option_function<std::string>(
            option, [&field](const std::string& name) { engine::setByName(field, name); }, description)
        ->check(CLI::Validator(check, ""))
        ->type_name("NAME");
}

void rejectAllWithoutEffect(const CLI::App& verb, const engine::TrainingConfig& config)
{
    rejectWithoutEffect(verb, "--momentum", config.optimizer == engine::OptimizerKind::SgdMomentum,
                        "--optimizer momentum");
    const bool hasSteps = config.schedule == engine::Schedule::Step;
    rejectWithoutEffect(verb, "--step-epochs", hasSteps, "--schedule step");
    rejectWithoutEffect(verb, "--step-factor", hasSteps, "--schedule step");
}

} // namespace

void addTrain(CLI::App& root, Verb& chosen)
{
    auto request = std::make_shared<TrainRequest>();
    engine::TrainingConfig& config = request->config;
    CLI::App* verb = root.add_subcommand("train", "Train a network and keep it as a run");
    verb->add_option("--dataset", request->dataset,
                     "A name from \"datasets list\", or a folder with the four IDX files [mnist]");
    // Must be the first option, so that the others override its values wherever they appear.
    auto* preset = verb->add_option_function<std::string>(
                           "--preset",
                           [&config](const std::string& name) {
                               config =
                                   engine::withPreset(config, name == "fast"     ? engine::Preset::Fast
                                                              : name == "robust" ? engine::Preset::Robust
                                                                                 : engine::Preset::Notebook);
                           },
                           "notebook: the recipe of the course's notebook; fast: 98.8 % of MNIST in two "
                           "epochs; robust: for what people draw, in about a minute [notebook]")
                       ->check(oneOf({"notebook", "fast", "robust"}))
                       ->type_name("NAME");
    auto* from =
        verb->add_option_function<std::string>(
                "--from",
                [&config, &from = request->from](const std::string& run) {
                    from = run;
                    config = engine::fineTuningRecipe(config);
                },
                "Begin with the weights of this run (a number, a folder or a weights file) and train on "
                "with another data set, by a recipe for few images: 10 epochs, batches of 8, learning "
                "rate 0.01, handwriting augmentation. Says what that gained and cost. --dataset is "
                "then my-digits unless named")
            ->excludes(preset)
            ->type_name("RUN");
    namespace ranges = engine::ranges;
    addRanged(*verb, "--epochs", config.epochs, ranges::kEpochs, "Passes over the training images");
    addRanged(*verb, "--batch-size", config.batchSize, ranges::kBatchSize, "Images per step");
    addNamed(*verb, "--optimizer", config.optimizer, "sgd, momentum (SGD with momentum) or adamw [sgd]");
    addRanged(*verb, "--lr", config.learningRate, ranges::kLearningRate, "Learning rate");
    addRanged(*verb, "--momentum", config.momentum, ranges::kMomentum, "Of --optimizer momentum");
    addRanged(*verb, "--weight-decay", config.weightDecay, ranges::kWeightDecay,
              "Strength of the pull of every weight toward zero");
    addRanged(*verb, "--label-smoothing", config.labelSmoothing, ranges::kLabelSmoothing,
              "Share of the target that is spread evenly over all classes");
    addNamed(*verb, "--schedule", config.schedule,
             "Of the learning rate: constant, step or one-cycle [constant]");
    addRanged(*verb, "--step-epochs", config.stepEpochs, ranges::kStepEpochs,
              "Epochs between the steps of --schedule step");
    addRanged(*verb, "--step-factor", config.stepFactor, ranges::kStepFactor,
              "Factor of the learning rate at such a step");
    addNamed(*verb, "--augment", config.augmentation,
             "none; affine: random rotation, scale, shear and shift; handwriting: more shear and less "
             "rotation [none]");
    addRanged(*verb, "--validation", config.validationShare, ranges::kValidationShare,
              "Share of the training images that is held back for validation")
        ->type_name("SHARE");
    addRanged(*verb, "--patience", config.patience, ranges::kPatience,
              "Stop after this many epochs without a lower validation loss and restore the best; 0: never")
        ->type_name("EPOCHS");
    addNetworkOptions(*verb, config.network, request->network, from);
    addRanged(*verb, "--seed", config.seed, ranges::kSeed,
              "Of all random numbers: initial weights, order of images, augmentation, dropout")
        ->check(wholeNumberFrom(ranges::kSeed.low));
    verb->add_option("--limit", config.sampleLimit, "Train on the first N images only [all]")
        ->check(wholeNumberFrom(1))
        ->type_name("N");
    addDevice(*verb, request->device);
    addThreads(*verb, config.threads);
    verb->add_option("--out", request->out, "Folder for the run, in place of the next number among the runs")
        ->type_name("DIR");
    auto* resume = verb->add_option("--resume", request->resume,
                                    "Resume this run, by its own recipe: a number or a folder. With --epochs "
                                    "for more of them")
                       ->type_name("RUN");
    for (CLI::Option* option : verb->get_options()) {
        const std::string name = option->get_name();
        if (name != "--resume" && name != "--epochs" && name != "--device" && name != "--threads" &&
            name != "--help")
            resume->excludes(option);
    }
    verb->add_flag("--json", request->isJson, "Only JSON on standard output, one object per line");
    verb->footer(
        "Examples:\n"
        "  tinyvgg-studio train\n"
        "  tinyvgg-studio train --preset fast\n"
        "  tinyvgg-studio train --validation 0.1 --patience 3 --epochs 50 --augment affine\n"
        "  tinyvgg-studio train --blocks 3 --kernel-sizes 3,3,5,5,3,3 --hidden-units 10,20,20\n"
        "  tinyvgg-studio train --dataset sketch-digits --network my-network.json\n"
        "  tinyvgg-studio train --limit 6000 --out first-try --json\n"
        "  tinyvgg-studio train --resume 3 --epochs 6\n"
        "  tinyvgg-studio train --from 3 --dataset my-digits\n"
        "Ctrl+C stops after the batch under way and keeps all that --resume needs; a second one quits at "
        "once.");
    verb->callback([request, verb, &chosen] {
        if (verb->count("--epochs") > 0)
            request->epochs = request->config.epochs;
        finishNetworkOptions(*verb, request->config.network, request->network);
        if (auto valid = engine::validate(request->config); !valid)
            throw CLI::ValidationError(valid.error().message, CLI::ExitCodes::ValidationError);
        rejectAllWithoutEffect(*verb, request->config);
        chosen = [request](const core::StudioFolders& folders) { return runTrain(*request, folders); };
    });
}

} // namespace app
