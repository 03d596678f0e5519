#include "core/session/PredictionService.h"

#include "core/PlainModel.h"
#include "engine/data/SketchDigits.h"
#include "support/WaitUntil.h"

#include <QCoreApplication>
#include <QThread>
#include <gtest/gtest.h>

using core::PredictionService;
using engine::Classification;

namespace
{

std::vector<std::uint8_t> bytesOf(std::span<const std::uint8_t> pixels)
{
    return {pixels.begin(), pixels.end()};
}

std::shared_ptr<const engine::ModelSnapshot> sharedModel(const engine::NetworkSpec& spec = test::tinyVgg(),
                                                         unsigned seed = 1)
{
    return std::make_shared<const engine::ModelSnapshot>(test::makeModel(spec, seed));
}

class PredictionServiceTest : public testing::Test
{
protected:
    PredictionServiceTest()
    {
        // Direct, to see the thread that the signals come on.
        QObject::connect(
            m_service.get(), &PredictionService::classified, m_service.get(),
            [this](const std::vector<Classification>& classifications) {
                m_thread = QThread::currentThread();
                m_results.push_back(classifications);
            },
            Qt::DirectConnection);
        QObject::connect(
            m_service.get(), &PredictionService::failed, m_service.get(),
            [this](const engine::Error& error) {
                m_thread = QThread::currentThread();
                m_errors.push_back(error);
            },
            Qt::DirectConnection);
    }

    [[nodiscard]] bool waitForAnswers(std::size_t count = 1) const
    {
        return test::waitUntil([&] { return m_results.size() + m_errors.size() >= count; });
    }
    std::vector<std::uint8_t> image(std::size_t index) const { return bytesOf(m_digits.image(index)); }
    /// An image in a model that takes a moment.
    void beBusy() { m_service->classify(m_slowModel, image(0)); }

    engine::Dataset m_digits = engine::makeSketchDigits({20, 1, 1}).train;
    std::shared_ptr<const engine::ModelSnapshot> m_model = sharedModel();
    std::shared_ptr<const engine::ModelSnapshot> m_slowModel = sharedModel(test::tinyVgg(28, 28, 64, 7, 10));
    std::unique_ptr<PredictionService> m_service = std::make_unique<PredictionService>();
    std::vector<std::vector<Classification>> m_results;
    std::vector<engine::Error> m_errors;
    QThread* m_thread = nullptr;
};

std::vector<Classification> expected(const engine::ModelSnapshot& model, std::span<const std::uint8_t> pixels)
{
    return engine::Classifier::create(model)
        .and_then([&](engine::Classifier classifier) { return classifier.classify(pixels); })
        .value();
}

void expectSame(const std::vector<Classification>& found, const std::vector<Classification>& wanted)
{
    ASSERT_EQ(found.size(), wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        EXPECT_EQ(found[i].prediction, wanted[i].prediction);
        ASSERT_EQ(found[i].probabilities.size(), wanted[i].probabilities.size());
        for (std::size_t k = 0; k < wanted[i].probabilities.size(); ++k)
            EXPECT_NEAR(found[i].probabilities[k], wanted[i].probabilities[k], 1e-6);
    }
}

} // namespace

TEST_F(PredictionServiceTest, classifiesAsTheClassifierDoes)
{
    m_service->classify(m_model, bytesOf(m_digits.pixels()));
    ASSERT_TRUE(waitForAnswers());
    ASSERT_EQ(m_results.size(), 1U);
    expectSame(m_results[0], expected(*m_model, m_digits.pixels()));
    EXPECT_EQ(m_results[0].size(), 20U);
}

TEST_F(PredictionServiceTest, answersOnItsOwnThreadAndNeverAtOnce)
{
    m_service->classify(m_model, image(0));
    EXPECT_TRUE(m_results.empty());
    ASSERT_TRUE(waitForAnswers());
    EXPECT_EQ(m_thread, m_service->thread());
    m_service->classify(m_model, {});
    EXPECT_TRUE(m_errors.empty());
    ASSERT_TRUE(waitForAnswers(2));
    EXPECT_EQ(m_thread, m_service->thread());
}

TEST_F(PredictionServiceTest, answersOneRequestAfterTheOther)
{
    for (std::size_t i = 0; i < 3; ++i) {
        m_service->classify(m_model, image(i));
        ASSERT_TRUE(waitForAnswers(i + 1));
        expectSame(m_results.at(i), expected(*m_model, m_digits.image(i)));
    }
}

