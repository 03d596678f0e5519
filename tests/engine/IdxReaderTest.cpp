#include "engine/data/IdxReader.h"

#include "support/Files.h"
#include "support/IdxFiles.h"
#include "support/Mutations.h"
#include "support/Results.h"

#include <sys/resource.h>

using engine::ErrorCode;
using engine::readIdxImages;
using engine::readIdxLabels;
using test::failsWith;
using test::gzipped;
using test::idxHeader;
using test::idxImages;
using test::idxLabels;
using test::someBytes;
using test::TemporaryFolder;
using test::writeFile;

namespace
{

std::string asBytes(const std::vector<std::uint8_t>& values)
{
    return {values.begin(), values.end()};
}

/// Most memory that this process ever had, in KiB.
long peakMemory()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

/// A file of these bytes, and what reading it as images gives.
class IdxImageFile : public testing::Test
{
protected:
    engine::Result<engine::IdxImages> read(const std::string& bytes)
    {
        return readIdxImages(writeFile(m_path, bytes));
    }
    std::string name() const { return m_path.string(); }

private:
    TemporaryFolder m_folder;
    std::filesystem::path m_path = m_folder / "images";
};

} // namespace

TEST_F(IdxImageFile, isReadByteForByte)
{
    const auto images = read(idxImages(5, 3, 7));
    ASSERT_TRUE(test::succeeds(images));
    EXPECT_EQ(images->count, 5);
    EXPECT_EQ(images->shape.height, 3);
    EXPECT_EQ(images->shape.width, 7);
    EXPECT_EQ(asBytes(images->pixels), someBytes(5 * 3 * 7));
}

TEST_F(IdxImageFile, isReadByteForByteFromGzip)
{
    // More than one of the buffers that are read at a time.
    const auto images = read(gzipped(idxImages(700, 28, 28)));
    ASSERT_TRUE(test::succeeds(images));
    EXPECT_EQ(images->count, 700);
    EXPECT_EQ(images->shape.height, 28);
    EXPECT_EQ(images->shape.width, 28);
    EXPECT_EQ(asBytes(images->pixels), someBytes(700 * 28 * 28));
}

TEST_F(IdxImageFile, isReadFromGzipOfSeveralMembers)
{
    const std::string bytes = idxImages(4, 3, 3);
    const auto images = read(gzipped(bytes.substr(0, 20)) + gzipped(bytes.substr(20)));
    ASSERT_TRUE(test::succeeds(images));
    EXPECT_EQ(asBytes(images->pixels), someBytes(4 * 3 * 3));
}

TEST(IdxLabelFile, isReadByteForByte)
{
    const TemporaryFolder folder;
    const std::string bytes = idxHeader({300}) + someBytes(300);
    for (const std::string& content : {bytes, gzipped(bytes)}) {
        const auto labels = readIdxLabels(writeFile(folder / "labels", content));
        ASSERT_TRUE(test::succeeds(labels));
        EXPECT_EQ(asBytes(*labels), someBytes(300));
    }
}

TEST(IdxReader, saysThatAFileIsMissing)
{
    const TemporaryFolder folder;
    const auto path = folder / "nowhere";
    EXPECT_TRUE(failsWith(readIdxImages(path), ErrorCode::NotFound, {path.string(), "no such file"}));
    EXPECT_TRUE(failsWith(readIdxLabels(path), ErrorCode::NotFound, {path.string(), "no such file"}));
}

TEST(IdxReader, rejectsAFolder)
{
    const TemporaryFolder folder;
    EXPECT_TRUE(failsWith(readIdxImages(folder.path()), ErrorCode::CannotRead,
                          {folder.path().string(), "expected a file", "found"}));
}

TEST(IdxReader, saysThatAFileMayNotBeRead)
{
    if (test::isRoot())
        GTEST_SKIP() << "root may read every file";
    const TemporaryFolder folder;
    const auto path = writeFile(folder / "images", idxImages(1, 2, 2));
    std::filesystem::permissions(path, std::filesystem::perms::none);
    EXPECT_TRUE(failsWith(readIdxImages(path), ErrorCode::CannotRead, {path.string(), "cannot be opened"}));
}

