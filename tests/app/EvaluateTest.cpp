#include "Studio.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QJsonArray>
#include <algorithm>
#include <gtest/gtest.h>
#include <map>

namespace
{

/// One run of a second's training, which the test evaluates.
class Evaluate : public testing::Test
{
protected:
    void SetUp() override
    {
        const Ended trained = studio.run(
            quickTraining({QStringLiteral("--limit"), QStringLiteral("1600"), QStringLiteral("--epochs"),
                           QStringLiteral("2"), QStringLiteral("--json")}));
        ASSERT_EQ(trained.exitCode, 0) << trained.err.toStdString();
        done = trained.json().back();
        lastEpoch = trained.json()[1];
    }

    Ended evaluate(const QStringList& more = {}) const
    {
        return studio.run(QStringList{QStringLiteral("evaluate"), QStringLiteral("1")} + more);
    }

    Studio studio;
    QJsonObject done;
    QJsonObject lastEpoch;
};

std::vector<QList<QByteArray>> rows(const QByteArray& csv)
{
    std::vector<QList<QByteArray>> result;
    for (const QByteArray& line : csv.split('\n')) {
        if (!line.isEmpty())
            result.push_back(line.split(','));
    }
    return result;
}

} // namespace

TEST_F(Evaluate, drawsItsProgressOnATerminalOnly)
{
    if (studio.runShell(QStringLiteral("script -qec true /dev/null")).exitCode != 0)
        GTEST_SKIP() << "script(1), which gives the program a terminal, does not work on this machine";
    const Ended onTerminal =
        studio.runShell(QStringLiteral("script -qec '\"$STUDIO\" evaluate 1 --threads 1' /dev/null"));
    EXPECT_EQ(onTerminal.exitCode, 0) << onTerminal.err.toStdString();
    EXPECT_TRUE(onTerminal.out.contains("Evaluation [")) << onTerminal.out.toStdString();
    EXPECT_TRUE(onTerminal.out.contains("of 2,000 images")) << onTerminal.out.toStdString();
    EXPECT_FALSE(evaluate().out.contains("Evaluation ["));
}

TEST_F(Evaluate, findsWhatTrainingReported)
{
    const QString folder = done[QStringLiteral("path")].toString();
    for (const QString& run : {QStringLiteral("1"), folder, done[QStringLiteral("weights")].toString()}) {
        const Ended ended = studio.run({QStringLiteral("evaluate"), run, QStringLiteral("--threads"),
                                        QStringLiteral("1"), QStringLiteral("--json")});
        ASSERT_EQ(ended.exitCode, 0) << ended.err.toStdString();
        EXPECT_EQ(ended.err.toStdString(), "");
        ASSERT_EQ(ended.json().size(), 1u);
        const QJsonObject evaluation = ended.json().front();
        EXPECT_EQ(evaluation.keys(), (QStringList{QStringLiteral("correct"), QStringLiteral("event"),
                                                  QStringLiteral("loss"), QStringLiteral("total")}));
        EXPECT_EQ(evaluation[QStringLiteral("event")].toString(), QStringLiteral("evaluation"));
        EXPECT_EQ(evaluation[QStringLiteral("correct")], done[QStringLiteral("test_correct")]);
        EXPECT_EQ(evaluation[QStringLiteral("total")], done[QStringLiteral("test_total")]);
        EXPECT_NEAR(evaluation[QStringLiteral("loss")].toDouble(),
                    lastEpoch[QStringLiteral("test_loss")].toDouble(), 1e-6);
    }
}

TEST_F(Evaluate, printsTheMetricsOfEveryClass)
{
    const Ended ended = evaluate();
    ASSERT_EQ(ended.exitCode, 0) << ended.err.toStdString();
    const QByteArray counts =
        "(" + QByteArray::number(done[QStringLiteral("test_correct")].toInt()) + "/2000)";
    for (const QByteArray& part :
         {QByteArray("Sketch digits, test images"), counts, QByteArray("Mean loss"),
          QByteArray("95 % interval"), QByteArray("Top-2 accuracy"), QByteArray("Calibration error"),
          QByteArray("Weighted mean"), QByteArray("Precision     Recall         F1    Support"),
          QByteArray("rows true, columns predicted")})
        EXPECT_TRUE(ended.out.contains(part)) << part.toStdString() << " in\n" << ended.out.toStdString();
}