TEST_F(PredictionServiceTest, usesTheModelOfTheRequest)
{
    const auto other = sharedModel(test::tinyVgg(28, 28, 3, 1, 4), 2);
    m_service->classify(m_model, image(0));
    ASSERT_TRUE(waitForAnswers());
    m_service->classify(other, image(0));
    ASSERT_TRUE(waitForAnswers(2));
    expectSame(m_results.at(1), expected(*other, m_digits.image(0)));
}

TEST_F(PredictionServiceTest, keepsTheModelAliveByItself)
{
    const auto wanted = expected(*m_model, m_digits.image(0));
    beBusy();
    m_service->classify(std::exchange(m_model, nullptr), image(0));
    ASSERT_TRUE(waitForAnswers());
    expectSame(m_results.at(0), wanted);
}

TEST_F(PredictionServiceTest, deliversOnlyTheNewestOfManyRequests)
{
    for (std::size_t i = 0; i < 20; ++i)
        m_service->classify(m_model, image(i));
    ASSERT_TRUE(waitForAnswers());
    // Requests are worked on in order: what is older would have come before.
    ASSERT_EQ(m_results.size(), 1U);
    expectSame(m_results[0], expected(*m_model, m_digits.image(19)));
}

TEST_F(PredictionServiceTest, dropsTheResultOfARequestThatHadBegun)
{
    beBusy();
    QThread::msleep(20);
    m_service->classify(m_model, image(1));
    ASSERT_TRUE(waitForAnswers());
    ASSERT_EQ(m_results.size(), 1U);
    expectSame(m_results[0], expected(*m_model, m_digits.image(1)));
}

TEST_F(PredictionServiceTest, dropsAResultThatIsOnItsWay)
{
    m_service->classify(m_model, image(0));
    QThread::msleep(200); // most likely done by now, and its result waits for the event loop
    m_service->classify(m_model, image(1));
    ASSERT_TRUE(waitForAnswers());
    ASSERT_EQ(m_results.size(), 1U);
    expectSame(m_results[0], expected(*m_model, m_digits.image(1)));
}

TEST_F(PredictionServiceTest, reportsAnImageThatDoesNotFit)
{
    m_service->classify(m_model, std::vector<std::uint8_t>(783));
    ASSERT_TRUE(waitForAnswers());
    EXPECT_TRUE(m_results.empty());
    ASSERT_EQ(m_errors.size(), 1U);
    EXPECT_EQ(m_errors[0].code, engine::ErrorCode::BadValue);
    EXPECT_NE(m_errors[0].message.find("783"), std::string::npos);
}

TEST_F(PredictionServiceTest, reportsAModelThatCannotBe)
{
    engine::ModelSnapshot broken = *m_model;
    broken.weights[0].shape = {10, 1, 5, 5};
    broken.weights[0].values.resize(250);
    m_service->classify(std::make_shared<const engine::ModelSnapshot>(broken), image(0));
    ASSERT_TRUE(waitForAnswers());
    EXPECT_TRUE(m_results.empty());
    ASSERT_EQ(m_errors.size(), 1U);
    EXPECT_FALSE(m_errors[0].message.empty());
}

TEST_F(PredictionServiceTest, goesOnAfterAFailure)
{
    m_service->classify(m_model, {});
    ASSERT_TRUE(waitForAnswers());
    m_service->classify(m_model, image(0));
    ASSERT_TRUE(waitForAnswers(2));
    EXPECT_EQ(m_results.size(), 1U);
}

TEST_F(PredictionServiceTest, dropsTheFailureOfAnOlderRequest)
{
    m_service->classify(m_model, {});
    m_service->classify(m_model, image(0));
    ASSERT_TRUE(waitForAnswers());
    EXPECT_TRUE(m_errors.empty());
    EXPECT_EQ(m_results.size(), 1U);
}

TEST_F(PredictionServiceTest, mayBeDestroyedWhileItIsBusy)
{
    beBusy();
    QThread::msleep(20);
    m_service->classify(m_slowModel, image(1));
    m_service.reset();
    QCoreApplication::processEvents();
    EXPECT_TRUE(m_results.empty());
    EXPECT_TRUE(m_errors.empty());
}

TEST_F(PredictionServiceTest, mayBeDestroyedAtOnce)
{
    for (std::size_t i = 0; i < 20; ++i)
        m_service->classify(m_model, image(i));
    m_service.reset();
    QCoreApplication::processEvents();
    EXPECT_TRUE(m_results.empty());
}

TEST_F(PredictionServiceTest, mayBeDestroyedWithAResultOnItsWay)
{
    m_service->classify(m_model, image(0));
    QThread::msleep(200);
    m_service.reset();
    QCoreApplication::processEvents();
    EXPECT_TRUE(m_results.empty());
}