TEST(IdxReader, doesNotCallAFileMissingThatItMayNotLookFor)
{
    if (test::isRoot())
        GTEST_SKIP() << "root may enter every folder";
    const TemporaryFolder folder;
    std::filesystem::create_directory(folder / "closed");
    const auto path = writeFile(folder / "closed" / "images", idxImages(1, 2, 2));
    std::filesystem::permissions(folder / "closed", std::filesystem::perms::none);
    EXPECT_TRUE(failsWith(readIdxImages(path), ErrorCode::CannotRead, {path.string()}));
    std::filesystem::permissions(folder / "closed", std::filesystem::perms::owner_all);
}

TEST_F(IdxImageFile, isRejectedWhenEmpty)
{
    EXPECT_TRUE(
        failsWith(read(""), ErrorCode::BadFormat, {name(), "expected an IDX file", "found an empty file"}));
    EXPECT_TRUE(failsWith(read(gzipped("")), ErrorCode::BadFormat,
                          {name(), "expected an IDX file", "found an empty file"}));
}

TEST_F(IdxImageFile, isRejectedWithAShortHeader)
{
    const std::string bytes = idxImages(2, 3, 3);
    for (const std::size_t length : {4U, 7U, 15U}) {
        const std::string found = "found " + std::to_string(length) + " bytes";
        EXPECT_TRUE(failsWith(read(bytes.substr(0, length)), ErrorCode::BadFormat,
                              {name(), "expected a header of 16 bytes", found}));
        EXPECT_TRUE(failsWith(read(gzipped(bytes.substr(0, length))), ErrorCode::BadFormat,
                              {name(), "expected a header of 16 bytes", found}));
    }
    EXPECT_TRUE(
        failsWith(read(bytes.substr(0, 3)), ErrorCode::BadFormat, {name(), "0x00000803", "found 0x000008."}));
}

TEST_F(IdxImageFile, isRejectedWithAWrongMagicNumber)
{
    std::string bytes = idxImages(2, 3, 3);
    bytes[0] = 'P';
    EXPECT_TRUE(failsWith(read(bytes), ErrorCode::BadFormat,
                          {name(), "expected the magic number 0x00000803", "found 0x50000803"}));
    bytes[0] = 0;
    bytes[1] = 1;
    EXPECT_TRUE(failsWith(read(bytes), ErrorCode::BadFormat, {name(), "0x00000803", "found 0x00010803"}));
    EXPECT_TRUE(failsWith(read("\x89PNG\r\n\x1a\n and what follows"), ErrorCode::BadFormat,
                          {name(), "found 0x89504e47"}));
}

TEST_F(IdxImageFile, isRejectedWithAnotherElementType)
{
    const std::string floats = idxHeader({2, 1, 1}, 0x0d) + someBytes(8);
    EXPECT_TRUE(
        failsWith(read(floats), ErrorCode::BadFormat, {name(), "unsigned bytes", "found 0x00000d03"}));
}

TEST(IdxReader, distinguishesImagesFromLabels)
{
    const TemporaryFolder folder;
    const auto images = writeFile(folder / "images", idxImages(2, 3, 3));
    const auto labels = writeFile(folder / "labels", idxLabels(20));
    EXPECT_TRUE(failsWith(readIdxImages(labels), ErrorCode::BadFormat,
                          {labels.string(), "0x00000803", "3 dimensions", "found 0x00000801"}));
    EXPECT_TRUE(failsWith(readIdxLabels(images), ErrorCode::BadFormat,
                          {images.string(), "0x00000801", "1 dimensions", "found 0x00000803"}));
}

TEST_F(IdxImageFile, isRejectedWithoutImages)
{
    EXPECT_TRUE(failsWith(read(idxHeader({0, 28, 28})), ErrorCode::BadFormat,
                          {name(), "expected at least one element", "found dimensions 0 × 28 × 28"}));
}

TEST_F(IdxImageFile, isRejectedWithoutPixels)
{
    EXPECT_TRUE(failsWith(read(idxHeader({3, 0, 28})), ErrorCode::BadFormat,
                          {name(), "expected image sides from 1 to 4096 pixels", "found 0."}));
    EXPECT_TRUE(failsWith(read(idxHeader({3, 28, 0})), ErrorCode::BadFormat, {name(), "found 0."}));
}

