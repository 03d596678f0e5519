// The network given to `train`, from the command line to the weights and back.
#include "Studio.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <gtest/gtest.h>

namespace
{

QStringList training(const QStringList& more)
{
    QStringList arguments = quickTraining();
    arguments << more;
    return arguments;
}

QString write(const Studio& studio, const QString& name, const QByteArray& content)
{
    QFile file(studio.path(name));
    EXPECT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(content);
    return file.fileName();
}

QJsonObject modelOf(const Studio& studio, const QString& run)
{
    const QByteArray json =
        studio.read(QStringLiteral("home/.local/share/tinyvgg-studio/runs/%1/weights.json").arg(run));
    return QJsonDocument::fromJson(json).object()[QStringLiteral("model")].toObject();
}

constexpr auto kCustom = R"({"input":[1,28,28],"classes":10,"layers":[
 {"type":"Conv2d","out_channels":4,"kernel_size":5,"stride":2,"padding":2},{"type":"BatchNorm2d"},{"type":"ReLU"},
 {"type":"AvgPool2d","kernel_size":2},{"type":"Flatten"},{"type":"Dropout","p":0.2},
 {"type":"Linear","out_features":10}]})";

} // namespace

TEST(Networks, aFamilyByItsOptions)
{
    const Studio studio;
    const Ended trained = studio.run(
        training({QStringLiteral("--blocks"), QStringLiteral("3"), QStringLiteral("--hidden-units"),
                  QStringLiteral("3,4,5"), QStringLiteral("--kernel-sizes"), QStringLiteral("3,3,5,5,1,2"),
                  QStringLiteral("--batch-norm"), QStringLiteral("--dropout"), QStringLiteral("0.1")}));
    ASSERT_EQ(trained.exitCode, 0) << trained.err.toStdString();
    EXPECT_TRUE(trained.out.contains("3 blocks")) << trained.out.toStdString();
    EXPECT_TRUE(trained.out.contains("kernel sizes 3, 3, 5, 5, 1, 2"));
    EXPECT_TRUE(trained.out.contains("batch norm · dropout 0.1"));
    const Ended evaluated =
        studio.run({QStringLiteral("evaluate"), QStringLiteral("1"), QStringLiteral("--json")});
    ASSERT_EQ(evaluated.exitCode, 0) << evaluated.err.toStdString();
    EXPECT_EQ(evaluated.json().front()[QStringLiteral("total")].toInt(), 2000);
}

TEST(Networks, aListOfLayersFromAFileThatIsResumed)
{
    const Studio studio;
    const QString file = write(studio, QStringLiteral("net.json"), kCustom);
    const Ended trained = studio.run(training({QStringLiteral("--network"), file}));
    ASSERT_EQ(trained.exitCode, 0) << trained.err.toStdString();
    const QJsonObject network = modelOf(studio, QStringLiteral("1"))[QStringLiteral("network")].toObject();
    EXPECT_EQ(network[QStringLiteral("layers")].toArray().size(), 7);
    const Ended resumed =
        studio.run({QStringLiteral("train"), QStringLiteral("--resume"), QStringLiteral("1"),
                    QStringLiteral("--epochs"), QStringLiteral("2"), QStringLiteral("--json")});
    ASSERT_EQ(resumed.exitCode, 0) << resumed.err.toStdString();
    const Ended evaluated =
        studio.run({QStringLiteral("evaluate"), QStringLiteral("1"), QStringLiteral("--json")});
    ASSERT_EQ(evaluated.exitCode, 0) << evaluated.err.toStdString();
    EXPECT_EQ(evaluated.json().front()[QStringLiteral("correct")].toInt(),
              resumed.json().back()[QStringLiteral("test_correct")].toInt());
}

TEST(Networks, theNamesOfAFilesLayersNameTheWeights)
{
    const Studio studio;
    const QString file = write(studio, QStringLiteral("named.json"),
                               R"({"input":[1,28,28],"classes":10,"layers":[{"type":"Flatten","name":"flat"},
                               {"type":"Linear","out_features":10,"name":"head"}]})");
    const Ended trained = studio.run(training({QStringLiteral("--network"), file}));
    ASSERT_EQ(trained.exitCode, 0) << trained.err.toStdString();
    const QByteArray weights =
        studio.read(QStringLiteral("home/.local/share/tinyvgg-studio/runs/1/weights.pt"));
    EXPECT_TRUE(weights.contains("head.weight"));
    EXPECT_TRUE(weights.contains("head.bias"));
    EXPECT_FALSE(weights.contains("1.weight"));
}

TEST(Networks, theCoursesBaselinesHaveItsNames)
{
    const Studio studio;
    ASSERT_EQ(studio.run(training({QStringLiteral("--family"), QStringLiteral("linear-relu")})).exitCode, 0);
    const QJsonObject model = modelOf(studio, QStringLiteral("1"));
    EXPECT_EQ(model[QStringLiteral("name")].toString(), QStringLiteral("Linear + ReLU"));
    EXPECT_EQ(model[QStringLiteral("parameters")].toInt(), 784 * 10 + 10 + 110);
}

