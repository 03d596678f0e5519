// The real program on a real file system that is full, or read-only: a small one in memory, mounted over the
// program's data folder in a namespace of the test's own.
#include "Studio.h"

#include <gtest/gtest.h>

namespace
{

class SmallDisk : public testing::Test
{
protected:
    void SetUp() override
    {
        if (m_studio.runShell(QStringLiteral("unshare -Urm true")).exitCode != 0)
            GTEST_SKIP() << "this machine lets nobody mount a file system of their own (unshare -Urm)";
    }
    /// `script` with the disk at $disk, two megabytes of it. What it writes elsewhere in the test's folder
    /// can be read afterwards. outcome NAME COMMAND… keeps NAME.exit, NAME.out and NAME.err.
    void run(const char* script)
    {
        const Ended ended = m_studio.runShell(QStringLiteral(R"(cat > script <<'END'
set -e
disk="$HOME/.local/share/tinyvgg-studio"
mkdir -p "$disk"
mount -t tmpfs -o size=2m tmpfs "$disk"
outcome() { local name="$1" exit=0; shift; "$@" > "$name.out" 2> "$name.err" || exit=$?; echo "$exit" > "$name.exit"; }
quick=(--dataset sketch-digits --limit 320 --threads 1)
%1
END
unshare -Urm bash script)")
                                                  .arg(QLatin1String(script)));
        ASSERT_EQ(ended.exitCode, 0) << ended.err.toStdString();
    }
    int exitOf(const char* name) const
    {
        return m_studio.read(QLatin1String(name) + QStringLiteral(".exit")).trimmed().toInt();
    }
    std::string errorOf(const char* name) const
    {
        return m_studio.read(QLatin1String(name) + QStringLiteral(".err")).toStdString();
    }

    Studio m_studio;
};

} // namespace

TEST_F(SmallDisk, fullInMidRunKeepsTheLastStateAndGoesOnWhenThereIsRoom)
{
    run(R"(
outcome first "$STUDIO" train "${quick[@]}" --epochs 1
cp -r "$disk/runs/1" before
dd if=/dev/zero of="$disk/filler" bs=4k status=none 2> /dev/null || true # until nothing more fits
df --output=avail "$disk" | tail -1 > available
truncate -s -8K "$disk/filler"
outcome full "$STUDIO" train --resume 1 --epochs 3 --threads 1
diff -r before "$disk/runs/1" > changed || true
outcome evaluate "$STUDIO" evaluate 1 --json
outcome new "$STUDIO" train "${quick[@]}" --epochs 1
ls "$disk/runs" > runs
truncate -s -40K "$disk/filler"          # room for the weights, not for the predictions
outcome half "$STUDIO" train --resume 1 --epochs 3 --threads 1
outcome evaluateHalf "$STUDIO" evaluate 1 --json
rm "$disk/filler"
outcome resumed "$STUDIO" train --resume 1 --epochs 3 --threads 1 --json)");
    EXPECT_EQ(exitOf("first"), 0) << errorOf("first");
    EXPECT_EQ(m_studio.read(QStringLiteral("available")).trimmed().toInt(), 0);
    EXPECT_EQ(exitOf("full"), 1);
    EXPECT_NE(errorOf("full").find("No space left on device"), std::string::npos) << errorOf("full");
    EXPECT_NE(errorOf("full").find("/runs/1/"), std::string::npos) << errorOf("full");
    EXPECT_EQ(m_studio.read(QStringLiteral("changed")).toStdString(), "");
    EXPECT_EQ(exitOf("evaluate"), 0) << errorOf("evaluate");
    EXPECT_EQ(exitOf("new"), 1);
    EXPECT_NE(errorOf("new").find("No space left on device"), std::string::npos) << errorOf("new");
    EXPECT_EQ(m_studio.read(QStringLiteral("runs")).toStdString(), "1\n");
    EXPECT_EQ(exitOf("half"), 1);
    EXPECT_NE(errorOf("half").find("No space left on device"), std::string::npos) << errorOf("half");
    EXPECT_EQ(exitOf("evaluateHalf"), 0) << errorOf("evaluateHalf");
    EXPECT_EQ(exitOf("resumed"), 0) << errorOf("resumed");
    EXPECT_TRUE(m_studio.read(QStringLiteral("resumed.out")).contains("\"epoch\":3"));
}