TEST_F(IdxImageFile, isRejectedWithSidesThatAreTooLong)
{
    EXPECT_TRUE(failsWith(read(idxHeader({1, 4097, 1}) + someBytes(4097)), ErrorCode::BadFormat,
                          {name(), "expected image sides from 1 to 4096 pixels", "found 4097"}));
    EXPECT_TRUE(
        failsWith(read(idxHeader({1, 1, 0xffffffff})), ErrorCode::BadFormat, {name(), "found 4294967295"}));
    EXPECT_TRUE(test::succeeds(read(idxHeader({1, 4096, 1}) + someBytes(4096))));
}

TEST_F(IdxImageFile, isRejectedWhenTruncated)
{
    const std::string bytes = idxImages(2, 3, 3);
    for (std::size_t length = 16; length < bytes.size(); ++length) {
        const std::string found = "found " + std::to_string(length - 16) + " bytes";
        EXPECT_TRUE(failsWith(read(bytes.substr(0, length)), ErrorCode::BadFormat,
                              {name(), "expected 18 bytes of content (2 × 3 × 3)", found}));
        EXPECT_TRUE(failsWith(read(gzipped(bytes.substr(0, length))), ErrorCode::BadFormat,
                              {name(), "expected 18 bytes of content (2 × 3 × 3)", found}));
    }
}

TEST_F(IdxImageFile, isRejectedWhereverItsGzipStreamIsCut)
{
    const std::string bytes = gzipped(idxImages(20, 5, 5));
    for (std::size_t length = 2; length < bytes.size(); ++length) {
        EXPECT_TRUE(
            failsWith(read(bytes.substr(0, length)), ErrorCode::BadFormat,
                      {name(), "expected a complete gzip stream", "found damaged data", "end of file"}))
            << length << " of " << bytes.size() << " bytes";
    }
}

TEST_F(IdxImageFile, isRejectedWhenItsGzipChecksumIsWrong)
{
    const std::string bytes = gzipped(idxImages(20, 5, 5));
    for (std::size_t fromEnd = 1; fromEnd <= 8; ++fromEnd) {
        std::string wrong = bytes;
        wrong[wrong.size() - fromEnd] ^= 0x10;
        EXPECT_TRUE(failsWith(read(wrong), ErrorCode::BadFormat,
                              {name(), "expected a complete gzip stream", "damaged"}));
    }
}

TEST_F(IdxImageFile, isNeverReadWronglyFromAGzipStreamWithAFlippedBit)
{
    const std::string bytes = gzipped(idxImages(20, 5, 5));
    for (std::size_t bit = 10 * 8; bit < bytes.size() * 8; ++bit) {
        std::string wrong = bytes;
        wrong[bit / 8] = static_cast<char>(wrong[bit / 8] ^ (1 << bit % 8));
        // A few bits do not matter, such as those that fill up the last byte of the stream.
        if (const auto images = read(wrong)) {
            EXPECT_EQ(asBytes(images->pixels), someBytes(20 * 5 * 5)) << "bit " << bit;
        } else {
            EXPECT_TRUE(failsWith(images, ErrorCode::BadFormat, {name(), "expected", "found"}));
        }
    }
}

TEST_F(IdxImageFile, isRejectedWithBytesBehindItsContent)
{
    EXPECT_TRUE(failsWith(read(idxImages(2, 3, 3) + "x"), ErrorCode::BadFormat,
                          {name(), "expected 18 bytes of content", "found 19 bytes"}));
    EXPECT_TRUE(failsWith(read(gzipped(idxImages(2, 3, 3) + "x")), ErrorCode::BadFormat,
                          {name(), "expected 18 bytes of content", "found additional bytes after them"}));
}

TEST_F(IdxImageFile, isRejectedBeforeMemoryIsTakenForAFalseClaim)
{
    const std::string claim = idxHeader({1'300'000, 28, 28}); // 1.02 GB, just within what is allowed
    const long before = peakMemory();
    EXPECT_TRUE(failsWith(read(claim + someBytes(10)), ErrorCode::BadFormat,
                          {name(), "expected 1019200000 bytes of content", "found 10 bytes"}));
    EXPECT_TRUE(failsWith(read(gzipped(claim + someBytes(10))), ErrorCode::BadFormat,
                          {name(), "expected 1019200000 bytes of content", "found a gzip file of",
                           "at most 67108864 are unpacked"}));
    EXPECT_LT(peakMemory() - before, 512 * 1024);
}

