#include "ui/render/PictureReader.h"

#include "engine/recognition/Preprocessing.h"
#include "support/Files.h"
#include "support/PictureFiles.h"
#include "support/Results.h"
#include "support/WaitUntil.h"
#include "ui/render/PictureFile.h"

#include <QBuffer>
#include <QMimeData>
#include <QPainter>
#include <QUrl>
#include <algorithm>
#include <gtest/gtest.h>

using engine::ErrorCode;
using test::failsWith;
using test::waitUntil;
using ui::inkSquareOf;
using ui::PictureReader;

namespace
{

/// A bar, taller than wide, at the left of a page.
QImage page(const QSize& size, QColor paper, QColor ink, QImage::Format format = QImage::Format_RGB32)
{
    QImage image(size, format);
    image.fill(paper);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(ink, size.height() / 16.0, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(QPointF(size.width() * .2, size.height() * .3),
                     QPointF(size.width() * .2, size.height() * .7));
    return image;
}

/// The ink's box in shares of the square.
QRectF boxOf(const QImage& square)
{
    engine::InkImage ink{square.width(), square.height(), {}};
    for (int y = 0; y < square.height(); ++y)
        ink.ink.insert(ink.ink.end(), square.constScanLine(y), square.constScanLine(y) + square.width());
    const auto seen = engine::preprocessInk(ink);
    EXPECT_TRUE(seen);
    const qreal side = square.width();
    return {seen->box.left / side, seen->box.top / side, seen->box.width / side, seen->box.height / side};
}

void expectUprightBar(const engine::Result<QImage>& square)
{
    ASSERT_TRUE(square) << square.error().message;
    EXPECT_EQ(square->width(), square->height());
    EXPECT_EQ(square->format(), QImage::Format_Grayscale8);
    const QRectF box = boxOf(*square);
    EXPECT_NEAR(box.height(), 20 / 28., 0.04);
    EXPECT_NEAR(box.center().x(), 0.5, 0.03);
    EXPECT_NEAR(box.center().y(), 0.5, 0.03);
    EXPECT_LT(box.width(), 0.3);
}

/// Four fields of a color each.
QImage colorChart(const QSize& size)
{
    QImage image(size, QImage::Format_RGB32);
    QPainter painter(&image);
    const int wide = size.width() / 2;
    const int high = size.height() / 2;
    painter.fillRect(0, 0, wide, high, QColor(250, 0, 0));
    painter.fillRect(wide, 0, wide, high, QColor(0, 240, 0));
    painter.fillRect(0, high, wide, high, QColor(0, 0, 230));
    painter.fillRect(wide, high, wide, high, QColor(220, 210, 200));
    return image;
}

class PictureReaderTest : public testing::Test
{
protected:
    PictureReaderTest()
    {
        QObject::connect(&m_reader, &PictureReader::haveRead, &m_reader,
                         [this](const QImage& square) { m_squares << square; });
        QObject::connect(&m_reader, &PictureReader::failed, &m_reader,
                         [this](const engine::Error& error) { m_errors << error; });
    }
    QString save(const QImage& image, const char* name) const
    {
        const QString path = QString::fromStdString((m_folder / name).string());
        EXPECT_TRUE(image.save(path));
        return path;
    }

    test::TemporaryFolder m_folder;
    PictureReader m_reader;
    QList<QImage> m_squares;
    QList<engine::Error> m_errors;
};

} // namespace

TEST(InkSquare, findsInkOfEitherColorInPicturesOfAnySize)
{
    expectUprightBar(inkSquareOf(page({300, 200}, Qt::white, Qt::black)));
    expectUprightBar(inkSquareOf(page({200, 300}, Qt::black, Qt::white)));
    expectUprightBar(inkSquareOf(page({3000, 2000}, QColor(230, 220, 180), QColor(20, 30, 120))));
}

TEST(InkSquare, seesThroughTransparentGround)
{
    expectUprightBar(inkSquareOf(page({200, 200}, Qt::transparent, Qt::black, QImage::Format_ARGB32)));
    expectUprightBar(inkSquareOf(page({200, 200}, Qt::transparent, Qt::white, QImage::Format_ARGB32)));
}

TEST(InkSquare, saysWhereThereIsNoInkOrNoPicture)
{
    QImage empty(100, 100, QImage::Format_RGB32);
    empty.fill(Qt::white);
    EXPECT_TRUE(failsWith(inkSquareOf(empty), ErrorCode::BadValue));
    EXPECT_TRUE(failsWith(inkSquareOf(QImage()), ErrorCode::BadFormat));
}

TEST_F(PictureReaderTest, opensFilesWhateverTheyAreCalled)
{
    m_reader.readFile(save(page({300, 200}, Qt::white, Qt::black), "seven.png"));
    EXPECT_TRUE(m_reader.isBusy());
    ASSERT_TRUE(waitUntil([&] { return m_squares.size() == 1; }));
    EXPECT_FALSE(m_reader.isBusy());
    const QString named = QString::fromStdString((m_folder / "seven.jpg").string());
    ASSERT_TRUE(QFile::copy(save(page({300, 200}, Qt::white, Qt::black), "other.png"), named));
    m_reader.readFile(named); // a PNG all the same
    ASSERT_TRUE(waitUntil([&] { return m_squares.size() == 2; }));
    expectUprightBar(m_squares[1]);
}

TEST_F(PictureReaderTest, opensPicturesOfManyMegapixels)
{
    m_reader.readFile(save(page({6100, 6000}, Qt::white, Qt::black), "large.png"));
    ASSERT_TRUE(waitUntil([&] { return m_squares.size() + m_errors.size() == 1; }));
    ASSERT_TRUE(m_errors.empty()) << m_errors[0].message;
    expectUprightBar(m_squares[0]);
}

TEST_F(PictureReaderTest, saysWhatIsWrongWithAFile)
{
    m_reader.readFile(QString::fromStdString((m_folder / "nowhere.png").string()));
    ASSERT_TRUE(waitUntil([&] { return m_errors.size() == 1; }));
    EXPECT_EQ(m_errors[0].code, ErrorCode::NotFound);
    m_reader.readFile(QString::fromStdString(test::writeFile(m_folder / "text.png", "seven").string()));
    ASSERT_TRUE(waitUntil([&] { return m_errors.size() == 2; }));
    EXPECT_EQ(m_errors[1].code, ErrorCode::BadFormat);
    EXPECT_NE(m_errors[1].message.find("text.png"), std::string::npos);
}

TEST_F(PictureReaderTest, takesAFileBeforeThePictureBesideIt)
{
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(save(page({300, 200}, Qt::white, Qt::black), "7.png"))});
    data.setImageData(QImage());
    EXPECT_TRUE(m_reader.readData(data));
    ASSERT_TRUE(waitUntil([&] { return m_squares.size() == 1; }));
    QMimeData text;
    text.setText(QStringLiteral("7"));
    EXPECT_FALSE(m_reader.readData(text));
}

