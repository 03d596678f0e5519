#include "core/session/DrawingService.h"

#include "core/PlainModel.h"
#include "support/WaitUntil.h"

#include <QCoreApplication>
#include <QThread>
#include <gtest/gtest.h>

using core::DrawingReading;
using core::DrawingService;
using core::DrawnInk;
using test::waitUntil;

namespace
{

std::shared_ptr<const engine::ModelSnapshot> sharedModel(const engine::NetworkSpec& spec = test::tinyVgg())
{
    return std::make_shared<const engine::ModelSnapshot>(test::makeModel(spec));
}

/// A vertical bar of ink, `height` pixels high.
DrawnInk bar(int height)
{
    DrawnInk drawn;
    drawn.image = engine::InkImage::blank(100, 100);
    for (int y = 10; y < 10 + height; ++y) {
        for (int x = 40; x < 46; ++x)
            drawn.image.at(x, y) = 255;
    }
    return drawn;
}

class DrawingServiceTest : public testing::Test
{
protected:
    DrawingServiceTest()
    {
        DrawingService* service = m_service.get();
        QObject::connect(service, &DrawingService::haveRead, service,
                         [this](const std::shared_ptr<const DrawingReading>& reading) {
                             m_readings.push_back(reading);
                             m_thread = QThread::currentThread();
                         });
        QObject::connect(service, &DrawingService::foundNoInk, service, [this] { ++m_blanks; });
        QObject::connect(service, &DrawingService::failed, service,
                         [this](const engine::Error& error) { m_errors.push_back(error); });
    }

    std::unique_ptr<DrawingService> m_service = std::make_unique<DrawingService>();
    std::vector<std::shared_ptr<const DrawingReading>> m_readings;
    std::vector<engine::Error> m_errors;
    int m_blanks = 0;
    QThread* m_thread = nullptr;
};

} // namespace

TEST_F(DrawingServiceTest, readsAsTheDigitRecognizerDoes)
{
    const auto model = sharedModel();
    const DrawnInk drawn = bar(60);
    m_service->read(model, drawn);
    EXPECT_TRUE(m_readings.empty()) << "never at once";
    ASSERT_TRUE(waitUntil([&] { return !m_readings.empty(); }));
    const DrawingReading& reading = *m_readings[0];
    const auto wanted = engine::DigitRecognizer::create(*model)->read(drawn.image);
    ASSERT_TRUE(wanted);
    EXPECT_EQ(reading.classification->probabilities, wanted->classification.probabilities);
    EXPECT_EQ(reading.seen.pixels, wanted->seen.pixels);
    EXPECT_EQ(reading.box, (engine::BoundingBox{40, 10, 6, 60}));
    EXPECT_EQ(reading.model, model);
    EXPECT_FALSE(reading.isDrawnAnew);
    EXPECT_GT(reading.milliseconds, 0);
    EXPECT_EQ(m_thread, m_service->thread());
}

TEST_F(DrawingServiceTest, readsStrokesByStrokesAndShowsTheBoxOfTheInk)
{
    const auto model = sharedModel();
    DrawnInk drawn = bar(60);
    drawn.strokes = {{{43, 13, 6}, {43, 67, 6}}};
    m_service->read(model, drawn);
    ASSERT_TRUE(waitUntil([&] { return !m_readings.empty(); }));
    const auto wanted = engine::DigitRecognizer::create(*model)->read(drawn.strokes);
    ASSERT_TRUE(wanted);
    EXPECT_TRUE(m_readings[0]->isDrawnAnew);
    EXPECT_EQ(m_readings[0]->seen.pixels, wanted->seen.pixels);
    EXPECT_EQ(m_readings[0]->classification->probabilities, wanted->classification.probabilities);
    EXPECT_EQ(m_readings[0]->box, (engine::BoundingBox{40, 10, 6, 60}))
        << "on the canvas, not of the ink drawn anew";
}

TEST_F(DrawingServiceTest, normalizesWithoutAModel)
{
    m_service->read(nullptr, bar(60));
    ASSERT_TRUE(waitUntil([&] { return !m_readings.empty(); }));
    EXPECT_FALSE(m_readings[0]->classification);
    EXPECT_EQ(m_readings[0]->box, (engine::BoundingBox{40, 10, 6, 60}));
}

/// Else what is kept would depend on whether there is a model.
TEST_F(DrawingServiceTest, seesTheSameWithAModelAndWithout)
{
    DrawnInk strokes = bar(60);
    strokes.strokes = {{{43, 13, 6}, {43, 67, 6}}};
    for (const DrawnInk& drawn : {bar(60), strokes}) {
        m_readings.clear();
        m_service->read(nullptr, drawn);
        ASSERT_TRUE(waitUntil([&] { return m_readings.size() == 1; }));
        m_service->read(sharedModel(), drawn);
        ASSERT_TRUE(waitUntil([&] { return m_readings.size() == 2; }));
        EXPECT_EQ(m_readings[0]->seen.pixels, m_readings[1]->seen.pixels);
        EXPECT_EQ(m_readings[0]->isDrawnAnew, m_readings[1]->isDrawnAnew);
    }
}

TEST_F(DrawingServiceTest, doesNotClassifyWhereThereIsNoInk)
{
    m_service->read(sharedModel(), {engine::InkImage::blank(100, 100), {}});
    ASSERT_TRUE(waitUntil([&] { return m_blanks == 1; }));
    EXPECT_TRUE(m_readings.empty());
    EXPECT_TRUE(m_errors.empty());
}

TEST_F(DrawingServiceTest, dropsRequestsThatWaitButTellsWhatHasBegun)
{
    const auto model = sharedModel();
    for (int height = 20; height < 80; ++height)
        m_service->read(model, bar(height));
    ASSERT_TRUE(waitUntil([&] { return !m_readings.empty() && m_readings.back()->box.height == 79; }));
    EXPECT_LT(m_readings.size(), 30U) << "most were never begun";
    for (std::size_t i = 1; i < m_readings.size(); ++i)
        EXPECT_LT(m_readings[i - 1]->box.height, m_readings[i]->box.height) << "in the order of the requests";
}

TEST_F(DrawingServiceTest, usesTheModelOfEachRequest)
{
    const auto four = sharedModel(test::tinyVgg(28, 28, 3, 1, 4));
    m_service->read(sharedModel(), bar(50));
    ASSERT_TRUE(waitUntil([&] { return m_readings.size() == 1; }));
    m_service->read(four, bar(50));
    ASSERT_TRUE(waitUntil([&] { return m_readings.size() == 2; }));
    EXPECT_EQ(m_readings[0]->classification->probabilities.size(), 10U);
    EXPECT_EQ(m_readings[1]->classification->probabilities.size(), 4U);
}

TEST_F(DrawingServiceTest, reportsAModelForImagesOfAnotherSizeAndGoesOn)
{
    m_service->read(sharedModel(test::tinyVgg(32, 32, 4, 3, 10)), bar(50));
    ASSERT_TRUE(waitUntil([&] { return !m_errors.empty(); }));
    EXPECT_EQ(m_errors[0].code, engine::ErrorCode::BadValue);
    m_service->read(sharedModel(), bar(50));
    EXPECT_TRUE(waitUntil([&] { return !m_readings.empty(); }));
}

TEST_F(DrawingServiceTest, mayBeDestroyedWhileItIsBusy)
{
    const auto slow = sharedModel(test::tinyVgg(28, 28, 64, 7, 10));
    for (int i = 0; i < 20; ++i)
        m_service->read(slow, bar(50));
    m_service.reset();
    QCoreApplication::processEvents();
    EXPECT_TRUE(m_readings.empty());
}
