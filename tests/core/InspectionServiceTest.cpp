#include "core/inspection/InspectionService.h"

#include "core/PlainModel.h"
#include "engine/data/SketchDigits.h"
#include "support/WaitUntil.h"

#include <QCoreApplication>
#include <QThread>
#include <gtest/gtest.h>

using core::AttributionQuestion;
using core::InspectionService;
using core::ModelPointer;
using engine::AttributionKind;
using test::waitUntil;

namespace
{

ModelPointer sharedModel(const engine::NetworkSpec& spec = test::tinyVgg(), unsigned seed = 1)
{
    return std::make_shared<const engine::ModelSnapshot>(test::makeModel(spec, seed));
}

class InspectionServiceTest : public testing::Test
{
protected:
    InspectionServiceTest()
    {
        listen(&InspectionService::activated, [this](const auto& image) { m_images.push_back(image); });
        listen(&InspectionService::activationFailed,
               [this](const auto& error) { m_errors.push_back(error); });
        listen(&InspectionService::explained, [this](const auto& map) { m_maps.push_back(map); });
        listen(&InspectionService::explanationFailed,
               [this](const auto& error) { m_errors.push_back(error); });
        listen(&InspectionService::topImagesFound, [this](const auto& layers) { m_found.push_back(layers); });
        listen(&InspectionService::topImagesFailed, [this](const auto& error) { m_errors.push_back(error); });
        QObject::connect(m_service.get(), &InspectionService::topImagesCancelled, m_service.get(),
                         [this] { ++m_cancelled; });
        QObject::connect(m_service.get(), &InspectionService::topImagesProgressed, m_service.get(),
                         [this](std::size_t done, std::size_t total) {
                             m_done.push_back(done);
                             m_total = total;
                         });
    }

    /// Direct, to see the thread that the signals come on.
    template<typename Signal, typename Slot>
    void listen(Signal signal, Slot slot)
    {
        QObject::connect(
            m_service.get(), signal, m_service.get(),
            [this, slot](const auto& argument) {
                m_isOnOwnThread = m_isOnOwnThread && QThread::currentThread() == m_service->thread();
                slot(argument);
            },
            Qt::DirectConnection);
    }

    std::vector<std::uint8_t> image(std::size_t index) const
    {
        const auto pixels = m_digits.image(index);
        return {pixels.begin(), pixels.end()};
    }
    /// Takes a moment in every lane.
    void beBusy()
    {
        m_service->activate(m_slowModel, image(0));
        m_service->explain(m_slowModel, image(0), {AttributionKind::Occlusion});
        m_service->findTopImages(m_slowModel, m_digits, 1);
    }
    /// Whatever is still on its way would arrive.
    static void runEventLoop()
    {
        for (int i = 0; i < 10; ++i)
            QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
    }

    engine::Dataset m_digits = engine::makeSketchDigits({200, 1, 1}).train;
    ModelPointer m_model = sharedModel();
    ModelPointer m_slowModel = sharedModel(test::tinyVgg(28, 28, 64, 7, 10));
    std::unique_ptr<InspectionService> m_service = std::make_unique<InspectionService>();
    std::vector<std::shared_ptr<const core::InspectedImage>> m_images;
    std::vector<std::shared_ptr<const engine::AttributionMap>> m_maps;
    std::vector<std::shared_ptr<const std::vector<engine::LayerTopImages>>> m_found;
    std::vector<engine::Error> m_errors;
    std::vector<std::size_t> m_done;
    std::size_t m_total = 0;
    int m_cancelled = 0;
    bool m_isOnOwnThread = true;
};

} // namespace

TEST_F(InspectionServiceTest, activatesAsTheEngineDoes)
{
    m_service->activate(m_model, image(3));
    EXPECT_TRUE(m_images.empty()) << "never at once";
    ASSERT_TRUE(waitUntil([&] { return !m_images.empty(); }));
    EXPECT_EQ(m_images[0]->model, m_model);
    EXPECT_EQ(m_images[0]->activations.image, image(3));
    EXPECT_EQ(m_images[0]->activations.logits, engine::activationsOf(*m_model, image(3))->logits);
    EXPECT_TRUE(m_isOnOwnThread);
}

