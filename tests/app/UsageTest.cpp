#include "Studio.h"

#include "engine/network/NetworkRanges.h"
#include "engine/training/TrainingConfig.h"
#include "engine/training/TrainingConfigRanges.h"

#include <gtest/gtest.h>
#include <ostream>

namespace
{

QStringList words(const char* line)
{
    return QString::fromLatin1(line).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

} // namespace

TEST(Usage, helpsAtEveryLevel)
{
    const Studio studio;
    for (const char* line :
         {"--help", "-h", "train --help", "evaluate --help", "datasets --help", "datasets list --help",
          "datasets fetch --help", "datasets verify --help", "datasets repair --help", "devices --help",
          "classify --help", "runs --help", "runs list --help", "runs show --help", "runs delete --help",
          "runs export --help"}) {
        const Ended ended = studio.run(words(line));
        EXPECT_EQ(ended.exitCode, 0) << line;
        EXPECT_TRUE(ended.out.contains("Usage: tinyvgg-studio")) << line << ended.out.toStdString();
        EXPECT_EQ(ended.err.toStdString(), "") << line;
    }
}

TEST(Usage, namesEveryVerbInItsHelp)
{
    const QByteArray help = Studio().run(words("--help")).out;
    for (const char* verb : {"train", "evaluate", "classify", "datasets", "runs", "devices"})
        EXPECT_TRUE(help.contains(verb)) << verb;
}

TEST(Usage, saysTheRangesThatAreChecked)
{
    namespace ranges = engine::ranges;
    // As words, since lines are broken anywhere.
    const QString help = QString::fromUtf8(Studio().run(words("train --help")).out).simplified();
    for (const auto& [option, range, standard] :
         {std::tuple{"--epochs", ranges::kEpochs, 3},
          {"--batch-size", ranges::kBatchSize, 32},
          {"--step-epochs", ranges::kStepEpochs, 1},
          {"--patience", ranges::kPatience, 0},
          {"--blocks", ranges::kBlocks, 2},
          {"--convolutions-per-block", ranges::kConvolutionsPerBlock, 2},
          {"--threads", ranges::kThreads, 0}}) {
        const QString text = QString::fromStdString(textOf(range)) + QStringLiteral(" [%1]").arg(standard);
        EXPECT_TRUE(help.mid(help.indexOf(QLatin1String(option))).contains(text)) << option;
    }
    for (const auto& [option, range, standard] : {std::tuple{"--lr", ranges::kLearningRate, .1},
                                                  {"--momentum", ranges::kMomentum, .9},
                                                  {"--weight-decay", ranges::kWeightDecay, 0.},
                                                  {"--label-smoothing", ranges::kLabelSmoothing, 0.},
                                                  {"--step-factor", ranges::kStepFactor, .5},
                                                  {"--dropout", ranges::kDropout, 0.},
                                                  {"--validation", ranges::kValidationShare, 0.}}) {
        const QString text = QString::fromStdString(textOf(range)) + QStringLiteral(" [%1]").arg(standard);
        EXPECT_TRUE(help.mid(help.indexOf(QLatin1String(option))).contains(text)) << option;
    }
    for (const auto& range : {ranges::kHiddenUnits, ranges::kKernelSizes})
        EXPECT_TRUE(help.contains(QString::fromStdString(textOf(range) + ": one number"))) << range.name;
    EXPECT_TRUE(help.contains(QString::fromStdString(textOf(ranges::kSeed) + " [42]")));
}

TEST(Usage, everyVerbPrintsJson)
{
    const Studio studio;
    for (const char* line :
         {"train", "evaluate", "classify", "datasets list", "datasets fetch", "datasets verify", "runs list",
          "runs show", "runs delete", "runs export", "devices"}) {
        const QByteArray help = studio.run(words(line) + QStringList{QStringLiteral("--help")}).out;
        EXPECT_TRUE(help.contains("--json")) << line;
    }
}

TEST(Usage, saysItsVersion)
{
    const Ended ended = Studio().run(words("--version"));
    EXPECT_EQ(ended.exitCode, 0);
    EXPECT_TRUE(ended.out.startsWith("tinyvgg-studio ")) << ended.out.toStdString();
}

TEST(Usage, lastOfARepeatedOptionCounts)
{
    const Ended ended = Studio().run(words("train --epochs 5 --epochs 0"));
    EXPECT_EQ(ended.exitCode, 2);
    EXPECT_TRUE(ended.err.contains("found 0")) << ended.err.toStdString();
}

struct WrongUsage {
    const char* arguments;
    const char* message; ///< on stderr
};

/// Names the test; without it, an address would.
void PrintTo(const WrongUsage& wrong, std::ostream* out)
{
    *out << wrong.arguments;
}

class WrongUsageTest : public testing::TestWithParam<WrongUsage>
{
};

TEST_P(WrongUsageTest, endsWith2AndSaysWhatWasExpected)
{
    const Ended ended = Studio().run(words(GetParam().arguments));
    EXPECT_EQ(ended.exitCode, 2);
    EXPECT_EQ(ended.out.toStdString(), "");
    EXPECT_TRUE(ended.err.contains(GetParam().message)) << ended.err.toStdString();
    EXPECT_TRUE(ended.err.contains("--help")) << ended.err.toStdString();
}

INSTANTIATE_TEST_SUITE_P(
    CommandLine, WrongUsageTest,
    testing::Values(
        WrongUsage{"fly", "fly"}, WrongUsage{"--nope", "--nope"}, WrongUsage{"train --nope", "--nope"},
        WrongUsage{"train evaluate", "evaluate"}, WrongUsage{"train --epochs 0", "1 to 1000"},
        WrongUsage{"train --epochs many", "--epochs"}, WrongUsage{"train --epochs 99999999999", "--epochs"},
        WrongUsage{"train --epochs", "--epochs"}, WrongUsage{"train --batch-size 5000", "1 to 4096"},
        WrongUsage{"train --lr 0", "Learning rate"}, WrongUsage{"train --lr nan", "Learning rate"},
        WrongUsage{"train --lr 0,1", "--lr"}, WrongUsage{"train --hidden-units 129", "Hidden units"},
        WrongUsage{"train --kernel-size 12", "1 to 11"}, WrongUsage{"train --seed -1", "--seed"},
        WrongUsage{"train --limit 0", "from 1"}, WrongUsage{"train --limit -5", "from 1"},
        WrongUsage{"train --threads 1000", "Threads"}, WrongUsage{"train --device tpu", "auto, cpu"},
        WrongUsage{"train --device gpu:x", "gpu:N"}, WrongUsage{"train --preset huge", "notebook"},
        WrongUsage{"evaluate", "RUN"}, WrongUsage{"evaluate 1 --split both", "test"},
        WrongUsage{"evaluate 1 --threads -1", "--threads"}, WrongUsage{"evaluate 1 2", "2"},
        WrongUsage{"datasets", "subcommand"}, WrongUsage{"datasets fetch", "NAME"},
        WrongUsage{"datasets verify", "NAME"}, WrongUsage{"devices all", "all"},
        WrongUsage{"train --momentum 0.5", "--optimizer momentum"},
        WrongUsage{"train --preset fast --momentum 0.5", "--optimizer momentum"},
        WrongUsage{"train --step-epochs 2", "--schedule step"},
        WrongUsage{"train --step-factor 0.1 --schedule one-cycle", "--schedule step"},
        WrongUsage{"train --patience 3", "alidation"}, WrongUsage{"classify", "RUN"},
        WrongUsage{"classify 1 7.png --nope", "--nope"}, WrongUsage{"runs", "subcommand"},
        WrongUsage{"runs list 1", "1"}, WrongUsage{"runs show", "NUMBER"},
        WrongUsage{"runs show 0", "from 1"}, WrongUsage{"runs delete", "NUMBER"},
        WrongUsage{"runs delete 1 2", "2"}, WrongUsage{"runs export 1", "DIR"},
        WrongUsage{"evaluate 1 --picture-scale 4", "--confusion-png"}));

/// As programs do that the signal SIGPIPE ends: "runs list | head -1" must not look like a failure.
TEST(Usage, endsSilentlyWhereTheReaderOfTheOutputHasEnded)
{
    const Studio studio;
    for (const char* line : {"--help", "train --help", "runs list", "datasets list", "datasets list --json",
                             "datasets verify sketch-digits", "devices"}) {
        // A pipe that was opened for reading and writing, of which only a writing end is left.
        const Ended ended =
            studio.runShell(QStringLiteral("mkfifo pipe && exec 3<>pipe 4>pipe 3>&-; rm pipe\n"
                                           "\"$STUDIO\" %1 >&4")
                                .arg(QLatin1String(line)));
        EXPECT_EQ(ended.exitCode, 141) << line;
        EXPECT_EQ(ended.err.toStdString(), "") << line;
    }
}

TEST(Usage, endsSilentlyWhereTheReaderOfATableEnds)
{
    const Studio studio;
    ASSERT_EQ(studio.run(quickTraining()).exitCode, 0);
    const Ended ended = studio.runShell(
        QStringLiteral("\"$STUDIO\" evaluate 1 --predictions-csv /dev/stdout | head -c 10 > beginning\n"
                       "exit ${PIPESTATUS[0]}"));
    EXPECT_EQ(ended.exitCode, 141);
    EXPECT_EQ(ended.err.toStdString(), "");
}
