#include "ui/render/PictureFile.h"

#include "support/Files.h"
#include "support/PictureFiles.h"
#include "support/Results.h"
#include "ui/render/PictureFormat.h"

#include <QBuffer>
#include <QFile>
#include <QLoggingCategory>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

using engine::ErrorCode;
using test::failsWith;

namespace
{

const QByteArray kSvg = R"(<?xml version="1.0"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="99" height="99">)";

/// Qt warns of damaged pictures, which is a failure elsewhere.
class PictureFile : public testing::Test
{
protected:
    PictureFile() { QLoggingCategory::setFilterRules(QStringLiteral("qt.gui.imageio*=false")); }
    ~PictureFile() override { QLoggingCategory::setFilterRules({}); }
};

engine::Result<QImage> read(const QByteArray& content)
{
    return ui::readPictureContent(content, "it", 1);
}

/// Whether the message has all of these parts.
testing::AssertionResult isRefused(const QByteArray& content, const std::vector<std::string>& parts)
{
    return failsWith(read(content), ErrorCode::BadFormat, parts);
}

long peakMegabytes()
{
    rusage usage = {};
    EXPECT_EQ(getrusage(RUSAGE_SELF, &usage), 0);
    return usage.ru_maxrss >> 10;
}

/// In bytes of `format`.
QByteArray encoded(const QSize& size, const char* format)
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(QColor(200, 100, 50));
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    EXPECT_TRUE(image.save(&buffer, format)) << format;
    return bytes;
}

} // namespace

TEST_F(PictureFile, readsEveryListedFormatWhateverItIsCalled)
{
    const test::TemporaryFolder folder;
    for (const char* format : {"png", "jpeg", "bmp", "pgm", "ppm", "pbm"}) {
        const QByteArray bytes = encoded({40, 30}, format);
        const auto path = test::writeFile(folder / "picture.svg", {bytes.data(), std::size_t(bytes.size())});
        const auto picture = ui::readPicture(QString::fromStdString(path.string()), 3);
        ASSERT_TRUE(picture) << format << picture.error().message;
        EXPECT_EQ(picture->size(), QSize(40, 30)) << format;
    }
    EXPECT_TRUE(read(test::gif(7, 1)));
    const QStringList patterns = ui::pictureFilePatterns();
    EXPECT_TRUE(patterns.contains(QStringLiteral("*.png")) && patterns.contains(QStringLiteral("*.jpg")));
    EXPECT_TRUE(patterns.filter(QStringLiteral("svg")).isEmpty());
}

TEST_F(PictureFile, doesNotReadVectorPictures)
{
    const test::TemporaryFolder folder;
    // Drawing text without a window ends the program, a picture of itself never ends, and others are none of
    // its business.
    for (const char* body :
         {"<text x='9' y='50'>7</text>", "<image xlink:href='it.png' width='9' height='9'/>",
          "<image xlink:href='/etc/logo.png' width='9' height='9'/>"}) {
        const QByteArray svg = kSvg + body + "</svg>";
        const auto path = test::writeFile(folder / "it.png", {svg.data(), std::size_t(svg.size())});
        const auto picture = ui::readPicture(QString::fromStdString(path.string()), 1);
        EXPECT_TRUE(
            failsWith(picture, ErrorCode::BadFormat, {"SVG pictures are not read; export it as PNG"}));
    }
    const QString text = QString::fromUtf8(kSvg + "</svg>");
    EXPECT_TRUE(isRefused(QByteArray(reinterpret_cast<const char*>(text.utf16()), text.size() * 2), {"SVG"}));
    const std::string zipped = test::gzipped((kSvg + "</svg>").toStdString());
    EXPECT_TRUE(isRefused(QByteArray::fromStdString(zipped), {"SVGZ", "are not read"}));
    EXPECT_TRUE(isRefused("%PDF-1.7\n", {"PDF"}));
    EXPECT_TRUE(isRefused("hello",
                          {"expected an image file (PNG, JPEG", "or PPM), but its content is none of them"}));
}

