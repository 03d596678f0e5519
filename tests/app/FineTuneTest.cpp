// train --from, and the digits that it is for.
#include "Studio.h"

#include "support/Files.h"

#include <QJsonDocument>
#include <gtest/gtest.h>

namespace
{

const QString kOwn = QStringLiteral("my-digits");

/// Keeps two of every digit: the fixture's, and the same again.
void keepDigits(const Studio& studio)
{
    for (int i = 0; i < 2; ++i) {
        const Ended kept =
            studio.run({QStringLiteral("datasets"), QStringLiteral("keep"),
                        QStringLiteral(FIXTURES_FOLDER "/drawing/digits.jsonl"), QStringLiteral("--json")});
        ASSERT_EQ(kept.exitCode, 0) << kept.err.toStdString();
        const QJsonObject done = kept.json().front();
        EXPECT_EQ(done[QStringLiteral("kept")].toInt(), 10);
        EXPECT_EQ(done[QStringLiteral("train")].toInt(), 5 * (i + 1));
        EXPECT_EQ(done[QStringLiteral("test")].toInt(), 5 * (i + 1));
    }
}

QStringList fineTuning(const QStringList& more = {})
{
    return QStringList{QStringLiteral("train"), QStringLiteral("--from"), QStringLiteral("1"),
                       QStringLiteral("--threads"), QStringLiteral("1")} +
           more;
}

int rightOf(const Studio& studio, const char* run, const QString& dataset)
{
    const Ended ended = studio.run({QStringLiteral("evaluate"), QLatin1String(run),
                                    QStringLiteral("--dataset"), dataset, QStringLiteral("--json")});
    return ended.exitCode == 0 ? ended.json().front()[QStringLiteral("correct")].toInt() : -1;
}

} // namespace

TEST(FineTune, trainsOnWithKeptDigitsAndTellsGainAndLoss)
{
    const Studio studio;
    ASSERT_EQ(studio.run(quickTraining()).exitCode, 0);
    keepDigits(studio);
    const Ended ended = studio.run(fineTuning({QStringLiteral("--json")}));
    ASSERT_EQ(ended.exitCode, 0) << ended.err.toStdString();
    EXPECT_EQ(ended.err.toStdString(), "");
    const auto lines = ended.json();
    ASSERT_EQ(lines.size(), 13u) << "ten epochs, two data sets, the end";
    EXPECT_EQ(lines[0][QStringLiteral("train_total")].toInt(), 10);
    const QString sketch = QStringLiteral("sketch-digits");
    for (const auto& [line, dataset, total] : {std::tuple{10u, kOwn, 10}, {11u, sketch, 2000}}) {
        EXPECT_EQ(lines[line][QStringLiteral("event")].toString(), QStringLiteral("fine_tuning"));
        EXPECT_EQ(lines[line][QStringLiteral("dataset")].toString(), dataset);
        EXPECT_EQ(lines[line][QStringLiteral("total")].toInt(), total);
        EXPECT_EQ(lines[line][QStringLiteral("before")].toInt(), rightOf(studio, "1", dataset));
        EXPECT_EQ(lines[line][QStringLiteral("after")].toInt(), rightOf(studio, "2", dataset));
    }
    EXPECT_EQ(lines[12][QStringLiteral("run")].toInt(), 2);
    EXPECT_EQ(lines[12][QStringLiteral("test_correct")], lines[10][QStringLiteral("after")]);

    const QJsonObject record =
        QJsonDocument::fromJson(
            studio.read(QStringLiteral("home/.local/share/tinyvgg-studio/runs/2/weights.json")))
            .object();
    const QJsonObject start = record[QStringLiteral("training")][QStringLiteral("started_from")].toObject();
    EXPECT_EQ(start[QStringLiteral("model")].toString(), QStringLiteral("run 1"));
    EXPECT_EQ(start[QStringLiteral("dataset")].toString(), sketch);
    const Ended shown = studio.run({QStringLiteral("runs"), QStringLiteral("show"), QStringLiteral("2")});
    EXPECT_TRUE(shown.out.contains("Fine-tuned from run 1 (")) << shown.out.toStdString();
}

TEST(FineTune, saysSoToPeopleAndGoesOnAsAnyRun)
{
    const Studio studio;
    ASSERT_EQ(studio.run(quickTraining()).exitCode, 0);
    keepDigits(studio);
    const Ended ended = studio.run(fineTuning({QStringLiteral("--epochs"), QStringLiteral("2")}));
    ASSERT_EQ(ended.exitCode, 0) << ended.err.toStdString();
    for (const char* part : {"My digits", "Fine-tuned from run 1", "2 epochs", "not trained on",
                             "Sketch digits", "/10)", "/2000)", " → "})
        EXPECT_TRUE(ended.out.contains(part)) << part << " in\n" << ended.out.toStdString();
    const Ended more =
        studio.run({QStringLiteral("train"), QStringLiteral("--resume"), QStringLiteral("2"),
                    QStringLiteral("--epochs"), QStringLiteral("3"), QStringLiteral("--json")});
    EXPECT_EQ(more.exitCode, 0) << more.err.toStdString();
    EXPECT_EQ(more.json().size(), 2u);
    const Ended shown = studio.run({QStringLiteral("runs"), QStringLiteral("show"), QStringLiteral("2")});
    EXPECT_TRUE(shown.out.contains("Fine-tuned from run 1 (")) << shown.out.toStdString();
}

