// Run folders and files that came from somebody else: real processes.
#include "Studio.h"

#include "support/Files.h"

#include <QFile>
#include <filesystem>
#include <gtest/gtest.h>

using test::readFile;
using test::writeFile;

namespace
{

QString word(const char* text)
{
    return QString::fromLatin1(text);
}

std::filesystem::path trainedRun(const Studio& studio)
{
    EXPECT_EQ(studio
                  .run({word("train"), word("--dataset"), word("sketch-digits"), word("--limit"), word("500"),
                        word("--epochs"), word("1")})
                  .exitCode,
              0);
    return (studio.runsFolder() + word("/1")).toStdString();
}

/// A link that leads from each file of the run to a file of the user.
std::vector<std::filesystem::path> lead(const std::filesystem::path& run, const std::filesystem::path& home)
{
    std::vector<std::filesystem::path> victims;
    for (const char* name :
         {"weights.json", "weights.pt", "checkpoint.safetensors", "predictions.safetensors"}) {
        const std::filesystem::path victim = home / (std::string("private-") + name);
        std::filesystem::rename(run / name, victim); // so that the run can still be read
        std::filesystem::create_symlink(victim, run / name);
        victims.push_back(victim);
    }
    return victims;
}

} // namespace

TEST(FilesOfOthers, goingOnWithARunOverwritesNothingThatItsLinksLeadTo)
{
    const Studio studio;
    const std::filesystem::path run = trainedRun(studio);
    const auto victims = lead(run, studio.path(word("")).toStdString());
    std::vector<std::string> before;
    for (const auto& victim : victims)
        before.push_back(readFile(victim));
    const Ended ended = studio.run({word("train"), word("--resume"), word("1"), word("--epochs"), word("2")});
    EXPECT_EQ(ended.exitCode, 0) << ended.err.toStdString();
    for (std::size_t i = 0; i < victims.size(); ++i)
        EXPECT_EQ(readFile(victims[i]), before[i]) << victims[i];
    EXPECT_FALSE(std::filesystem::is_symlink(run / "weights.pt"));
    EXPECT_FALSE(std::filesystem::is_symlink(run / "checkpoint.safetensors"));
}

TEST(FilesOfOthers, nestedJsonIsRefusedWhereverItStands)
{
    const Studio studio;
    const std::filesystem::path run = trainedRun(studio);
    const std::string deep(100'000, '[');
    const auto hasNotCrashed = [&](std::initializer_list<const char*> words) {
        QStringList arguments;
        for (const char* each : words)
            arguments << word(each);
        const Ended ended = studio.run(arguments);
        EXPECT_TRUE(ended.exitCode == 0 || ended.exitCode == 1)
            << arguments.join(QLatin1Char(' ')).toStdString() << ": " << ended.exitCode
            << ended.err.toStdString();
        return ended;
    };
    const std::string description = readFile(run / "weights.json");
    for (const std::string& json :
         {deep, "{\"format_version\":" + deep,
          "{\"format_version\":1,\"x\":" + deep + std::string(100'000, ']') + "}"}) {
        writeFile(run / "weights.json", json);
        hasNotCrashed({"evaluate", "1"});
        hasNotCrashed({"runs", "list"});
        hasNotCrashed({"runs", "show", "1"});
    }
    writeFile(run / "weights.json", description);
    const std::string checkpoint = readFile(run / "checkpoint.safetensors");
    const std::uint64_t length = deep.size();
    writeFile(run / "checkpoint.safetensors",
              std::string(reinterpret_cast<const char*>(&length), sizeof length) + deep);
    const Ended resumed = hasNotCrashed({"train", "--resume", "1", "--epochs", "2"});
    EXPECT_EQ(resumed.exitCode, 1);
    EXPECT_TRUE(resumed.err.contains("nested more than 32 times")) << resumed.err.toStdString();
    const QString strokes = studio.path(word("strokes.jsonl"));
    writeFile(strokes.toStdString(), "{\"strokes\":" + deep + std::string(100'000, ']') + "}\n");
    const Ended classified = studio.run({word("classify"), word("1"), word("--strokes"), strokes});
    EXPECT_EQ(classified.exitCode, 1);
    EXPECT_TRUE(classified.err.contains("line 1: expected {\"label\"")) << classified.err.toStdString();
    hasNotCrashed({"runs", "delete", "1"});
}
