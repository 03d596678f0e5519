#include "Studio.h"

#include <QDir>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <csignal>
#include <gtest/gtest.h>

namespace
{

/// Starts a long training and returns when its first epoch is reported.
void startLongTraining(const Studio& studio, QProcess& process, QByteArray& firstLine)
{
    studio.start(process,
                 {QStringLiteral("train"), QStringLiteral("--dataset"), QStringLiteral("sketch-digits"),
                  QStringLiteral("--limit"), QStringLiteral("640"), QStringLiteral("--epochs"),
                  QStringLiteral("1000"), QStringLiteral("--threads"), QStringLiteral("1"),
                  QStringLiteral("--out"), studio.path(QStringLiteral("run")), QStringLiteral("--json")});
    while (!process.canReadLine() && process.waitForReadyRead(600'000)) {
    }
    firstLine = process.readLine();
    ASSERT_TRUE(firstLine.contains("\"epoch\"")) << process.readAllStandardError().toStdString();
}

class StoppedBy : public testing::TestWithParam<int>
{
};

} // namespace

TEST(Train, printsWhatItDoes)
{
    const Studio studio;
    const Ended ended = studio.run(quickTraining({QStringLiteral("--epochs"), QStringLiteral("2")}));
    ASSERT_EQ(ended.exitCode, 0) << ended.err.toStdString();
    for (const char* part :
         {"Sketch digits", "320 training", "2,000 test", "built in", "7,740 parameters", "batch size 32",
          "learning rate 0.1", "seed 42", "1 thread\n", "Epoch 1/2", "Epoch 2/2", "Weights: "})
        EXPECT_TRUE(ended.out.contains(part)) << part << " in\n" << ended.out.toStdString();
    EXPECT_FALSE(ended.out.contains('\r')); // no progress bar without a terminal
    EXPECT_EQ(ended.err.toStdString(), "");
    const QRegularExpression accuracy(QStringLiteral(R"((\d+\.\d\d) % \((\d+)/2000\))"));
    const QRegularExpressionMatch match = accuracy.match(QString::fromUtf8(ended.out));
    ASSERT_TRUE(match.hasMatch());
    EXPECT_DOUBLE_EQ(match.captured(1).toDouble(), match.captured(2).toInt() / 20.0);
}

TEST(Train, printsJsonLinesAndNothingElse)
{
    const Studio studio;
    const Ended ended = studio.run(
        quickTraining({QStringLiteral("--epochs"), QStringLiteral("2"), QStringLiteral("--json")}));
    ASSERT_EQ(ended.exitCode, 0) << ended.err.toStdString();
    const auto lines = ended.json();
    ASSERT_EQ(lines.size(), 3u);
    for (std::size_t i = 0; i < 2; ++i) {
        EXPECT_EQ(lines[i].keys(),
                  (QStringList{QStringLiteral("epoch"), QStringLiteral("event"), QStringLiteral("seconds"),
                               QStringLiteral("test_correct"), QStringLiteral("test_loss"),
                               QStringLiteral("test_total"), QStringLiteral("train_correct"),
                               QStringLiteral("train_loss"), QStringLiteral("train_total")}));
        EXPECT_EQ(lines[i][QStringLiteral("event")].toString(), QStringLiteral("epoch"));
        EXPECT_EQ(lines[i][QStringLiteral("epoch")].toInt(), static_cast<int>(i) + 1);
        EXPECT_EQ(lines[i][QStringLiteral("train_total")].toInt(), 320);
        EXPECT_EQ(lines[i][QStringLiteral("test_total")].toInt(), 2000);
        EXPECT_LE(lines[i][QStringLiteral("train_correct")].toInt(), 320);
        EXPECT_LE(lines[i][QStringLiteral("test_correct")].toInt(), 2000);
        EXPECT_GT(lines[i][QStringLiteral("train_loss")].toDouble(), 0);
        EXPECT_GT(lines[i][QStringLiteral("seconds")].toDouble(), 0);
    }
    const QJsonObject done = lines.back();
    EXPECT_EQ(done.keys(),
              (QStringList{QStringLiteral("event"), QStringLiteral("path"), QStringLiteral("run"),
                           QStringLiteral("seconds"), QStringLiteral("test_correct"),
                           QStringLiteral("test_total"), QStringLiteral("weights")}));
    EXPECT_EQ(done[QStringLiteral("event")].toString(), QStringLiteral("done"));
    EXPECT_EQ(done[QStringLiteral("run")].toInt(), 1);
    EXPECT_EQ(done[QStringLiteral("path")].toString(), studio.runsFolder() + QStringLiteral("/1"));
    EXPECT_TRUE(QFileInfo::exists(done[QStringLiteral("weights")].toString()));
    EXPECT_EQ(done[QStringLiteral("test_correct")], lines[1][QStringLiteral("test_correct")]);
    EXPECT_EQ(done[QStringLiteral("test_total")], lines[1][QStringLiteral("test_total")]);
    EXPECT_EQ(ended.err.toStdString(), "");
}

TEST(Train, givesTheSameMetricsForTheSameSeed)
{
    const Studio studio;
    const auto metrics = [&](const char* seed) {
        const auto lines =
            studio
                .run(quickTraining({QStringLiteral("--seed"), QLatin1String(seed), QStringLiteral("--json")}))
                .json();
        return lines.empty() ? QJsonValue() : lines.front()[QStringLiteral("train_loss")];
    };
    const QJsonValue first = metrics("7");
    EXPECT_TRUE(first.isDouble());
    EXPECT_EQ(first, metrics("7"));
    EXPECT_NE(first, metrics("8"));
}

TEST(Train, numbersItsRuns)
{
    const Studio studio;
    for (int run = 1; run <= 2; ++run) {
        const auto lines = studio.run(quickTraining({QStringLiteral("--json")})).json();
        ASSERT_FALSE(lines.empty());
        EXPECT_EQ(lines.back()[QStringLiteral("run")].toInt(), run);
    }
}

TEST(Train, keepsTheRunInTheFolderAskedFor)
{
    const Studio studio;
    const QStringList arguments = quickTraining(
        {QStringLiteral("--json"), QStringLiteral("--out"), studio.path(QStringLiteral("a/b"))});
    const Ended ended = studio.run(arguments);
    ASSERT_EQ(ended.exitCode, 0) << ended.err.toStdString();
    EXPECT_EQ(ended.json().back()[QStringLiteral("run")].toInt(), 1);
    EXPECT_EQ(
        QDir(studio.path(QStringLiteral("a/b"))).entryList(QDir::Files),
        (QStringList{QStringLiteral("checkpoint.safetensors"), QStringLiteral("predictions.safetensors"),
                     QStringLiteral("weights.json"), QStringLiteral("weights.pt")}));
    EXPECT_FALSE(QFileInfo::exists(studio.runsFolder()));

    const QJsonObject record =
        QJsonDocument::fromJson(studio.read(QStringLiteral("a/b/weights.json"))).object();
    EXPECT_EQ(record[QStringLiteral("dataset")][QStringLiteral("id")].toString(),
              QStringLiteral("sketch-digits"));
    EXPECT_EQ(record[QStringLiteral("finished_epochs")].toArray().size(), 1);

    const QByteArray weights = studio.read(QStringLiteral("a/b/weights.pt"));
    const Ended again = studio.run(arguments);
    EXPECT_EQ(again.exitCode, 1);
    EXPECT_TRUE(again.err.contains("weights.pt")) << again.err.toStdString();
    EXPECT_TRUE(again.err.contains("--resume")) << again.err.toStdString();
    EXPECT_EQ(studio.read(QStringLiteral("a/b/weights.pt")), weights);
}

TEST(Train, saysSoWhereTheFolderCannotBeMade)
{
    const Studio studio;
    const Ended ended = studio.run(quickTraining({QStringLiteral("--out"), QStringLiteral("/proc/no/such")}));
    EXPECT_EQ(ended.exitCode, 1);
    EXPECT_TRUE(ended.err.contains("/proc/no/such")) << ended.err.toStdString();
}

TEST(Train, takesOptionsOverThePreset)
{
    const Studio studio;
    const Ended ended = studio.run(
        quickTraining({QStringLiteral("--preset"), QStringLiteral("notebook"), QStringLiteral("--batch-size"),
                       QStringLiteral("64"), QStringLiteral("--kernel-size"), QStringLiteral("5"),
                       QStringLiteral("--hidden-units"), QStringLiteral("4"), QStringLiteral("--lr"),
                       QStringLiteral("0.05")}));
    ASSERT_EQ(ended.exitCode, 0) << ended.err.toStdString();
    for (const char* part :
         {"batch size 64", "kernel size 5", "4 hidden units", "learning rate 0.05", "1 epoch"})
        EXPECT_TRUE(ended.out.contains(part)) << part << " in\n" << ended.out.toStdString();
}

TEST(Train, writesNullForAFigureThatIsNoNumber)
{
    // Steps this long drive the weights, and with them the loss, out of the numbers.
    const Studio studio;
    const Ended ended =
        studio.run(quickTraining({QStringLiteral("--lr"), QStringLiteral("10"), QStringLiteral("--epochs"),
                                  QStringLiteral("3"), QStringLiteral("--json")}));
    EXPECT_EQ(ended.exitCode, 0) << ended.err.toStdString();
    EXPECT_EQ(ended.json().size(), 4u);
    EXPECT_FALSE(ended.out.contains("nan"));
    EXPECT_FALSE(ended.out.contains("inf"));
}

TEST(Train, fallsBackToSketchDigitsWithoutMnistAndSaysSo)
{
    const Studio studio;
    const Ended ended =
        studio.run({QStringLiteral("train"), QStringLiteral("--limit"), QStringLiteral("64"),
                    QStringLiteral("--epochs"), QStringLiteral("1"), QStringLiteral("--json")});
    if (QDir(QStringLiteral("/usr/share/datasets/mnist")).exists())
        GTEST_SKIP() << "this machine has MNIST for everybody";
    EXPECT_EQ(ended.exitCode, 0) << ended.err.toStdString();
    EXPECT_EQ(ended.json().size(), 2u);
    EXPECT_TRUE(ended.err.contains("datasets fetch mnist")) << ended.err.toStdString();
}

TEST(Train, doesNotFallBackFromADatasetThatWasNamed)
{
    if (QDir(QStringLiteral("/usr/share/datasets/mnist")).exists())
        GTEST_SKIP() << "this machine has MNIST for everybody";
    const Ended ended =
        Studio().run({QStringLiteral("train"), QStringLiteral("--dataset"), QStringLiteral("mnist")});
    EXPECT_EQ(ended.exitCode, 1);
    EXPECT_EQ(ended.out.toStdString(), "");
    EXPECT_TRUE(ended.err.contains("MNIST is not on this computer")) << ended.err.toStdString();
    EXPECT_TRUE(ended.err.contains("tinyvgg-studio datasets fetch mnist")) << ended.err.toStdString();
}

TEST(Train, saysThatADatasetIsUnknown)
{
    const Ended ended =
        Studio().run({QStringLiteral("train"), QStringLiteral("--dataset"), QStringLiteral("no-such")});
    EXPECT_EQ(ended.exitCode, 1);
    EXPECT_EQ(ended.out.toStdString(), "");
    EXPECT_TRUE(ended.err.contains("no-such")) << ended.err.toStdString();
}

TEST(Train, saysWhyAGpuCannotBeUsed)
{
    const Ended ended = Studio().run(quickTraining({QStringLiteral("--device"), QStringLiteral("gpu:99")}));
    EXPECT_EQ(ended.exitCode, 1);
    EXPECT_EQ(ended.out.toStdString(), "");
    EXPECT_TRUE(ended.err.contains("GPU 99 cannot be used")) << ended.err.toStdString();
}

TEST(Train, learnsFromAFolderOfIdxFiles)
{
    const Studio studio;
    const QString folder = studio.makeIdxFolder(QStringLiteral("halves"), 200);
    const Ended ended =
        studio.run({QStringLiteral("train"), QStringLiteral("--dataset"), QStringLiteral("halves"),
                    QStringLiteral("--threads"), QStringLiteral("1"), QStringLiteral("--json")});
    ASSERT_EQ(ended.exitCode, 0) << ended.err.toStdString();
    EXPECT_EQ(ended.json().back()[QStringLiteral("test_correct")].toInt(), 200);

    // The run remembers the folder, from wherever it is evaluated.
    const Ended evaluated = studio.runShell(QStringLiteral("cd / && \"$STUDIO\" evaluate 1 --json"));
    ASSERT_EQ(evaluated.exitCode, 0) << evaluated.err.toStdString();
    EXPECT_EQ(evaluated.json().front()[QStringLiteral("correct")].toInt(), 200);
    EXPECT_TRUE(QFileInfo::exists(folder));
}

TEST_P(StoppedBy, keepsTheWeightsAndEndsWith130)
{
    const Studio studio;
    QProcess process;
    QByteArray firstLine;
    startLongTraining(studio, process, firstLine);
    ASSERT_EQ(::kill(static_cast<pid_t>(process.processId()), GetParam()), 0);
    const Ended ended = waitFor(process);
    EXPECT_EQ(ended.exitCode, 130) << ended.err.toStdString();

    const auto lines = ended.json();
    ASSERT_FALSE(lines.empty());
    const QJsonObject done = lines.back();
    EXPECT_EQ(done[QStringLiteral("event")].toString(), QStringLiteral("done"));
    EXPECT_TRUE(done[QStringLiteral("stopped")].toBool());

    const Ended evaluated = studio.run(
        {QStringLiteral("evaluate"), done[QStringLiteral("path")].toString(), QStringLiteral("--json")});
    ASSERT_EQ(evaluated.exitCode, 0) << evaluated.err.toStdString();
    const QJsonObject evaluation = evaluated.json().front();
    EXPECT_EQ(evaluation[QStringLiteral("total")].toInt(), 2000);
    // Stopped between two epochs, the weights are tested ones; within an epoch no metrics are claimed.
    if (!done[QStringLiteral("test_correct")].isNull()) {
        EXPECT_EQ(done[QStringLiteral("test_correct")], evaluation[QStringLiteral("correct")]);
    } else
        EXPECT_TRUE(done[QStringLiteral("test_total")].isNull());
}

INSTANTIATE_TEST_SUITE_P(Train, StoppedBy, testing::Values(SIGINT, SIGTERM, SIGHUP));

class ReaderEnds : public testing::TestWithParam<const char*>
{
};

TEST_P(ReaderEnds, stopsAndIsResumedToTheSameWeights)
{
    const Studio studio;
    const QStringList words = {quickTraining().join(QLatin1Char(' ')), QLatin1String(GetParam())};
    const QString train = QStringLiteral("\"$STUDIO\" ") + words.join(QLatin1Char(' '));
    const Ended ended = studio.runShell(QStringLiteral("mkfifo pipe\n"
                                                       "%1 --epochs 1000 > pipe & read -r line < pipe\n"
                                                       "wait $!")
                                            .arg(train));
    EXPECT_EQ(ended.exitCode, 141);
    EXPECT_EQ(ended.err.toStdString(), "The training was stopped because its output cannot be written. To "
                                       "resume it: tinyvgg-studio train --resume 1\n");
    const QJsonObject stopped = studio
                                    .run({QStringLiteral("runs"), QStringLiteral("show"), QStringLiteral("1"),
                                          QStringLiteral("--json")})
                                    .json()
                                    .front();
    EXPECT_EQ(stopped[QStringLiteral("state")].toString(), QStringLiteral("stopped"));
    EXPECT_EQ(stopped[QStringLiteral("problem")], QJsonValue());

    const QString epochs = QString::number(stopped[QStringLiteral("epochs")].toInt() + 2);
    const Ended resumed =
        studio.run({QStringLiteral("train"), QStringLiteral("--resume"), QStringLiteral("1"),
                    QStringLiteral("--epochs"), epochs, QStringLiteral("--threads"), QStringLiteral("1")});
    EXPECT_EQ(resumed.exitCode, 0) << resumed.err.toStdString();
    ASSERT_EQ(studio.run(quickTraining({QStringLiteral("--epochs"), epochs})).exitCode, 0);
    EXPECT_EQ(studio.read(QStringLiteral("home/.local/share/tinyvgg-studio/runs/1/weights.pt")),
              studio.read(QStringLiteral("home/.local/share/tinyvgg-studio/runs/2/weights.pt")));
}

INSTANTIATE_TEST_SUITE_P(Train, ReaderEnds, testing::Values("", "--json"));

TEST(Train, keepsItsRunWhereStandardOutputIsClosed)
{
    const Studio studio;
    const Ended ended = studio.runShell(
        QStringLiteral("\"$STUDIO\" train --dataset sketch-digits --limit 64 --epochs 1 >&- 2>&- && "
                       "\"$STUDIO\" evaluate 1 --json"));
    EXPECT_EQ(ended.exitCode, 0) << ended.err.toStdString();
    EXPECT_EQ(ended.json().size(), 1u);
}

TEST(Train, goesOnWithAStoppedRunToTheSameWeights)
{
    const Studio studio;
    const QStringList recipe = {QStringLiteral("--preset"),  QStringLiteral("fast"),
                                QStringLiteral("--augment"), QStringLiteral("affine"),
                                QStringLiteral("--epochs"),  QStringLiteral("3"),
                                QStringLiteral("--limit"),   QStringLiteral("3200")};
    ASSERT_EQ(studio.run(quickTraining(recipe)).exitCode, 0);

    QProcess process;
    studio.start(process, quickTraining(recipe + QStringList{QStringLiteral("--json")}));
    ASSERT_TRUE(process.waitForReadyRead(600'000)); // the first epoch
    process.terminate();
    EXPECT_EQ(waitFor(process).exitCode, 130);
    const Ended resumed = studio.run(
        {QStringLiteral("train"), QStringLiteral("--resume"), QStringLiteral("2"), QStringLiteral("--json")});
    EXPECT_EQ(resumed.exitCode, 0) << resumed.err.toStdString();
    EXPECT_EQ(resumed.json().back()[QStringLiteral("run")].toInt(), 2);
    EXPECT_EQ(studio.read(QStringLiteral("home/.local/share/tinyvgg-studio/runs/2/weights.pt")),
              studio.read(QStringLiteral("home/.local/share/tinyvgg-studio/runs/1/weights.pt")));

    const Ended again =
        studio.run({QStringLiteral("train"), QStringLiteral("--resume"), QStringLiteral("2")});
    EXPECT_EQ(again.exitCode, 1);
    EXPECT_TRUE(again.err.contains("--epochs")) << again.err.toStdString();
    const Ended more =
        studio.run({QStringLiteral("train"), QStringLiteral("--resume"), QStringLiteral("2"),
                    QStringLiteral("--epochs"), QStringLiteral("4"), QStringLiteral("--json")});
    EXPECT_EQ(more.exitCode, 0) << more.err.toStdString();
    ASSERT_EQ(more.json().size(), 2u);
    EXPECT_EQ(more.json()[0][QStringLiteral("epoch")].toInt(), 4);
}

TEST(Train, takesPresetsAndOverridesOfThemInAnyOrder)
{
    const Studio studio;
    const Ended fast = studio.run(quickTraining({QStringLiteral("--batch-size"), QStringLiteral("64"),
                                                 QStringLiteral("--preset"), QStringLiteral("fast")}));
    EXPECT_EQ(fast.exitCode, 0) << fast.err.toStdString();
    EXPECT_TRUE(fast.out.contains("Custom · 1 epoch · batch size 64 · AdamW")) << fast.out.toStdString();
}

TEST(Train, endsEarlyAndReportsValidation)
{
    const Studio studio;
    const Ended ended = studio.run(quickTraining(
        {QStringLiteral("--epochs"), QStringLiteral("40"), QStringLiteral("--preset"), QStringLiteral("fast"),
         QStringLiteral("--schedule"), QStringLiteral("constant"), QStringLiteral("--lr"),
         QStringLiteral("0.05"), QStringLiteral("--validation"), QStringLiteral("0.2"),
         QStringLiteral("--patience"), QStringLiteral("2"), QStringLiteral("--json")}));
    EXPECT_EQ(ended.exitCode, 0) << ended.err.toStdString();
    const auto lines = ended.json();
    EXPECT_LT(lines.size(), 41u);
    EXPECT_EQ(lines[0][QStringLiteral("validation_total")].toInt(), 64);
    EXPECT_EQ(lines[0][QStringLiteral("train_total")].toInt(), 256);
}