TEST_F(InspectionServiceTest, deliversOnlyTheNewestOfManyImages)
{
    for (std::size_t i = 0; i < 20; ++i)
        m_service->activate(m_model, image(i));
    ASSERT_TRUE(waitUntil([&] { return !m_images.empty(); }));
    runEventLoop();
    ASSERT_EQ(m_images.size(), 1U);
    EXPECT_EQ(m_images[0]->activations.image, image(19));
}

TEST_F(InspectionServiceTest, dropsTheAnswerToARequestThatHadBegun)
{
    beBusy();
    QThread::msleep(20);
    m_service->activate(m_model, image(1));
    m_service->explain(m_model, image(1), {AttributionKind::GradCam, 4});
    m_service->findTopImages(m_model, m_digits, 1);
    ASSERT_TRUE(waitUntil([&] { return !m_images.empty() && !m_maps.empty() && !m_found.empty(); }));
    runEventLoop();
    ASSERT_EQ(m_images.size(), 1U);
    EXPECT_EQ(m_images[0]->model, m_model);
    ASSERT_EQ(m_maps.size(), 1U);
    EXPECT_EQ(m_maps[0]->classIndex, 4);
    ASSERT_EQ(m_found.size(), 1U);
    EXPECT_EQ(m_found[0]->front().units.size(), 10U);
    EXPECT_EQ(m_cancelled, 0) << "who asks for something else has not cancelled";
}

