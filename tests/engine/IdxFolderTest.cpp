#include "engine/data/IdxFolder.h"

#include "support/Files.h"
#include "support/IdxFiles.h"
#include "support/Results.h"

using engine::ErrorCode;
using engine::kIdxFileNames;
using engine::readIdxFolder;
using test::failsWith;
using test::gzipped;
using test::idxHeader;
using test::idxImages;
using test::idxLabels;
using test::writeFile;

namespace
{

/// A folder with twelve training and six test images of 3 × 4 pixels in three classes.
class IdxFolder : public testing::Test
{
protected:
    IdxFolder()
    {
        write(0, idxImages(12, 3, 4));
        write(1, idxLabels(12, 3));
        write(2, idxImages(6, 3, 4));
        write(3, idxLabels(6, 3));
    }

    std::filesystem::path pathOf(std::size_t file, const char* suffix = "") const
    {
        return m_folder / (std::string(kIdxFileNames[file]) + suffix);
    }
    void write(std::size_t file, const std::string& bytes) { writeFile(pathOf(file), bytes); }
    void compress(std::size_t file)
    {
        writeFile(pathOf(file, ".gz"), gzipped(test::readFile(pathOf(file))));
        std::filesystem::remove(pathOf(file));
    }
    engine::Result<engine::DatasetSplits> read(std::vector<std::string> classNames = {})
    {
        return readIdxFolder(m_folder.path(), "mine", "My images", std::move(classNames));
    }

    test::TemporaryFolder m_folder;
};

} // namespace

TEST_F(IdxFolder, becomesTwoSplits)
{
    EXPECT_TRUE(engine::isIdxFolder(m_folder.path()));
    const auto splits = read();
    ASSERT_TRUE(test::succeeds(splits));
    EXPECT_EQ(splits->id, "mine");
    EXPECT_EQ(splits->title, "My images");
    EXPECT_EQ(splits->classNames, (std::vector<std::string>{"0", "1", "2"}));
    EXPECT_EQ(splits->train.size(), 12U);
    EXPECT_EQ(splits->test.size(), 6U);
    EXPECT_EQ(splits->train.height(), 3);
    EXPECT_EQ(splits->train.width(), 4);
    EXPECT_EQ(splits->train.classCount(), 3);
    EXPECT_EQ(splits->test.classCount(), 3);
    EXPECT_EQ(splits->train.label(5), 2);
    EXPECT_EQ(splits->train.image(1)[0], 12 * 37 % 256);
}

TEST_F(IdxFolder, mayMixPlainAndCompressedFiles)
{
    const auto plain = read();
    compress(0);
    compress(3);
    EXPECT_TRUE(engine::isIdxFolder(m_folder.path()));
    const auto mixed = read();
    ASSERT_TRUE(plain && mixed);
    EXPECT_TRUE(std::ranges::equal(plain->train.pixels(), mixed->train.pixels()));
    EXPECT_TRUE(std::ranges::equal(plain->test.labels(), mixed->test.labels()));
}

TEST_F(IdxFolder, prefersThePlainFile)
{
    writeFile(pathOf(1, ".gz"), "not even gzip");
    EXPECT_EQ(engine::findIdxFile(m_folder.path(), kIdxFileNames[1]), pathOf(1));
    EXPECT_TRUE(test::succeeds(read()));
}

TEST_F(IdxFolder, namesTheFileThatIsMissing)
{
    for (std::size_t file = 0; file < 4; ++file) {
        const std::string bytes = test::readFile(pathOf(file));
        std::filesystem::remove(pathOf(file));
        EXPECT_FALSE(engine::isIdxFolder(m_folder.path()));
        EXPECT_TRUE(
            failsWith(read(), ErrorCode::NotFound, {m_folder.path().string(), kIdxFileNames[file], ".gz"}));
        write(file, bytes);
    }
}

TEST_F(IdxFolder, thatIsMissingIsNoIdxFolder)
{
    EXPECT_FALSE(engine::isIdxFolder(m_folder / "nowhere"));
    EXPECT_TRUE(failsWith(readIdxFolder(m_folder / "nowhere", "x", "x"), ErrorCode::NotFound,
                          {"nowhere", kIdxFileNames[0]}));
}

