#include "ui/render/GalleryPicture.h"

#include "ui/render/Colors.h"
#include "ui/style/Theme.h"

#include <QApplication>
#include <gtest/gtest.h>

namespace
{

/// Images of one gray each: image i is 10 + i. Every third is wrong.
std::shared_ptr<core::EvaluatedSplit> split(std::size_t count, int side = 28)
{
    auto result = std::make_shared<core::EvaluatedSplit>();
    result->datasetTitle = QStringLiteral("Grays");
    result->classNames = {QStringLiteral("a"), QStringLiteral("b")};
    result->evaluation.confusion = engine::ConfusionMatrix(2);
    std::vector<std::uint8_t> pixels;
    for (std::size_t i = 0; i < count; ++i) {
        pixels.insert(pixels.end(), static_cast<std::size_t>(side * side), static_cast<std::uint8_t>(10 + i));
        const std::uint8_t label = 0;
        const std::uint8_t prediction = i % 3 == 0 ? 1 : 0;
        result->labels.push_back(label);
        result->evaluation.predictions.push_back(prediction);
        result->evaluation.probabilities.insert(result->evaluation.probabilities.end(),
                                                {prediction == 0 ? .9F : .1F, prediction == 0 ? .1F : .9F});
        result->evaluation.confusion.add(label, prediction);
    }
    result->images = *engine::Dataset::create(side, side, std::move(pixels), result->labels, 2);
    result->scores = engine::scoreSamples(result->evaluation, result->labels);
    return result;
}

QColor at(const QImage& image, QPoint point, int scale)
{
    return image.pixelColor(point * scale + QPoint(scale / 2, scale / 2));
}

} // namespace

TEST(GalleryPicture, hasThePromisedSizeAndTheImagesPixels)
{
    const ui::GalleryPicture picture = ui::galleryPicture(split(30), {4, 3, 29}, QStringLiteral("Some"));
    const ui::Colors colors = ui::lightColors();
    for (const int scale : {1, 2, 4}) {
        const QImage image = QImage::fromData(ui::galleryPng(picture, scale), "PNG");
        ASSERT_EQ(image.size(), sizeOf(picture) * scale);
        EXPECT_EQ(at(image, {1, 1}, scale), QColor(Qt::white));
        for (const auto& [tile, gray] : {std::pair(0, 14), std::pair(1, 13), std::pair(2, 39)}) {
            const QRect area = imageRect(picture, static_cast<std::size_t>(tile));
            EXPECT_EQ(area.size(), QSize(84, 84));
            for (const QPoint& corner : {area.topLeft(), area.bottomRight(), area.center()})
                EXPECT_EQ(at(image, corner, scale), QColor(gray, gray, gray));
            const bool isRight = tile != 1; // image 3 is wrong
            EXPECT_EQ(at(image, area.topLeft() - QPoint(1, 1), scale), isRight ? colors.right : colors.wrong);
        }
    }
}

TEST(GalleryPicture, isDarkOnWhiteFromTheDarkThemeToo)
{
    const ui::GalleryPicture picture = ui::galleryPicture(split(2), {0, 1}, QStringLiteral("Some"));
    ui::Theme theme(*qApp, core::ThemeChoice::Light);
    const QImage light = ui::galleryImage(picture, 1);
    theme.setChoice(core::ThemeChoice::Dark);
    EXPECT_TRUE(ui::galleryImage(picture, 1) == light);
}

TEST(GalleryPicture, takesTheFirstOnlyAndSaysSo)
{
    std::vector<std::uint32_t> positions;
    for (std::uint32_t i = 0; i < 240; ++i)
        positions.push_back(239 - i);
    const ui::GalleryPicture picture = ui::galleryPicture(split(240), positions, QStringLiteral("All"));
    EXPECT_EQ(picture.positions.size(), ui::kMostPictureTiles);
    EXPECT_EQ(picture.positions.front(), 239U);
    EXPECT_EQ(picture.subtitle, QStringLiteral("Grays · test images: the first 120 of 240"));
    positions.resize(120);
    EXPECT_EQ(ui::galleryPicture(split(240), positions, {}).subtitle,
              QStringLiteral("Grays · test images: 120"));
}

TEST(GalleryPicture, hasRoomForItsTitleAndForNoImages)
{
    const QString title = QStringLiteral("true Ankle boot → predicted T-shirt or top, and so on for a while");
    const ui::GalleryPicture one = ui::galleryPicture(split(3), {1}, title);
    EXPECT_GT(sizeOf(one).width(), 400);
    const ui::GalleryPicture none = ui::galleryPicture(split(3), {}, title);
    EXPECT_FALSE(ui::galleryImage(none, 1).isNull());
}

TEST(GalleryPicture, hasALineMoreForWhatAnotherRunSays)
{
    const auto images = split(30);
    const ui::GalleryPicture alone = ui::galleryPicture(images, {1, 2}, QStringLiteral("Some"));
    const ui::GalleryPicture beside =
        ui::galleryPicture(images, {1, 2}, QStringLiteral("Some"), {QStringLiteral("run 2"), images});
    EXPECT_EQ(sizeOf(beside).height(), sizeOf(alone).height() + 15);
    const QImage image = ui::galleryImage(beside, 1);
    const int top = imageRect(beside, 0).bottom() + 3 + 3 * 15; // where the fourth line begins
    const QRgb right = ui::lightColors().right.rgb();
    int greens = 0;
    for (int y = top; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            greens += qGreen(image.pixel(x, y)) - qRed(image.pixel(x, y)) > qGreen(right) / 3 ? 1 : 0;
    }
    EXPECT_GT(greens, 10) << "its text is green, for it is right";
}

TEST(GalleryPicture, makesLargeImagesSmaller)
{
    const ui::GalleryPicture picture = ui::galleryPicture(split(2, 200), {1}, QStringLiteral("Large"));
    EXPECT_EQ(imageRect(picture, 0).size(), QSize(84, 84));
    EXPECT_EQ(at(ui::galleryImage(picture, 1), imageRect(picture, 0).center(), 1), QColor(11, 11, 11));
}
