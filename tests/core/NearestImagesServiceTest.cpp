#include "core/evaluation/NearestImagesService.h"

#include "core/PlainModel.h"
#include "engine/data/SketchDigits.h"
#include "engine/storage/SavedModel.h"
#include "engine/training/TrainingData.h"
#include "support/Files.h"
#include "support/Results.h"
#include "support/WaitUntil.h"

#include <QCoreApplication>
#include <QThread>
#include <algorithm>
#include <gtest/gtest.h>

using core::findNearestTrainingImages;
using core::NearestImagesService;
using core::SplitKind;
using engine::NearImage;
using test::waitUntil;

namespace
{

class NearestImagesServiceTest : public testing::Test
{
protected:
    NearestImagesServiceTest()
    {
        auto dataset = std::make_shared<core::LoadedDataset>();
        dataset->splits = engine::makeSketchDigits({300, 40, 3});
        m_dataset = dataset;
        m_config.sampleLimit = 250;
        m_config.validationShare = 0.2;
        engine::TrainingRecord record;
        record.config = m_config;
        record.classNames = m_dataset->splits.classNames;
        EXPECT_TRUE(test::succeeds(engine::writeSavedModel(m_run.path(), {m_model, record})));
        m_parts = splitFor(m_config, trainingImages(m_config, m_dataset->splits));
    }

    core::NearestRequest request(SplitKind kind, std::size_t position, std::size_t count = 5) const
    {
        auto split = std::make_shared<core::EvaluatedSplit>();
        split->runFolder = QString::fromStdString(m_run.path().string());
        split->kind = kind;
        split->images = kind == SplitKind::Test ? m_dataset->splits.test : m_dataset->splits.train;
        if (kind != SplitKind::Test)
            split->indices = kind == SplitKind::Train ? m_parts.train : m_parts.validation;
        split->model = m_model;
        return {split, position, m_dataset, count, 1};
    }

    test::TemporaryFolder m_run;
    engine::ModelSnapshot m_model = test::makeModel();
    engine::TrainingConfig m_config;
    std::shared_ptr<const core::LoadedDataset> m_dataset;
    engine::ValidationSplit m_parts;
};

} // namespace

TEST_F(NearestImagesServiceTest, looksOnlyAtWhatTheRunWasTrainedOn)
{
    const auto all = findNearestTrainingImages(request(SplitKind::Test, 7, 1000));
    ASSERT_TRUE(test::succeeds(all));
    std::vector<std::uint32_t> indices;
    for (const NearImage& image : *all)
        indices.push_back(image.index);
    EXPECT_TRUE(std::ranges::is_sorted(*all, {}, &NearImage::distance));
    std::ranges::sort(indices);
    EXPECT_EQ(indices, m_parts.train);
    const auto held = findNearestTrainingImages(request(SplitKind::Validation, 3, 1000));
    ASSERT_TRUE(test::succeeds(held));
    EXPECT_EQ(held->size(), m_parts.train.size());
}

TEST_F(NearestImagesServiceTest, leavesTheImageItselfOut)
{
    const auto nearest = findNearestTrainingImages(request(SplitKind::Train, 11));
    ASSERT_TRUE(test::succeeds(nearest));
    EXPECT_EQ(nearest->size(), 5U);
    for (const NearImage& image : *nearest)
        EXPECT_NE(image.index, m_parts.train[11]);
}

TEST_F(NearestImagesServiceTest, answersTheNewestRequestOnlyAndOnItsOwnThread)
{
    NearestImagesService service;
    std::vector<std::vector<NearImage>> answers;
    bool isOnOwnThread = false;
    QObject::connect(
        &service, &NearestImagesService::found, &service,
        [&](const std::vector<NearImage>& nearest) {
            isOnOwnThread = QThread::currentThread() == service.thread();
            answers.push_back(nearest);
        },
        Qt::DirectConnection);
    for (std::size_t position = 0; position < 10; ++position)
        service.find(request(SplitKind::Test, position));
    EXPECT_TRUE(service.isBusy());
    ASSERT_TRUE(waitUntil([&] { return !answers.empty(); }));
    EXPECT_FALSE(service.isBusy());
    EXPECT_TRUE(isOnOwnThread);
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_EQ(answers[0], *findNearestTrainingImages(request(SplitKind::Test, 9)));
}

TEST_F(NearestImagesServiceTest, saysNothingMoreAfterCancelling)
{
    NearestImagesService service;
    int answers = 0;
    QObject::connect(&service, &NearestImagesService::found, &service, [&] { ++answers; });
    QObject::connect(&service, &NearestImagesService::failed, &service, [&] { ++answers; });
    service.find(request(SplitKind::Test, 1));
    service.cancel();
    EXPECT_FALSE(service.isBusy());
    service.find(request(SplitKind::Test, 2)); // runs after the other, which therefore has ended
    ASSERT_TRUE(waitUntil([&] { return !service.isBusy(); }));
    EXPECT_EQ(answers, 1);
}

TEST_F(NearestImagesServiceTest, reportsARunThatIsGone)
{
    NearestImagesService service;
    std::vector<engine::Error> errors;
    QObject::connect(&service, &NearestImagesService::failed, &service,
                     [&](const engine::Error& error) { errors.push_back(error); });
    std::filesystem::remove_all(m_run.path());
    service.find(request(SplitKind::Test, 1));
    ASSERT_TRUE(waitUntil([&] { return !errors.empty(); }));
    EXPECT_EQ(errors[0].code, engine::ErrorCode::NotFound);
    EXPECT_FALSE(service.isBusy());
}