TEST(Networks, imagesInColor)
{
    const Studio studio;
    QStringList arguments = quickTraining();
    arguments[arguments.indexOf(QStringLiteral("sketch-digits"))] = QStringLiteral("sketch-digits-color");
    const Ended trained = studio.run(arguments);
    ASSERT_EQ(trained.exitCode, 0) << trained.err.toStdString();
    EXPECT_TRUE(trained.out.contains("images of 3 × 28 × 28"));
    const Ended evaluated =
        studio.run({QStringLiteral("evaluate"), QStringLiteral("1"), QStringLiteral("--gallery-png"),
                    studio.path(QStringLiteral("gallery.png"))});
    EXPECT_EQ(evaluated.exitCode, 0) << evaluated.err.toStdString();
    // A drawing is gray: the model is not for it, and the picture as it is can be.
    const Ended drawn = studio.run(
        {QStringLiteral("classify"), QStringLiteral("1"), studio.path(QStringLiteral("gallery.png"))});
    EXPECT_EQ(drawn.exitCode, 1);
    EXPECT_TRUE(drawn.err.contains("3 × 28 × 28"));
    const Ended raw = studio.run({QStringLiteral("classify"), QStringLiteral("1"), QStringLiteral("--raw"),
                                  studio.path(QStringLiteral("gallery.png")), QStringLiteral("--json")});
    EXPECT_EQ(raw.exitCode, 0) << raw.err.toStdString();
}

TEST(Networks, oneThatDoesNotFitIsExplainedAndLeavesNoRun)
{
    const Studio studio;
    const QString mismatch =
        write(studio, QStringLiteral("mismatch.json"), R"({"input":[1,28,28],"classes":10,
      "layers":[{"type":"MaxPool2d","kernel_size":4},{"type":"Flatten"},
                {"type":"Linear","in_features":490,"out_features":10}]})");
    const Ended refused = studio.run(training({QStringLiteral("--network"), mismatch}));
    EXPECT_NE(refused.exitCode, 0);
    EXPECT_TRUE(refused.err.contains(
        "Layer 3 (Linear): Linear expects 490 inputs, the layers above give 1 × 7 × 7 = 49"))
        << refused.err.toStdString();
    const QString otherInput = write(studio, QStringLiteral("other.json"), R"({"input":[3,64,64],"classes":10,
      "layers":[{"type":"Flatten"},{"type":"Linear","out_features":10}]})");
    const Ended wrongData = studio.run(training({QStringLiteral("--network"), otherInput}));
    EXPECT_EQ(wrongData.exitCode, 1);
    EXPECT_TRUE(wrongData.err.contains("3 × 64 × 64")) << wrongData.err.toStdString();
    EXPECT_TRUE(wrongData.err.contains("1 × 28 × 28"));
    const Ended tooDeep = studio.run(training({QStringLiteral("--blocks"), QStringLiteral("4"),
                                               QStringLiteral("--padding"), QStringLiteral("none")}));
    EXPECT_EQ(tooDeep.exitCode, 1);
    EXPECT_TRUE(tooDeep.err.contains("does not fit into")) << tooDeep.err.toStdString();
    EXPECT_FALSE(QFile::exists(studio.runsFolder() + QStringLiteral("/1")));
}

TEST(Networks, wrongOptionsAreWrongUsage)
{
    const Studio studio;
    const QString file = write(studio, QStringLiteral("net.json"), kCustom);
    const std::vector<std::pair<QStringList, const char*>> cases = {
        {{QStringLiteral("--kernel-sizes"), QStringLiteral("3,5")}, "one number, or 4"},
        {{QStringLiteral("--kernel-size"), QStringLiteral("12")}, "1 to 11"},
        {{QStringLiteral("--kernel-sizes"), QStringLiteral("3,a,5,5")}, "found \"a\" in \"3,a,5,5\""},
        {{QStringLiteral("--kernel-sizes"), QStringLiteral("3,5,,5,3")}, "found \"\" in"},
        {{QStringLiteral("--family"), QStringLiteral("linear"), QStringLiteral("--hidden-units"),
          QStringLiteral("8,16")},
         "expected one number; found 2"},
        {{QStringLiteral("--hidden-units"), QStringLiteral("0")}, "1 to 128"},
        {{QStringLiteral("--blocks"), QStringLiteral("5")}, "1 to 4"},
        {{QStringLiteral("--dropout"), QStringLiteral("1")}, "0 to 0.95"},
        {{QStringLiteral("--family"), QStringLiteral("resnet")}, "tinyvgg"},
        {{QStringLiteral("--family"), QStringLiteral("linear"), QStringLiteral("--blocks"),
          QStringLiteral("3")},
         "--family tinyvgg"},
        {{QStringLiteral("--network"), file, QStringLiteral("--blocks"), QStringLiteral("3")}, "--blocks"},
        {{QStringLiteral("--network"), studio.path(QStringLiteral("absent.json"))}, "absent.json"},
        {{QStringLiteral("--network"),
          write(studio, QStringLiteral("bad.json"), R"({"input":[1,28,28],"classes":10,
          "layers":[{"type":"Convolution"}]})")},
         "layer 1, \"type\""},
        {{QStringLiteral("--network"), write(studio, QStringLiteral("deep.json"), QByteArray(100'000, '['))},
         "deep.json"},
    };
    for (const auto& [options, message] : cases) {
        const Ended ended = studio.run(training(options));
        EXPECT_EQ(ended.exitCode, 2) << options.join(QLatin1Char(' ')).toStdString();
        EXPECT_TRUE(ended.err.contains(message)) << message << " in " << ended.err.toStdString();
    }
}