TEST_F(Evaluate, testsOnTheImagesThatTheRunWasTrainedOnWithAWarning)
{
    const Ended ended =
        evaluate({QStringLiteral("--split"), QStringLiteral("train"), QStringLiteral("--json")});
    ASSERT_EQ(ended.exitCode, 0) << ended.err.toStdString();
    EXPECT_EQ(ended.json().front()[QStringLiteral("total")].toInt(), 1600);
    EXPECT_TRUE(ended.err.contains("was trained on these images")) << ended.err.toStdString();
    // Weights that do not say what they have seen.
    ASSERT_TRUE(
        QFile::copy(done[QStringLiteral("weights")].toString(), studio.path(QStringLiteral("alone.pt"))));
    const Ended alone =
        studio.run({QStringLiteral("evaluate"), QStringLiteral("alone.pt"), QStringLiteral("--dataset"),
                    QStringLiteral("sketch-digits"), QStringLiteral("--split"), QStringLiteral("train"),
                    QStringLiteral("--json")});
    ASSERT_EQ(alone.exitCode, 0) << alone.err.toStdString();
    EXPECT_EQ(alone.json().front()[QStringLiteral("total")].toInt(), 10'000);
    EXPECT_TRUE(alone.err.contains("may have been trained on these images")) << alone.err.toStdString();
}

TEST_F(Evaluate, testsOnTheImagesThatWereHeldBack)
{
    const QStringList onValidation = {QStringLiteral("--split"), QStringLiteral("validation"),
                                      QStringLiteral("--json"), QStringLiteral("--predictions-csv"),
                                      QStringLiteral("held.csv")};
    const Ended none = evaluate(onValidation);
    EXPECT_EQ(none.exitCode, 1);
    EXPECT_TRUE(none.err.contains("held no images back")) << none.err.toStdString();
    EXPECT_FALSE(QFile::exists(studio.path(QStringLiteral("held.csv"))));

    const Ended trained = studio.run(
        quickTraining({QStringLiteral("--limit"), QStringLiteral("800"), QStringLiteral("--validation"),
                       QStringLiteral("0.25"), QStringLiteral("--json")}));
    ASSERT_EQ(trained.exitCode, 0) << trained.err.toStdString();
    const Ended held =
        studio.run(QStringList{QStringLiteral("evaluate"), QStringLiteral("2")} + onValidation);
    ASSERT_EQ(held.exitCode, 0) << held.err.toStdString();
    EXPECT_EQ(held.err.toStdString(), "") << "nothing to warn of";
    const Ended seen = studio.run({QStringLiteral("evaluate"), QStringLiteral("2"), QStringLiteral("--split"),
                                   QStringLiteral("train"), QStringLiteral("--predictions-csv"),
                                   QStringLiteral("seen.csv"), QStringLiteral("--json")});
    ASSERT_EQ(seen.exitCode, 0) << seen.err.toStdString();
    std::vector<int> indices;
    int correctOfHeld = 0;
    for (const QString& file : {QStringLiteral("held.csv"), QStringLiteral("seen.csv")}) {
        auto table = rows(studio.read(file));
        table.erase(table.begin()); // the header
        for (const QList<QByteArray>& row : table) {
            indices.push_back(row[0].toInt());
            correctOfHeld += file.startsWith(QLatin1Char('h')) && row[1] == row[2] ? 1 : 0;
        }
    }
    std::ranges::sort(indices);
    ASSERT_EQ(indices.size(), 800u);
    for (int i = 0; i < 800; ++i)
        EXPECT_EQ(indices[static_cast<std::size_t>(i)], i) << "every image is in one of the two";
    EXPECT_EQ(held.json().front()[QStringLiteral("correct")].toInt(), correctOfHeld);
    EXPECT_EQ(held.json().front()[QStringLiteral("total")].toInt() +
                  seen.json().front()[QStringLiteral("total")].toInt(),
              800);
    EXPECT_TRUE(studio
                    .run({QStringLiteral("evaluate"), QStringLiteral("2"), QStringLiteral("--split"),
                          QStringLiteral("validation")})
                    .out.contains("Sketch digits, validation images"));
}

TEST_F(Evaluate, writesTheConfusionMatrixAsCsv)
{
    const Ended ended = evaluate({QStringLiteral("--confusion-csv"), QStringLiteral("matrix.csv")});
    ASSERT_EQ(ended.exitCode, 0) << ended.err.toStdString();
    const auto matrix = rows(studio.read(QStringLiteral("matrix.csv")));
    ASSERT_EQ(matrix.size(), 11u);
    int sum = 0;
    int diagonal = 0;
    for (qsizetype r = 1; r <= 10; ++r) {
        const QList<QByteArray>& row = matrix[static_cast<std::size_t>(r)];
        ASSERT_EQ(row.size(), 11);
        EXPECT_EQ(row[0], matrix[0][r]);
        for (qsizetype c = 1; c <= 10; ++c) {
            sum += row[c].toInt();
            diagonal += r == c ? row[c].toInt() : 0;
        }
    }
    EXPECT_EQ(sum, 2000);
    EXPECT_EQ(diagonal, done[QStringLiteral("test_correct")].toInt());
}

TEST_F(Evaluate, writesEveryPredictionAsCsv)
{
    const Ended ended = evaluate({QStringLiteral("--predictions-csv"), QStringLiteral("predictions.csv")});
    ASSERT_EQ(ended.exitCode, 0) << ended.err.toStdString();
    const auto table = rows(studio.read(QStringLiteral("predictions.csv")));
    ASSERT_EQ(table.size(), 2001u);
    EXPECT_EQ(table[0].mid(0, 4), (QList<QByteArray>{"index", "label", "prediction", "0"}));
    int correct = 0;
    for (std::size_t i = 1; i < table.size(); ++i) {
        ASSERT_EQ(table[i].size(), 13);
        EXPECT_EQ(table[i][0].toULongLong(), i - 1);
        correct += table[i][1] == table[i][2];
        double sum = 0;
        for (const QByteArray& probability : table[i].mid(3))
            sum += probability.toDouble();
        EXPECT_NEAR(sum, 1, 1e-4);
    }
    EXPECT_EQ(correct, done[QStringLiteral("test_correct")].toInt());
}

TEST_F(Evaluate, leavesNoFileBesideTheCsv)
{
    ASSERT_TRUE(QDir().mkpath(studio.path(QStringLiteral("csv"))));
    evaluate({QStringLiteral("--confusion-csv"), QStringLiteral("csv/a.csv"),
              QStringLiteral("--predictions-csv"), QStringLiteral("csv/b.csv")});
    EXPECT_EQ(QDir(studio.path(QStringLiteral("csv"))).entryList(QDir::Files),
              (QStringList{QStringLiteral("a.csv"), QStringLiteral("b.csv")}));
}

TEST_F(Evaluate, saysThatAFileCannotBeWritten)
{
    const Ended ended = evaluate({QStringLiteral("--confusion-csv"), QStringLiteral("no/such/folder.csv")});
    EXPECT_EQ(ended.exitCode, 1);
    EXPECT_TRUE(ended.err.contains("no/such/folder.csv")) << ended.err.toStdString();
}

TEST_F(Evaluate, rejectsImagesThatTheModelWasNotMadeFor)
{
    studio.makeIdxFolder(QStringLiteral("halves"), 20);
    const Ended ended = evaluate({QStringLiteral("--dataset"), QStringLiteral("halves")});
    EXPECT_EQ(ended.exitCode, 1);
    EXPECT_TRUE(ended.err.contains("8 × 8")) << ended.err.toStdString();
}

TEST_F(Evaluate, asksForADatasetWhereTheWeightsDoNotNameOne)
{
    ASSERT_TRUE(
        QFile::copy(done[QStringLiteral("weights")].toString(), studio.path(QStringLiteral("alone.pt"))));
    const Ended without =
        studio.run({QStringLiteral("evaluate"), QStringLiteral("alone.pt"), QStringLiteral("--json")});
    EXPECT_EQ(without.exitCode, 2);
    EXPECT_TRUE(without.err.contains("--dataset")) << without.err.toStdString();
    const Ended with =
        studio.run({QStringLiteral("evaluate"), QStringLiteral("alone.pt"), QStringLiteral("--dataset"),
                    QStringLiteral("sketch-digits"), QStringLiteral("--json")});
    ASSERT_EQ(with.exitCode, 0) << with.err.toStdString();
    EXPECT_EQ(with.json().front()[QStringLiteral("correct")], done[QStringLiteral("test_correct")]);
}

TEST(EvaluateErrors, saysThatThereIsNoSuchRun)
{
    const Ended ended = Studio().run({QStringLiteral("evaluate"), QStringLiteral("77")});
    EXPECT_EQ(ended.exitCode, 1);
    EXPECT_EQ(ended.out.toStdString(), "");
    EXPECT_TRUE(ended.err.contains("77")) << ended.err.toStdString();
}

TEST(EvaluateErrors, rejectsAFileThatIsNoModel)
{
    const Studio studio;
    QFile file(studio.path(QStringLiteral("notes.pt")));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write("not a model");
    file.close();
    const Ended ended = studio.run({QStringLiteral("evaluate"), QStringLiteral("notes.pt")});
    EXPECT_EQ(ended.exitCode, 1);
    EXPECT_EQ(ended.out.toStdString(), "");
    EXPECT_TRUE(ended.err.contains("notes.pt")) << ended.err.toStdString();
}

TEST_F(Evaluate, drawsTheConfusionMatrixWithoutADisplay)
{
    const QString png = studio.path(QStringLiteral("confusion.png"));
    const QString svg = studio.path(QStringLiteral("confusion.svg"));
    const Ended ended =
        evaluate({QStringLiteral("--confusion-png"), png, QStringLiteral("--confusion-svg"), svg,
                  QStringLiteral("--picture-scale"), QStringLiteral("1"), QStringLiteral("--json")});
    ASSERT_EQ(ended.exitCode, 0) << ended.err.toStdString();
    EXPECT_EQ(ended.json().size(), 1U);
    const QImage image(png);
    ASSERT_FALSE(image.isNull());
    EXPECT_TRUE(studio.read(QStringLiteral("confusion.svg")).contains("Predicted class"));

    ASSERT_EQ(evaluate({QStringLiteral("--confusion-png"), png, QStringLiteral("--picture-scale"),
                        QStringLiteral("4")})
                  .exitCode,
              0);
    EXPECT_EQ(QImage(png).size(), image.size() * 4);
    EXPECT_EQ(evaluate({QStringLiteral("--confusion-png"), png, QStringLiteral("--picture-scale"),
                        QStringLiteral("3")})
                  .exitCode,
              2);
}

TEST_F(Evaluate, saysWhereAPictureCannotBeWritten)
{
    const QString path = studio.path(QStringLiteral("no/such/folder/confusion.png"));
    const Ended ended = evaluate({QStringLiteral("--confusion-png"), path});
    EXPECT_EQ(ended.exitCode, 1);
    EXPECT_TRUE(ended.err.contains("no/such/folder")) << ended.err.toStdString();
}

TEST_F(Evaluate, comparesTwoRunsOnTheSameImages)
{
    const Ended trained = studio.run(quickTraining(
        {QStringLiteral("--limit"), QStringLiteral("800"), QStringLiteral("--seed"), QStringLiteral("9")}));
    ASSERT_EQ(trained.exitCode, 0) << trained.err.toStdString();
    const Ended ended =
        evaluate({QStringLiteral("--compare"), QStringLiteral("2"), QStringLiteral("--json")});
    ASSERT_EQ(ended.exitCode, 0) << ended.err.toStdString();
    ASSERT_EQ(ended.json().size(), 2U);
    const QJsonObject compared = ended.json().back();
    EXPECT_EQ(compared[QStringLiteral("event")].toString(), QStringLiteral("comparison"));
    EXPECT_EQ(compared[QStringLiteral("run")].toString(), QStringLiteral("run 1"));
    EXPECT_EQ(compared[QStringLiteral("other")].toString(), QStringLiteral("run 2"));
    EXPECT_EQ(compared[QStringLiteral("total")].toInt(), 2000);
    EXPECT_EQ(compared[QStringLiteral("correct")], done[QStringLiteral("test_correct")]);

    // The images themselves, from what each run says of them.
    const auto rightOf = [&](const QString& run) {
        const QString file = run + QStringLiteral(".csv");
        studio.run({QStringLiteral("evaluate"), run, QStringLiteral("--predictions-csv"), file});
        std::vector<bool> right;
        for (const QList<QByteArray>& row : rows(studio.read(file)))
            right.push_back(row[1] == row[2]);
        right.erase(right.begin()); // the header
        return right;
    };
    const std::vector<bool> first = rightOf(QStringLiteral("1"));
    const std::vector<bool> second = rightOf(QStringLiteral("2"));
    std::vector<int> onlyFirst;
    std::vector<int> onlySecond;
    int bothRight = 0;
    for (std::size_t i = 0; i < first.size(); ++i) {
        if (first[i] != second[i])
            (first[i] ? onlyFirst : onlySecond).push_back(static_cast<int>(i));
        bothRight += first[i] && second[i];
    }
    const auto images = [&](const char* key) {
        std::vector<int> indices;
        for (const QJsonValue& index : compared[QLatin1String(key)].toArray())
            indices.push_back(index.toInt());
        return indices;
    };
    EXPECT_FALSE(onlyFirst.empty() && onlySecond.empty());
    EXPECT_EQ(images("only_run"), onlyFirst);
    EXPECT_EQ(images("only_other"), onlySecond);
    EXPECT_EQ(compared[QStringLiteral("both_right")].toInt(), bothRight);
    EXPECT_GE(compared[QStringLiteral("p_value")].toDouble(-1), 0);

    const Ended text = evaluate({QStringLiteral("--compare"), QStringLiteral("2")});
    EXPECT_TRUE(text.out.contains("McNemar")) << text.out.toStdString();
    EXPECT_TRUE(text.out.contains("run 2 correct")) << text.out.toStdString();
    EXPECT_TRUE(text.out.contains("run 2 wrong")) << text.out.toStdString();
}

TEST_F(Evaluate, comparesOnlyWhatCanBeCompared)
{
    const Ended none = evaluate({QStringLiteral("--compare"), QStringLiteral("77")});
    EXPECT_EQ(none.exitCode, 1);
    EXPECT_TRUE(none.err.contains("77")) << none.err.toStdString();
    EXPECT_EQ(none.out.toStdString(), "");
    const Ended onTrain = evaluate({QStringLiteral("--compare"), QStringLiteral("1"),
                                    QStringLiteral("--split"), QStringLiteral("train")});
    EXPECT_EQ(onTrain.exitCode, 2);
    EXPECT_TRUE(onTrain.err.contains("on the test images")) << onTrain.err.toStdString();
    const Ended itself = evaluate({QStringLiteral("--compare"), QStringLiteral("1")});
    EXPECT_EQ(itself.exitCode, 0);
    EXPECT_TRUE(itself.out.contains("very same images")) << itself.out.toStdString();
}

TEST_F(Evaluate, writesTheVerdictsGivenInTheWindow)
{
    const QString folder = studio.path(QStringLiteral("home/.local/share/tinyvgg-studio/verdicts"));
    ASSERT_TRUE(QDir().mkpath(folder));
    const auto keep = [&](const QByteArray& content) {
        QFile file(folder + QStringLiteral("/sketch-digits.json"));
        EXPECT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(content);
    };
    keep(R"({"format":"tinyvgg-studio verdicts 1","dataset":"sketch-digits","verdicts":[
        {"split":"test","index":3,"verdict":"unreadable","note":"a knot"},
        {"split":"train","index":3,"verdict":"label-wrong"}]})");
    const QStringList write = {QStringLiteral("--verdicts-csv"), QStringLiteral("verdicts.csv")};
    ASSERT_EQ(evaluate(write).exitCode, 0);
    const QByteArray csv = studio.read(QStringLiteral("verdicts.csv"));
    EXPECT_EQ(csv.count('\n'), 2) << csv.toStdString();
    EXPECT_TRUE(csv.contains("\n3,\"")) << csv.toStdString();
    EXPECT_TRUE(csv.endsWith("\"unreadable\",\"a knot\"\n")) << csv.toStdString();

    keep("nonsense");
    const Ended damaged = evaluate(write);
    EXPECT_EQ(damaged.exitCode, 1);
    EXPECT_TRUE(damaged.err.contains("sketch-digits.json")) << damaged.err.toStdString();
    EXPECT_EQ(studio.read(QStringLiteral("verdicts.csv")), csv) << "untouched";
}