TEST_F(SmallDisk, fullIsListedAndARunIsDeletedToMakeRoom)
{
    run(R"(
outcome first "$STUDIO" train "${quick[@]}" --epochs 1
dd if=/dev/zero of="$disk/filler" bs=4k status=none 2> /dev/null || true # until nothing more fits
df --output=avail "$disk" | tail -1 > available
outcome list "$STUDIO" runs list
outcome show "$STUDIO" runs show 1
outcome delete "$STUDIO" runs delete 1
outcome after "$STUDIO" runs list
ls "$disk/runs" > runs)");
    EXPECT_EQ(exitOf("first"), 0) << errorOf("first");
    EXPECT_EQ(m_studio.read(QStringLiteral("available")).trimmed().toInt(), 0);
    EXPECT_EQ(exitOf("list"), 0) << errorOf("list");
    EXPECT_TRUE(m_studio.read(QStringLiteral("list.out")).contains("finished"));
    EXPECT_EQ(exitOf("show"), 0) << errorOf("show");
    EXPECT_EQ(exitOf("delete"), 0) << errorOf("delete");
    EXPECT_TRUE(m_studio.read(QStringLiteral("after.out")).contains("no runs yet"));
    EXPECT_EQ(m_studio.read(QStringLiteral("runs")).toStdString(), "");
}

TEST_F(SmallDisk, readOnlyIsReportedAndHarmsNothing)
{
    run(R"(
outcome first "$STUDIO" train "${quick[@]}" --epochs 1
cp -r "$disk/runs/1" before
mount -o remount,ro "$disk"
outcome list "$STUDIO" runs list
outcome show "$STUDIO" runs show 1
outcome resumed "$STUDIO" train --resume 1 --epochs 2 --threads 1
outcome new "$STUDIO" train "${quick[@]}" --epochs 1
outcome evaluate "$STUDIO" evaluate 1 --json
outcome delete "$STUDIO" runs delete 1
diff -r before "$disk/runs/1" > changed || true
mount -o remount,rw "$disk"
outcome again "$STUDIO" train --resume 1 --epochs 2 --threads 1)");
    EXPECT_EQ(exitOf("first"), 0) << errorOf("first");
    for (const char* name : {"resumed", "new", "delete"}) {
        EXPECT_EQ(exitOf(name), 1) << name;
        EXPECT_NE(errorOf(name).find("tinyvgg-studio/runs"), std::string::npos) << errorOf(name);
    }
    EXPECT_NE(errorOf("resumed").find("read-only"), std::string::npos) << errorOf("resumed");
    EXPECT_EQ(m_studio.read(QStringLiteral("resumed.out")).toStdString(), "") << "before it trains an epoch";
    EXPECT_EQ(exitOf("list"), 0) << errorOf("list");
    EXPECT_TRUE(m_studio.read(QStringLiteral("list.out")).contains("finished"));
    EXPECT_EQ(exitOf("show"), 0) << errorOf("show");
    EXPECT_TRUE(m_studio.read(QStringLiteral("show.out")).contains("Epoch 1"));
    EXPECT_NE(errorOf("new").find("read-only"), std::string::npos) << errorOf("new");
    EXPECT_EQ(exitOf("evaluate"), 0) << errorOf("evaluate");
    EXPECT_EQ(m_studio.read(QStringLiteral("changed")).toStdString(), "");
    EXPECT_EQ(exitOf("again"), 0) << errorOf("again");
}