TEST_F(InspectionServiceTest, activatesWhileItSearches)
{
    m_service->findTopImages(m_slowModel, engine::makeSketchDigits({20'000, 1, 1}).train, 1);
    m_service->activate(m_model, image(0));
    ASSERT_TRUE(waitUntil([&] { return !m_images.empty(); }));
    EXPECT_TRUE(m_service->isSearching());
    EXPECT_TRUE(m_found.empty());
}

TEST_F(InspectionServiceTest, explainsInEveryWay)
{
    const AttributionQuestion gradCam{AttributionKind::GradCam, 2};
    m_service->explain(m_model, image(0), gradCam);
    ASSERT_TRUE(waitUntil([&] { return m_maps.size() == 1; }));
    EXPECT_EQ(m_maps[0]->values, engine::gradCam(*m_model, image(0), 2)->values);

    AttributionQuestion gradient{AttributionKind::InputGradient, 3};
    gradient.score = engine::ClassScore::Probability;
    m_service->explain(m_model, image(0), gradient);
    ASSERT_TRUE(waitUntil([&] { return m_maps.size() == 2; }));
    EXPECT_EQ(m_maps[1]->values,
              engine::inputGradient(*m_model, image(0), 3, engine::ClassScore::Probability)->values);

    AttributionQuestion occlusion{AttributionKind::Occlusion, 5};
    occlusion.occlusion = {4, 2, 128, engine::ClassScore::Logit};
    m_service->explain(m_model, image(0), occlusion);
    ASSERT_TRUE(waitUntil([&] { return m_maps.size() == 3; }));
    EXPECT_EQ(m_maps[2]->values, engine::occlusionMap(*m_model, image(0), 5, occlusion.occlusion)->values);
    EXPECT_TRUE(m_isOnOwnThread);
}

TEST_F(InspectionServiceTest, reportsAnOcclusionsProgressAndCanForgetIt)
{
    std::vector<std::size_t> done;
    QObject::connect(m_service.get(), &InspectionService::explanationProgressed,
                     [&](std::size_t places, std::size_t total) {
                         done.push_back(places);
                         EXPECT_EQ(total, 784U);
                     });
    AttributionQuestion occlusion{AttributionKind::Occlusion, 5};
    occlusion.threads = 1;
    m_service->explain(m_slowModel, image(0), occlusion);
    ASSERT_TRUE(waitUntil([&] { return done.size() > 1; }));
    m_service->forgetExplanation();
    const std::size_t before = done.size();
    m_service->explain(m_model, image(0), {AttributionKind::GradCam, 1}); // the same thread, when it is free
    ASSERT_TRUE(waitUntil([&] { return !m_maps.empty(); }));
    runEventLoop();
    EXPECT_EQ(done.size(), before);
    EXPECT_TRUE(std::is_sorted(done.begin(), done.end()));
    ASSERT_EQ(m_maps.size(), 1U);
    EXPECT_EQ(m_maps[0]->classIndex, 1);
}

TEST_F(InspectionServiceTest, findsTopImagesAndReportsProgress)
{
    m_service->findTopImages(m_slowModel, m_digits, 1);
    EXPECT_TRUE(m_service->isSearching());
    ASSERT_TRUE(waitUntil([&] { return !m_found.empty(); }));
    EXPECT_FALSE(m_service->isSearching());
    EXPECT_EQ(m_found[0]->size(), 11U);
    EXPECT_EQ(m_found[0]->front().units.size(), 64U);
    EXPECT_EQ(m_found[0]->front().units[0].images.size(), 9U);
    EXPECT_FALSE(m_done.empty());
    EXPECT_EQ(m_total, 200U);
    EXPECT_TRUE(std::is_sorted(m_done.begin(), m_done.end()));
}

TEST_F(InspectionServiceTest, isCancelled)
{
    m_service->findTopImages(m_slowModel, engine::makeSketchDigits({20'000, 1, 1}).train, 1);
    m_service->cancelTopImages();
    ASSERT_TRUE(waitUntil([&] { return m_cancelled > 0; }));
    EXPECT_FALSE(m_service->isSearching());
    EXPECT_TRUE(m_found.empty());
    m_service->cancelTopImages();
    runEventLoop();
    EXPECT_EQ(m_cancelled, 1) << "nothing to cancel";
}

TEST_F(InspectionServiceTest, forgetsWhatItWasAskedFor)
{
    beBusy();
    m_service->forgetAll();
    EXPECT_FALSE(m_service->isSearching());
    m_service->activate(m_model, image(2));
    ASSERT_TRUE(waitUntil([&] { return !m_images.empty(); }));
    runEventLoop();
    EXPECT_EQ(m_images.size(), 1U);
    EXPECT_TRUE(m_maps.empty());
    EXPECT_TRUE(m_found.empty());
    EXPECT_EQ(m_cancelled, 0);
}

TEST_F(InspectionServiceTest, reportsWhatIsWrong)
{
    m_service->activate(m_model, std::vector<std::uint8_t>(783));
    m_service->explain(m_model, image(0), {AttributionKind::GradCam, 10});
    m_service->findTopImages(sharedModel(test::tinyVgg(8, 8, 2, 3, 10)), m_digits);
    ASSERT_TRUE(waitUntil([&] { return m_errors.size() == 3; }));
    for (const engine::Error& error : m_errors)
        EXPECT_EQ(error.code, engine::ErrorCode::BadValue);
    EXPECT_TRUE(m_images.empty());
    EXPECT_TRUE(m_maps.empty());
    EXPECT_TRUE(m_found.empty());
    EXPECT_FALSE(m_service->isSearching());
    EXPECT_TRUE(m_isOnOwnThread);
}

TEST_F(InspectionServiceTest, mayBeDestroyedWhileItIsBusy)
{
    beBusy();
    QThread::msleep(20);
    m_service.reset();
    runEventLoop();
    EXPECT_TRUE(m_images.empty());
    EXPECT_TRUE(m_maps.empty());
    EXPECT_TRUE(m_found.empty());
    EXPECT_TRUE(m_errors.empty());
}