TEST_F(Evaluate, drawsTheImagesOfASelection)
{
    const Ended ended =
        evaluate({QStringLiteral("--gallery-png"), QStringLiteral("nines.png"), QStringLiteral("--true"),
                  QStringLiteral("9"), QStringLiteral("--picture-scale"), QStringLiteral("1"),
                  QStringLiteral("--sort"), QStringLiteral("index"), QStringLiteral("--predictions-csv"),
                  QStringLiteral("predictions.csv")});
    ASSERT_EQ(ended.exitCode, 0) << ended.err.toStdString();
    std::vector<bool> isRight; // of the nines, in their order
    for (const QList<QByteArray>& row : rows(studio.read(QStringLiteral("predictions.csv")))) {
        if (row[1] == "9")
            isRight.push_back(row[2] == "9");
    }
    ASSERT_GT(isRight.size(), 120u);
    EXPECT_TRUE(ended.err.contains("nines.png holds the first 120 of " + QByteArray::number(isRight.size())))
        << ended.err.toStdString();
    const QImage image(studio.path(QStringLiteral("nines.png")));
    EXPECT_EQ(image.size(), QSize(2 * 24 + 10 * 96 - 8, 2 * 24 + 62 + 12 * 145 - 8));
    for (int tile = 0; tile < 120; ++tile) { // their frames are green or red
        const QColor frame = image.pixelColor(24 + tile % 10 * 96, 24 + 62 + tile / 10 * 145);
        EXPECT_EQ(frame.green() > frame.red(), isRight[static_cast<std::size_t>(tile)]) << tile;
    }
}

