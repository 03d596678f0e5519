#include "app/Printable.h"

#include "Studio.h"

#include <QFile>
#include <algorithm>
#include <gtest/gtest.h>

using app::printable;

namespace
{

/// Clears the screen, in both of the ways that terminals know; sets the title; reverses what follows.
const QString kHostile = QString::fromUtf8("\x1b[2J\xc2\x9b"
                                           "2J\x1b]0;x\a\xe2\x80\xae");

/// Whether a terminal takes any of it for a command. Line breaks are the program's.
bool isHarmless(const QByteArray& printed)
{
    const QString text = QString::fromUtf8(printed);
    return std::ranges::none_of(text, [](QChar character) {
        const bool isLayout = character == QLatin1Char('\n') || character == QLatin1Char('\t');
        return !isLayout && (character.category() == QChar::Other_Control || character == QChar(0x202e));
    });
}

} // namespace

TEST(Printable, escapesWhatTerminalsObey)
{
    EXPECT_EQ(printable("\x1b[31m"), "\\x1b[31m");
    EXPECT_EQ(printable(std::string("a\0b\x7f\r\b", 6)), "a\\x00b\\x7f\\x0d\\x08");
    EXPECT_EQ(printable("\xc2\x9b"
                        "1m"),
              "\\u009b1m");
    EXPECT_EQ(printable("\xe2\x80\xae"
                        "gnp.7"),
              "\\u202egnp.7");
    EXPECT_EQ(printable("\xe2\x81\xa6\xd8\x9c\xe2\x80\xa8"), "\\u2066\\u061c\\u2028");
}

TEST(Printable, leavesEverythingElseAsItIs)
{
    for (const char* text :
         {"", "a line\n\tand another", "お手本 · 98.6 % ≥ −1", "\xc2\xa0", "\xf0\x9f\x98\x80", "C:\\x1b"})
        EXPECT_EQ(printable(text), text);
}

TEST(Printable, showsBytesThatAreNoText)
{
    EXPECT_EQ(printable("\x9b"
                        "1m"),
              "\\x9b1m");
    EXPECT_EQ(printable("\xc0\x9b \xe0\x82\x9b"), "\\xc0\\x9b \\xe0\\x82\\x9b") << "overlong";
    EXPECT_EQ(printable("\xed\xa0\x80 \xf5\x80\x80\x80"), "\\xed\\xa0\\x80 \\xf5\\x80\\x80\\x80");
    EXPECT_EQ(printable("a\xe3\x81"), "a\\xe3\\x81") << "truncated";
}

TEST(Printable, keepsANameOnItsLine)
{
    EXPECT_EQ(app::printableLine("7\nWeights: \tx"), "7\\nWeights: \\tx");
}

TEST(Printable, keepsTheMeaningOfJson)
{
    EXPECT_EQ(app::printableJson("{\"a\":\"\xc2\x9b\x7f\xe2\x80\xae\"}"),
              "{\"a\":\"\\u009b\\u007f\\u202e\"}");
}

TEST(PrintedText, commandsNoTerminalWithNamesOfFilesAndArguments)
{
    const Studio studio;
    const QString folder = studio.makeIdxFolder(QStringLiteral("data") + kHostile, 64);
    const QString out = QStringLiteral("run\n") + kHostile;
    const Ended trained =
        studio.run({QStringLiteral("train"), QStringLiteral("--dataset"), folder, QStringLiteral("--epochs"),
                    QStringLiteral("1"), QStringLiteral("--out"), out});
    ASSERT_EQ(trained.exitCode, 0) << trained.err.toStdString();
    EXPECT_TRUE(trained.out.contains("\\x1b[2J\\u009b2J\\x1b]0;x\\x07\\u202e")) << trained.out.toStdString();
    EXPECT_TRUE(trained.out.contains("run\\n\\x1b")) << trained.out.toStdString();
    for (const QStringList& arguments :
         {QStringList{QStringLiteral("runs"), QStringLiteral("list")},
          {QStringLiteral("runs"), QStringLiteral("show"), QStringLiteral("1")},
          {QStringLiteral("evaluate"), out},
          {QStringLiteral("evaluate"), kHostile},
          {QStringLiteral("classify"), QStringLiteral("1"), QStringLiteral("--raw"), kHostile},
          {QStringLiteral("datasets"), QStringLiteral("fetch"), kHostile},
          {QStringLiteral("train"), kHostile},
          {QStringLiteral("runs"), QStringLiteral("show"), QStringLiteral("1"), QStringLiteral("--json")}}) {
        const Ended ended = studio.run(arguments);
        EXPECT_GE(ended.exitCode, 0);
        EXPECT_TRUE((ended.out + ended.err).contains("\\u202e")) << (ended.out + ended.err).toStdString();
        EXPECT_TRUE(isHarmless(trained.out + ended.out + ended.err)) << arguments.join(u' ').toStdString();
    }
}

TEST(PrintedText, commandsNoTerminalWithNamesOfClasses)
{
    const Studio studio;
    const QString folder = studio.makeIdxFolder(QStringLiteral("data"), 64);
    const QString run = studio.path(QStringLiteral("run"));
    ASSERT_EQ(studio
                  .run({QStringLiteral("train"), QStringLiteral("--dataset"), folder,
                        QStringLiteral("--epochs"), QStringLiteral("1"), QStringLiteral("--out"), run})
                  .exitCode,
              0);
    QFile record(run + QStringLiteral("/weights.json"));
    ASSERT_TRUE(record.open(QIODevice::ReadWrite));
    QByteArray text = record.readAll();
    const auto names = text.indexOf('[', text.indexOf("\"classes\""));
    ASSERT_GT(names, 0);
    const QByteArray name = R"("\u001b[2J\u009b2J\nWeights: mine")";
    text.replace(names, text.indexOf(']', names) + 1 - names, "[" + name + "," + name + "]");
    ASSERT_TRUE(record.seek(0) && record.write(text) == text.size() && record.resize(text.size()));
    record.close();
    QFile picture(studio.path(QStringLiteral("8.pgm")));
    ASSERT_TRUE(picture.open(QIODevice::WriteOnly));
    picture.write("P5 8 8 255\n" + QByteArray(64, '\x80'));
    picture.close();
    const Ended ended =
        studio.run({QStringLiteral("classify"), run, QStringLiteral("--raw"), picture.fileName()});
    EXPECT_EQ(ended.exitCode, 0) << ended.err.toStdString();
    EXPECT_TRUE(isHarmless(ended.out)) << ended.out.toStdString();
    EXPECT_TRUE(ended.out.contains(": \\x1b[2J\\u009b2J\\nWeights: mine (")) << ended.out.toStdString();
    EXPECT_EQ(ended.out.count('\n'), 1);
}

TEST(PrintedText, aLineBreakInANameForgesNoMessage)
{
    const Studio studio;
    const Ended ended =
        studio.run({QStringLiteral("evaluate"), studio.path(QStringLiteral("a\nDone: 99 %"))});
    EXPECT_EQ(ended.exitCode, 1);
    EXPECT_TRUE(ended.err.contains("\n    Done: 99 %")) << ended.err.toStdString();
    EXPECT_FALSE(ended.err.contains("\nDone")) << ended.err.toStdString();
}
