#include "ui/pages/train/SampleStrip.h"
#include "engine/data/SketchDigits.h"
#include "ui/style/Theme.h"

#include <QApplication>
#include <QSignalSpy>
#include <gtest/gtest.h>

namespace
{

engine::Classification guessOf(int prediction)
{
    engine::Classification guess{prediction, std::vector<float>(10, 0.01f)};
    guess.probabilities[static_cast<std::size_t>(prediction)] = 0.91f;
    return guess;
}

int pixelsOf(const QImage& image, const QColor& color)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            count += image.pixelColor(x, y) == color ? 1 : 0;
    }
    return count;
}

class SampleStrip : public testing::Test
{
protected:
    SampleStrip()
    {
        strip.resize(700, 80);
        strip.show();
        strip.setDataset(dataset, QStringLiteral("0 1 2 3 4 5 6 7 8 9").split(QLatin1Char(' ')));
    }
    std::vector<engine::Classification> guesses(int wrongOnes) const
    {
        std::vector<engine::Classification> result;
        for (int i = 0; i < ui::SampleStrip::kMostSamples; ++i) {
            const int label = dataset.label(static_cast<std::size_t>(i));
            result.push_back(guessOf(i < wrongOnes ? (label + 1) % 10 : label));
        }
        return result;
    }

    ui::Theme theme{*qApp, core::ThemeChoice::Light};
    engine::Dataset dataset = engine::makeSketchDigits({10, 60, 2}).test;
    ui::SampleStrip strip;
};

} // namespace

TEST_F(SampleStrip, turnsFromGrayToRedAndGreen)
{
    const ui::Colors colors = ui::lightColors();
    QImage image = strip.grab().toImage();
    EXPECT_EQ(pixelsOf(image, colors.right) + pixelsOf(image, colors.wrong), 0);

    strip.setPredictions(guesses(ui::SampleStrip::kMostSamples));
    image = strip.grab().toImage();
    EXPECT_GT(pixelsOf(image, colors.wrong), 100);
    EXPECT_EQ(pixelsOf(image, colors.right), 0);

    strip.setPredictions(guesses(0));
    image = strip.grab().toImage();
    EXPECT_GT(pixelsOf(image, colors.right), 100);
    EXPECT_EQ(pixelsOf(image, colors.wrong), 0);
}

TEST_F(SampleStrip, countsTheVisibleOnes)
{
    QSignalSpy changed(&strip, &ui::SampleStrip::countsChanged);
    strip.setPredictions(guesses(3));
    EXPECT_EQ(changed.count(), 1);
    EXPECT_EQ(strip.visibleCount(), 10);
    EXPECT_EQ(strip.correctCount(), 7);
    strip.resize(200, 80);
    EXPECT_LT(strip.visibleCount(), 10);
    EXPECT_EQ(strip.correctCount(), strip.visibleCount() - std::min(3, strip.visibleCount()));
}

TEST_F(SampleStrip, asksForWholeImages)
{
    EXPECT_EQ(strip.pixels().size(), static_cast<std::size_t>(ui::SampleStrip::kMostSamples) * 28 * 28);
    strip.setDataset(dataset.first(4), {});
    EXPECT_EQ(strip.pixels().size(), 4u * 28 * 28);
    EXPECT_EQ(strip.visibleCount(), 4);
}