TEST(FineTune, needsKeptDigits)
{
    const Studio studio;
    ASSERT_EQ(studio.run(quickTraining()).exitCode, 0);
    const Ended ended = studio.run(fineTuning());
    EXPECT_EQ(ended.exitCode, 1);
    EXPECT_TRUE(ended.err.contains("not enough kept digits")) << ended.err.toStdString();
    EXPECT_EQ(studio.run({QStringLiteral("runs"), QStringLiteral("show"), QStringLiteral("2")}).exitCode, 1);
}

TEST(FineTune, needsImagesOfTheModelsSize)
{
    const Studio studio;
    ASSERT_EQ(studio.run(quickTraining()).exitCode, 0);
    const QString folder = studio.makeIdxFolder(QStringLiteral("halves"), 20);
    const Ended ended = studio.run(fineTuning({QStringLiteral("--dataset"), folder}));
    EXPECT_EQ(ended.exitCode, 1);
    EXPECT_TRUE(ended.err.contains("28 × 28") && ended.err.contains("8 × 8")) << ended.err.toStdString();
}

TEST(FineTune, needsARunThatThereIs)
{
    const Ended ended = Studio().run(fineTuning());
    EXPECT_EQ(ended.exitCode, 1);
    EXPECT_TRUE(ended.err.contains("no run 1")) << ended.err.toStdString();
}

TEST(FineTune, hasTheShapeOfTheModelAndARecipeOfItsOwn)
{
    const Studio studio;
    for (const QStringList& more : {QStringList{QStringLiteral("--preset"), QStringLiteral("fast")},
                                    QStringList{QStringLiteral("--hidden-units"), QStringLiteral("4")},
                                    QStringList{QStringLiteral("--kernel-size"), QStringLiteral("5")},
                                    QStringList{QStringLiteral("--resume"), QStringLiteral("1")}})
        EXPECT_EQ(studio.run(fineTuning(more)).exitCode, 2) << more.first().toStdString();
}

TEST(KeptDigits, areRefusedAsAWholeWhereOneHasNoLabel)
{
    const Studio studio;
    test::writeFile(studio.path(QStringLiteral("some.jsonl")).toStdString(),
                    "{\"label\":1,\"strokes\":[[[1,1],[1,9]]]}\n{\"strokes\":[[[1,1],[1,9]]]}\n");
    const Ended ended = studio.run(
        {QStringLiteral("datasets"), QStringLiteral("keep"), studio.path(QStringLiteral("some.jsonl"))});
    EXPECT_EQ(ended.exitCode, 1);
    EXPECT_TRUE(ended.err.contains("line 2: expected a label")) << ended.err.toStdString();
    const Ended listed = studio.run({QStringLiteral("datasets"), QStringLiteral("list")});
    EXPECT_FALSE(listed.out.contains("my-digits"));
}

TEST(KeptDigits, areRefusedWhileTheirFileIsDamagedAndRepairedOnRequest)
{
    const Studio studio;
    keepDigits(studio);
    const QString folder = QStringLiteral("home/.local/share/tinyvgg-studio/datasets/my-digits/");
    const QByteArray sound = studio.read(folder + QStringLiteral("digits.jsonl"));
    test::writeFile(studio.path(folder + QStringLiteral("digits.jsonl")).toStdString(),
                    sound.toStdString() + "{\"label\":7");
    const auto datasets = [&](const QStringList& words) {
        return studio.run(QStringList{QStringLiteral("datasets")} + words);
    };
    const QStringList train = quickTraining({QStringLiteral("--dataset"), kOwn});
    for (const QStringList& words :
         {train, QStringList{QStringLiteral("datasets"), QStringLiteral("verify"), kOwn},
          QStringList{QStringLiteral("datasets"), QStringLiteral("keep"),
                      QStringLiteral(FIXTURES_FOLDER "/drawing/digits.jsonl")}}) {
        const Ended ended = studio.run(words);
        EXPECT_EQ(ended.exitCode, 1) << words[0].toStdString();
        EXPECT_TRUE(ended.err.contains("digits.jsonl, line 21")) << ended.err.toStdString();
        EXPECT_TRUE(ended.err.contains("tinyvgg-studio datasets repair my-digits"));
    }
    EXPECT_EQ(datasets({QStringLiteral("list"), QStringLiteral("--json")})
                  .json()
                  .back()[QStringLiteral("state")]
                  .toString(),
              QStringLiteral("damaged"));

    const Ended repaired = datasets({QStringLiteral("repair"), kOwn, QStringLiteral("--json")});
    ASSERT_EQ(repaired.exitCode, 0) << repaired.err.toStdString();
    const QJsonObject done = repaired.json().front();
    EXPECT_EQ(done[QStringLiteral("kept")].toInt(), 20);
    EXPECT_EQ(done[QStringLiteral("damaged_lines")].toInt(), 1);
    EXPECT_EQ(done[QStringLiteral("original")].toString(),
              studio.path(folder + QStringLiteral("digits.jsonl.damaged-1")));
    EXPECT_EQ(studio.read(folder + QStringLiteral("digits.jsonl")), sound);
    EXPECT_EQ(studio.read(folder + QStringLiteral("digits.jsonl.damaged-1")), sound + "{\"label\":7");
    EXPECT_EQ(studio.run(train).exitCode, 0);
    EXPECT_TRUE(datasets({QStringLiteral("list")}).out.contains("ready in "));

    const Ended again = datasets({QStringLiteral("repair"), kOwn});
    EXPECT_EQ(again.exitCode, 0);
    EXPECT_TRUE(again.out.contains("nothing to repair")) << again.out.toStdString();
    EXPECT_EQ(datasets({QStringLiteral("repair"), QStringLiteral("mnist")}).exitCode, 2);
}