TEST_F(IdxFolder, doesNotTakeAFolderForAFile)
{
    std::filesystem::remove(pathOf(2));
    std::filesystem::create_directory(pathOf(2));
    EXPECT_FALSE(engine::isIdxFolder(m_folder.path()));
    EXPECT_TRUE(failsWith(read(), ErrorCode::NotFound, {kIdxFileNames[2]}));
}

TEST_F(IdxFolder, isRejectedWhenLabelsAndImagesDisagree)
{
    write(1, idxLabels(11, 3));
    EXPECT_TRUE(failsWith(read(), ErrorCode::BadFormat,
                          {pathOf(1).string(), "expected 12 labels", pathOf(0).string(), "found 11"}));
    write(1, idxLabels(12, 3));
    write(3, idxLabels(7, 3));
    EXPECT_TRUE(failsWith(read(), ErrorCode::BadFormat,
                          {pathOf(3).string(), "expected 6 labels", pathOf(2).string(), "found 7"}));
}

TEST_F(IdxFolder, isRejectedWhenTheSplitsDifferInSize)
{
    write(2, idxImages(6, 4, 3));
    EXPECT_TRUE(
        failsWith(read(), ErrorCode::BadFormat,
                  {pathOf(2).string(), "expected images of 3 × 4", pathOf(0).string(), "found 4 × 3"}));
}

TEST_F(IdxFolder, isRejectedWithLabelsBeyondTheGivenClasses)
{
    EXPECT_TRUE(failsWith(read({"cat", "dog"}), ErrorCode::BadFormat,
                          {pathOf(1).string(), "expected labels from 0 to 1", "found 2 at index 2"}) ||
                failsWith(read({"cat", "dog"}), ErrorCode::BadFormat,
                          {pathOf(1).string(), "Expected labels from 0 to 1", "found 2 at index 2"}));
    write(3, idxHeader({6}) + std::string("\0\1\2\3\0\0", 6));
    EXPECT_TRUE(failsWith(read({"cat", "dog", "cow"}), ErrorCode::BadFormat,
                          {pathOf(3).string(), "found 3 at index 3"}));
}

TEST_F(IdxFolder, takesGivenClassNames)
{
    const auto splits = read({"cat", "dog", "cow", "none of these"});
    ASSERT_TRUE(test::succeeds(splits));
    EXPECT_EQ(splits->classNames[3], "none of these");
    EXPECT_EQ(splits->train.classCount(), 4);
}

TEST_F(IdxFolder, numbersItsClassesUpToTheLargestLabelOfBothSplits)
{
    write(3, idxHeader({6}) + std::string("\0\1\2\7\0\0", 6));
    const auto splits = read();
    ASSERT_TRUE(test::succeeds(splits));
    EXPECT_EQ(splits->classNames.size(), 8U);
    EXPECT_EQ(splits->classNames.back(), "7");
    EXPECT_EQ(splits->train.classCount(), 8);
}

TEST_F(IdxFolder, hasTwoClassesAtLeast)
{
    write(1, idxLabels(12, 1));
    write(3, idxLabels(6, 1));
    const auto splits = read();
    ASSERT_TRUE(test::succeeds(splits));
    EXPECT_EQ(splits->classNames.size(), 2U);
}

TEST_F(IdxFolder, passesOnWhatIsWrongWithAFile)
{
    write(2, idxImages(6, 3, 4).substr(0, 30));
    EXPECT_TRUE(
        failsWith(read(), ErrorCode::BadFormat, {pathOf(2).string(), "expected 72 bytes", "found 14"}));
}

TEST_F(IdxFolder, ofMnistHasTheKnownNumbers)
{
    const auto folder = test::mnistFolder();
    if (!folder)
        GTEST_SKIP() << "MNIST is not on this machine: set TINYVGG_MNIST_DIR to its folder";
    const auto splits = readIdxFolder(*folder, "mnist", "MNIST");
    ASSERT_TRUE(test::succeeds(splits));
    EXPECT_EQ(splits->train.size(), 60'000U);
    EXPECT_EQ(splits->test.size(), 10'000U);
    EXPECT_EQ(splits->train.height(), 28);
    EXPECT_EQ(splits->test.width(), 28);
    EXPECT_EQ(splits->train.classCounts(),
              (std::vector<std::size_t>{5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949}));
    EXPECT_EQ(splits->test.classCounts(),
              (std::vector<std::size_t>{980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009}));
}
