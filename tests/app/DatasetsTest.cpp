#include "Studio.h"
#include "support/Files.h"

#include <QDir>
#include <gtest/gtest.h>

namespace
{

QStringList datasets(const QStringList& more)
{
    return QStringList{QStringLiteral("datasets")} + more;
}

} // namespace

TEST(Datasets, listsWhatThereIs)
{
    const Ended ended = Studio().run(datasets({QStringLiteral("list")}));
    EXPECT_EQ(ended.exitCode, 0);
    for (const char* id : {"sketch-digits", "mnist", "fashion-mnist", "kmnist"})
        EXPECT_TRUE(ended.out.contains(id)) << id;
    EXPECT_TRUE(ended.out.contains("built in"));
}

TEST(Datasets, listsAsJson)
{
    const Ended ended = Studio().run(datasets({QStringLiteral("list"), QStringLiteral("--json")}));
    EXPECT_EQ(ended.exitCode, 0);
    const auto lines = ended.json();
    ASSERT_EQ(lines.size(), 5u);
    EXPECT_EQ(lines[0][QStringLiteral("id")].toString(), QStringLiteral("sketch-digits"));
    EXPECT_EQ(lines[0][QStringLiteral("state")].toString(), QStringLiteral("built-in"));
    EXPECT_EQ(lines[1][QStringLiteral("id")].toString(), QStringLiteral("sketch-digits-color"));
    for (std::size_t i = 2; i < lines.size(); ++i) {
        const bool isReady = lines[i][QStringLiteral("state")].toString() == QStringLiteral("ready");
        EXPECT_EQ(lines[i][QStringLiteral("folder")].isString(), isReady);
        EXPECT_EQ(lines[i][QStringLiteral("download_bytes")].toDouble() > 1e6, !isReady);
    }
}

TEST(Datasets, verifiesOnlyWhatIsThere)
{
    if (QDir(QStringLiteral("/usr/share/datasets/mnist")).exists())
        GTEST_SKIP() << "this machine has MNIST for everybody";
    const Ended ended = Studio().run(datasets({QStringLiteral("verify"), QStringLiteral("mnist")}));
    EXPECT_EQ(ended.exitCode, 1);
    EXPECT_TRUE(ended.err.contains("datasets fetch mnist")) << ended.err.toStdString();
}

TEST(Datasets, findsFilesThatAreNotThePublishedOnes)
{
    const Studio studio;
    studio.makeIdxFolder(QStringLiteral("home/.local/share/tinyvgg-studio/datasets/mnist"), 20);
    const Ended listed = studio.run(datasets({QStringLiteral("list"), QStringLiteral("--json")}));
    ASSERT_EQ(listed.json().size(), 5u);
    EXPECT_EQ(listed.json()[2][QStringLiteral("state")].toString(), QStringLiteral("ready"));

    const Ended verified = studio.run(datasets({QStringLiteral("verify"), QStringLiteral("mnist")}));
    EXPECT_EQ(verified.exitCode, 1);
    EXPECT_TRUE(verified.err.contains("train-images-idx3-ubyte")) << verified.err.toStdString();

    // It trains on them all the same, and says what they are.
    const Ended trained =
        studio.run({QStringLiteral("train"), QStringLiteral("--epochs"), QStringLiteral("1")});
    EXPECT_EQ(trained.exitCode, 0) << trained.err.toStdString();
    EXPECT_TRUE(trained.err.contains("differs")) << trained.err.toStdString();
}

TEST(Datasets, doesNotTakeFilesThatAreNotThePublishedOnes)
{
    const Studio studio;
    const QString from = studio.makeIdxFolder(QStringLiteral("stick"), 20);
    const Ended ended = studio.run(
        datasets({QStringLiteral("fetch"), QStringLiteral("mnist"), QStringLiteral("--from"), from}));
    EXPECT_EQ(ended.exitCode, 1);
    EXPECT_TRUE(ended.err.contains("train-images-idx3-ubyte")) << ended.err.toStdString();
    EXPECT_EQ(QDir(studio.path(QStringLiteral("home/.local/share/tinyvgg-studio/datasets/mnist")))
                  .entryList(QDir::Files)
                  .size(),
              0);
}

TEST(Datasets, reportsFetchingAndVerifyingAsJson)
{
    const Studio studio;
    const auto mnist = test::mnistFolder();
    if (!mnist)
        GTEST_SKIP() << "MNIST is not on this machine; scripts/fetch-data fetches it";
    const QString source = QString::fromStdString(mnist->string());
    const Ended fetched = studio.run(datasets({QStringLiteral("fetch"), QStringLiteral("mnist"),
                                               QStringLiteral("--from"), source, QStringLiteral("--json")}));
    EXPECT_EQ(fetched.exitCode, 0) << fetched.err.toStdString();
    ASSERT_EQ(fetched.json().size(), 1u);
    const QString folder = studio.path(QStringLiteral("home/.local/share/tinyvgg-studio/datasets/mnist"));
    EXPECT_EQ(fetched.json()[0][QStringLiteral("folder")].toString(), folder);

    const Ended verified =
        studio.run(datasets({QStringLiteral("verify"), QStringLiteral("mnist"), QStringLiteral("--json")}));
    EXPECT_EQ(verified.exitCode, 0) << verified.err.toStdString();
    ASSERT_EQ(verified.json().size(), 1u);
    EXPECT_TRUE(verified.json()[0][QStringLiteral("verified")].toBool());
    EXPECT_EQ(verified.json()[0][QStringLiteral("folder")].toString(), folder);
}

TEST(Datasets, saysThatAFolderToFetchFromIsMissing)
{
    const Ended ended = Studio().run(datasets({QStringLiteral("fetch"), QStringLiteral("mnist"),
                                               QStringLiteral("--from"), QStringLiteral("no/such")}));
    EXPECT_EQ(ended.exitCode, 1);
    EXPECT_TRUE(ended.err.contains("no/such")) << ended.err.toStdString();
}

TEST(Datasets, knowsItsNames)
{
    for (const char* verb : {"fetch", "verify"}) {
        const Ended unknown = Studio().run(datasets({QLatin1String(verb), QStringLiteral("imagenet")}));
        EXPECT_EQ(unknown.exitCode, 2) << verb;
        EXPECT_TRUE(unknown.err.contains("imagenet")) << unknown.err.toStdString();
        EXPECT_TRUE(unknown.err.contains("kmnist")) << unknown.err.toStdString();

        const Ended builtIn = Studio().run(datasets({QLatin1String(verb), QStringLiteral("sketch-digits")}));
        EXPECT_EQ(builtIn.exitCode, 0) << verb;
        EXPECT_TRUE(builtIn.out.contains("built in")) << builtIn.out.toStdString();

        const Ended json = Studio().run(
            datasets({QLatin1String(verb), QStringLiteral("sketch-digits"), QStringLiteral("--json")}));
        EXPECT_EQ(json.exitCode, 0) << verb;
        ASSERT_EQ(json.json().size(), 1u) << verb;
        EXPECT_EQ(json.json()[0][QStringLiteral("id")].toString(), QStringLiteral("sketch-digits"));
    }
}