TEST_F(IdxImageFile, isRejectedWhenItUnpacksToMuchMoreThanImagesDo)
{
    EXPECT_TRUE(failsWith(read(gzipped(idxHeader({90'000, 28, 28}) + std::string(90'000 * 28 * 28, '\0'))),
                          ErrorCode::BadFormat,
                          {name(), "expected 70560000 bytes of content", "at most 67108864 are unpacked"}));
}

TEST_F(IdxImageFile, isRejectedWhenItClaimsMoreThanAGigabyte)
{
    for (const std::string& claim : {idxHeader({3'000'000, 28, 28}), idxHeader({0xffffffff, 4096, 4096}),
                                     idxHeader({0x80000000, 1, 1})}) {
        EXPECT_TRUE(failsWith(read(claim), ErrorCode::BadFormat, {name(), "expected at most", "found"}));
        EXPECT_TRUE(
            failsWith(read(gzipped(claim)), ErrorCode::BadFormat, {name(), "expected at most", "found"}));
    }
}

TEST(IdxReader, rejectsLabelsThatClaimMoreThanTheyHave)
{
    const TemporaryFolder folder;
    const auto path = writeFile(folder / "labels", idxHeader({0xffffffff}) + someBytes(3));
    EXPECT_TRUE(
        failsWith(readIdxLabels(path), ErrorCode::BadFormat, {path.string(), "at most", "4294967295"}));
}

namespace
{

struct Original {
    std::string name;
    std::string bytes;
};

/// How a failure shows the parameter.
void PrintTo(const Original& original, std::ostream* out)
{
    *out << original.name;
}

class IdxReaderFuzz : public testing::TestWithParam<Original>
{
};

} // namespace

TEST_P(IdxReaderFuzz, survivesDamageAndNeverReturnsHalfAResult)
{
    const TemporaryFolder folder;
    std::mt19937_64 random(1);
    int refused = 0;
    for (int i = 0; i < 600; ++i) {
        const auto path = writeFile(folder / "damaged", test::damaged(GetParam().bytes, random));
        if (const auto images = readIdxImages(path)) {
            ASSERT_GT(images->count, 0);
            ASSERT_EQ(images->pixels.size(), static_cast<std::size_t>(images->count) *
                                                 static_cast<std::size_t>(images->shape.height) *
                                                 static_cast<std::size_t>(images->shape.width));
        } else {
            ++refused;
            ASSERT_NE(images.error().message.find(path.string()), std::string::npos)
                << images.error().message;
            ASSERT_TRUE(images.error().code == ErrorCode::BadFormat) << images.error().message;
        }
        if (const auto labels = readIdxLabels(path)) {
            ASSERT_FALSE(labels->empty());
        } else {
            ASSERT_TRUE(labels.error().code == ErrorCode::BadFormat) << labels.error().message;
        }
    }
    EXPECT_GT(refused, 200);
}

INSTANTIATE_TEST_SUITE_P(Files, IdxReaderFuzz,
                         testing::Values(Original{"plainImages", idxImages(6, 4, 5)},
                                         Original{"gzippedImages", gzipped(idxImages(6, 4, 5))},
                                         Original{"plainLabels", idxLabels(40)},
                                         Original{"gzippedLabels", gzipped(idxLabels(40))}),
                         [](const auto& instance) { return instance.param.name; });

TEST(IdxReader, readsMnist)
{
    const auto folder = test::mnistFolder();
    if (!folder)
        GTEST_SKIP() << "MNIST is not on this machine: set TINYVGG_MNIST_DIR to its folder";
    const auto gz = *folder / "t10k-labels-idx1-ubyte.gz";
    const auto labels = readIdxLabels(std::filesystem::exists(gz) ? gz : *folder / "t10k-labels-idx1-ubyte");
    ASSERT_TRUE(test::succeeds(labels));
    ASSERT_EQ(labels->size(), 10'000U);
    // The test set begins with a seven, a two, a one, a nought and a four.
    EXPECT_EQ(std::vector<std::uint8_t>(labels->begin(), labels->begin() + 5),
              (std::vector<std::uint8_t>{7, 2, 1, 0, 4}));
}