TEST_F(PictureFile, opensNoPipesNoDevicesAndNoFolders)
{
    const test::TemporaryFolder folder;
    const std::string pipe = (folder / "pipe.png").string();
    ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
    for (const std::string& path : {pipe, std::string("/dev/zero"), folder.path().string()})
        EXPECT_TRUE(failsWith(ui::readPicture(QString::fromStdString(path), 1), ErrorCode::CannotRead));
    const auto empty = test::writeFile(folder / "empty.png", "").string();
    EXPECT_TRUE(failsWith(ui::readPicture(QString::fromStdString(empty), 1), ErrorCode::BadFormat));
}

TEST_F(PictureFile, refusesTooManyPixelsBeforeTheyAreAllocated)
{
    const long before = peakMegabytes();
    EXPECT_TRUE(
        isRefused(test::gif(16'000, 16'000), {"at most 40,000,000 pixels", "256,000,000 (16,000 × 16,000)"}));
    EXPECT_TRUE(isRefused(test::gif(16'000, 1), {"40,000,000", "256,000,000"}));
    EXPECT_TRUE(isRefused(test::grayPng(30'000, 1, true, false), {"40,000,000", "900,000,000"}));
    EXPECT_TRUE(isRefused(test::grayPng(5'000, 16, false, false), {"20,000,000", "25,000,000"}));
    EXPECT_TRUE(isRefused(test::jpeg(14'000, 3, true, 1), {"40,000,000", "196,000,000"}));
    EXPECT_TRUE(isRefused(test::jpeg(20'000, 3, false, 1), {"200,000,000", "400,000,000"}));
    EXPECT_TRUE(isRefused("P5 30000 30000 255\n", {"40,000,000", "900,000,000"}));
    EXPECT_LT(peakMegabytes() - before, 60);
}

TEST_F(PictureFile, readsPhotosOfManyMegapixelsInLittleMemory)
{
    const long before = peakMegabytes();
    const auto picture = read(test::jpeg(14'000, 3, false, 1));
    ASSERT_TRUE(picture) << picture.error().message;
    EXPECT_EQ(picture->size(), QSize(1024, 1024));
    EXPECT_LT(peakMegabytes() - before, 100);
}

TEST_F(PictureFile, refusesJpegFilesThatCostMoreThanTheirPixels)
{
    EXPECT_TRUE(read(test::jpeg(64, 1, true, 1)));
    EXPECT_TRUE(isRefused(test::jpeg(64, 1, true, 4'000), {"at most 100 scans", "found 4000"}));
    EXPECT_TRUE(isRefused(test::jpeg(64, 9, false, 1), {"at most 4 color components", "found 9"}));
    const QByteArray comment = test::jpegSegment('\xfe', QByteArray(65'000, ' '));
    EXPECT_TRUE(isRefused(test::jpeg(64, 1, false, 1, comment.repeated(300)),
                          {"at most 16000000 bytes of metadata", "found 19500600"}));
}

TEST_F(PictureFile, doesNotInflateTheTextsOfPngFiles)
{
    const QByteArray text =
        test::pngChunk("zTXt", QByteArray("a\0\0", 3) + test::deflated(QByteArray(7'900'000, ' ')));
    const long before = peakMegabytes();
    const auto picture = read(test::grayPng(9, 8, false, true, text.repeated(60)));
    ASSERT_TRUE(picture) << picture.error().message;
    EXPECT_EQ(picture->size(), QSize(9, 9));
    EXPECT_LT(peakMegabytes() - before, 60);
}

TEST_F(PictureFile, refusesFilesThatAreTooLong)
{
    const test::TemporaryFolder folder;
    const auto path = test::writeFile(folder / "long.bmp", "BM").string();
    QFile file(QString::fromStdString(path));
    ASSERT_TRUE(file.resize(200'000'000)); // sparse
    const auto picture = ui::readPicture(file.fileName(), 1);
    EXPECT_TRUE(failsWith(picture, ErrorCode::BadFormat, {"at most 160.0 MB; found 200.0 MB"}));
}

TEST_F(PictureFile, survivesTruncationAnywhere)
{
    for (const char* format : {"jpeg", "bmp", "ppm"}) {
        const QByteArray whole = encoded({40, 30}, format);
        for (qsizetype length = 0; length < whole.size(); length += 7)
            (void)read(whole.left(length));
    }
}