TEST_F(Evaluate, drawsTheErrorsOnlyWhereTheyAreAskedFor)
{
    const Ended ended =
        evaluate({QStringLiteral("--gallery-png"), QStringLiteral("wrong.png"), QStringLiteral("--errors"),
                  QStringLiteral("--sort"), QStringLiteral("loss"), QStringLiteral("--picture-scale"),
                  QStringLiteral("4"), QStringLiteral("--json")});
    ASSERT_EQ(ended.exitCode, 0) << ended.err.toStdString();
    EXPECT_EQ(ended.json().size(), 1u);
    const int wrong =
        done[QStringLiteral("test_total")].toInt() - done[QStringLiteral("test_correct")].toInt();
    const int rowCount = (std::min(wrong, 120) + 9) / 10;
    const QImage image(studio.path(QStringLiteral("wrong.png")));
    EXPECT_EQ(image.height(), 4 * (2 * 24 + 62 + rowCount * 145 - 8));
    for (int row = 0; row < rowCount; ++row) {
        const QColor frame = image.pixelColor(4 * 24 + 1, 4 * (24 + 62 + row * 145) + 1);
        EXPECT_GT(frame.red(), frame.green());
    }
}

TEST_F(Evaluate, drawsTheRightOnesOfAClass)
{
    ASSERT_EQ(evaluate({QStringLiteral("--predictions-csv"), QStringLiteral("predictions.csv")}).exitCode, 0);
    std::map<QByteArray, int> rightOf;
    for (const QList<QByteArray>& row : rows(studio.read(QStringLiteral("predictions.csv"))))
        rightOf[row[1]] += row[1] == row[2] ? 1 : 0;
    const auto best = std::ranges::max_element(rightOf, {}, [](const auto& entry) { return entry.second; });
    ASSERT_GT(best->second, 0);
    const QStringList drawing = {QStringLiteral("--gallery-png"),   QStringLiteral("right.png"),
                                 QStringLiteral("--class"),         QString::fromLatin1(best->first),
                                 QStringLiteral("--picture-scale"), QStringLiteral("1"),
                                 QStringLiteral("--right")};
    const Ended ended = evaluate(drawing);
    ASSERT_EQ(ended.exitCode, 0) << ended.err.toStdString();
    const int tiles = std::min(best->second, 120);
    const QImage image(studio.path(QStringLiteral("right.png")));
    EXPECT_EQ(image.height(), 2 * 24 + 62 + (tiles + 9) / 10 * 145 - 8);
    for (int tile = 0; tile < tiles; ++tile) {
        const QColor frame = image.pixelColor(24 + tile % 10 * 96, 24 + 62 + tile / 10 * 145);
        EXPECT_GT(frame.green(), frame.red()) << tile;
    }
    EXPECT_EQ(evaluate(drawing + QStringList{QStringLiteral("--errors")}).exitCode, 2);
}