TEST_F(PictureReaderTest, decodesWhatOtherProgramsOfferAsItDoesFiles)
{
    QByteArray png;
    QBuffer buffer(&png);
    buffer.open(QIODevice::WriteOnly);
    ASSERT_TRUE(page({300, 200}, Qt::white, Qt::black).save(&buffer, "PNG"));
    const auto offer = [this](const char* type, const QByteArray& content) {
        QMimeData data;
        data.setImageData(QImage(9, 9, QImage::Format_RGB32)); // offered by Qt, decoded from the content
        data.setData(QLatin1String(type), content);
        EXPECT_TRUE(m_reader.readData(data));
        EXPECT_TRUE(waitUntil([&] { return !m_reader.isBusy(); }));
    };
    offer("image/png", png);
    ASSERT_EQ(m_squares.size(), 1);
    expectUprightBar(m_squares[0]);
    offer("image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg'/>");
    offer("image/png", "<svg xmlns='http://www.w3.org/2000/svg'/>");
    offer("image/png", test::gif(16'000, 16'000));
    ASSERT_EQ(m_errors.size(), 3);
    EXPECT_NE(m_errors[0].message.find("SVG pictures are not read"), std::string::npos);
    EXPECT_NE(m_errors[1].message.find("SVG pictures are not read"), std::string::npos);
    EXPECT_NE(m_errors[2].message.find("found 256,000,000"), std::string::npos) << m_errors[2].message;
    EXPECT_EQ(m_squares.size(), 1);
}