TEST_F(Evaluate, rejectsASelectionThatMakesNoSense)
{
    const Ended noClass = evaluate({QStringLiteral("--gallery-png"), QStringLiteral("a.png"),
                                    QStringLiteral("--true"), QStringLiteral("eleven")});
    EXPECT_EQ(noClass.exitCode, 2);
    EXPECT_TRUE(noClass.err.contains("found \"eleven\"")) << noClass.err.toStdString();
    EXPECT_EQ(evaluate({QStringLiteral("--errors")}).exitCode, 2) << "without a picture";
    EXPECT_EQ(evaluate({QStringLiteral("--gallery-png"), QStringLiteral("a.png"), QStringLiteral("--sort"),
                        QStringLiteral("beauty")})
                  .exitCode,
              2);
    EXPECT_FALSE(QFile::exists(studio.path(QStringLiteral("a.png"))));
}

TEST_F(Evaluate, leavesTheOldFilesWhereTheDiskIsFull)
{
    const std::pair<const char*, const char*> files[] = {{"--confusion-png", "a.png"},
                                                         {"--confusion-svg", "a.svg"},
                                                         {"--confusion-csv", "a.csv"},
                                                         {"--predictions-csv", "b.csv"},
                                                         {"--gallery-png", "b.png"}};
    for (const auto& [option, name] : files) {
        QFile old(studio.path(QLatin1String(name)));
        ASSERT_TRUE(old.open(QIODevice::WriteOnly));
        old.write("old");
        old.close();
        // No file may become longer than nothing; the signal that says so is ignored, as with a full disk.
        const Ended ended =
            studio.runShell(QStringLiteral("trap '' XFSZ; ulimit -f 0; \"$STUDIO\" evaluate 1 %1 %2")
                                .arg(QLatin1String(option), QLatin1String(name)));
        EXPECT_EQ(ended.exitCode, 1) << option;
        EXPECT_TRUE(ended.err.contains(name)) << ended.err.toStdString();
        EXPECT_EQ(studio.read(QLatin1String(name)), QByteArray("old"));
    }
}