TEST_F(PictureReaderTest, deliversTheNewestOfManyPictures)
{
    for (int i = 0; i < 5; ++i)
        m_reader.readImage(page({100 + 100 * i, 200}, Qt::white, Qt::black));
    ASSERT_TRUE(waitUntil([&] { return !m_reader.isBusy(); }));
    EXPECT_EQ(m_squares.size(), 1);
}

TEST(FittedPicture, isTheMiddleInAsManyPixelsAndColorsAsAModelReads)
{
    const engine::ImageShape shape{3, 8, 8};
    for (const QSize& size : {QSize(64, 64), QSize(8, 8), QSize(4, 4), QSize(3000, 3000)}) {
        const auto fitted = ui::fittedPicture(colorChart(size), shape);
        ASSERT_TRUE(fitted);
        EXPECT_EQ(fitted->size(), QSize(8, 8));
        const std::vector<std::uint8_t> pixels = ui::pixelsOf(*fitted, 3);
        ASSERT_EQ(pixels.size(), 192U);
        const auto at = [&](int channel, int y, int x) {
            return pixels[static_cast<std::size_t>(64 * channel + 8 * y + x)];
        };
        EXPECT_NEAR(at(0, 1, 1), 250, 3) << size.width();
        EXPECT_NEAR(at(1, 1, 6), 240, 3);
        EXPECT_NEAR(at(2, 6, 1), 230, 3);
        EXPECT_NEAR(at(0, 6, 6), 220, 3);
        EXPECT_NEAR(at(1, 6, 6), 210, 3);
        EXPECT_NEAR(at(2, 6, 6), 200, 3);
        EXPECT_NEAR(at(2, 1, 1), 0, 3);
    }
    QImage wide(300, 100, QImage::Format_RGB32);
    wide.fill(Qt::black);
    QPainter(&wide).fillRect(100, 0, 100, 100, Qt::white);
    const auto middle = ui::fittedPicture(wide, {1, 10, 10});
    ASSERT_TRUE(middle);
    EXPECT_EQ(middle->format(), QImage::Format_Grayscale8);
    const std::vector<std::uint8_t> pixels = ui::pixelsOf(*middle);
    EXPECT_EQ(pixels.size(), 100U);
    EXPECT_TRUE(std::ranges::all_of(pixels, [](std::uint8_t pixel) { return pixel == 255; }));
    EXPECT_TRUE(failsWith(ui::fittedPicture(QImage(), shape), ErrorCode::BadFormat));
}

TEST_F(PictureReaderTest, readsAFileInColorWhereTheModelDoes)
{
    const test::TemporaryFolder folder;
    const QString path = QString::fromStdString((folder / "chart.png").string());
    ASSERT_TRUE(colorChart({40, 40}).save(path));
    const auto read = ui::readPicture(path, 3);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->pixelColor(5, 5), QColor(250, 0, 0));
    EXPECT_TRUE(ui::readPicture(path, 1)->isGrayscale());
    PictureReader reader;
    reader.setShape(engine::ImageShape{3, 4, 4});
    QImage found;
    QObject::connect(&reader, &PictureReader::haveRead, [&](const QImage& picture) { found = picture; });
    reader.readFile(path);
    ASSERT_TRUE(waitUntil([&] { return !found.isNull(); }));
    EXPECT_EQ(found.size(), QSize(4, 4));
    EXPECT_EQ(found.pixelColor(0, 3), QColor(0, 0, 230));
}
