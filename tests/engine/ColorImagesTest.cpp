// Images of three channels, all the way from a file to the explanation of a prediction.
#include "engine/MixedSeed.h"
#include "engine/data/AffineAugmentation.h"
#include "engine/data/Batches.h"
#include "engine/data/IdxFolder.h"
#include "engine/data/IdxReader.h"
#include "engine/evaluation/Classifier.h"
#include "engine/evaluation/NearestImages.h"
#include "engine/inspection/Attribution.h"
#include "engine/inspection/CellArithmetic.h"
#include "engine/inspection/TopActivatingImages.h"
#include "engine/storage/SavedModel.h"
#include "engine/training/CpuBackend.h"
#include "engine/training/TorchBackend.h"
#include "engine/training/Trainer.h"

#include "RecordingObserver.h"
#include "TorchModels.h"
#include "support/Files.h"
#include "support/IdxFiles.h"
#include "support/Results.h"

#include <random>

using engine::Dataset;
using engine::DatasetSplits;
using engine::ErrorCode;
using engine::ImageShape;
using engine::TrainingConfig;
using engine::TrainingControl;
using test::failsWith;
using test::idxHeader;
using test::writeFile;

namespace
{

constexpr ImageShape kShape = {3, 12, 14};

/// Noise in which one channel is brighter: which one is the class. Gray images could not tell.
Dataset colored(std::size_t count, std::uint64_t seed)
{
    std::mt19937_64 random(seed);
    std::vector<std::uint8_t> pixels;
    std::vector<std::uint8_t> labels;
    for (std::size_t i = 0; i < count; ++i) {
        labels.push_back(static_cast<std::uint8_t>(random() % 3));
        for (std::uint8_t channel = 0; channel < 3; ++channel) {
            for (int pixel = 0; pixel < kShape.height * kShape.width; ++pixel)
                pixels.push_back(
                    static_cast<std::uint8_t>(random() % 130 + (channel == labels.back() ? 110 : 20)));
        }
    }
    return Dataset::create(kShape, std::move(pixels), std::move(labels), 3).value();
}

DatasetSplits coloredSplits()
{
    return {"colored", "Colored noise", {"red", "green", "blue"}, colored(240, 1), colored(60, 2)};
}

TrainingConfig recipe()
{
    TrainingConfig config;
    config.network.tinyVgg.hiddenUnits = {8};
    config.optimizer = engine::OptimizerKind::AdamW;
    config.learningRate = .005;
    config.batchSize = 16;
    config.epochs = 5;
    config.threads = 1;
    return config;
}

const engine::ModelSnapshot& trained()
{
    static const engine::ModelSnapshot kModel = [] {
        TrainingControl control;
        test::RecordingObserver observer;
        return engine::runTraining(recipe(), coloredSplits(), control, observer)->model;
    }();
    return kModel;
}

std::string bytesOf(std::size_t count)
{
    return test::someBytes(count);
}

} // namespace

TEST(ColorIdxFile, isReadChannelByChannel)
{
    const test::TemporaryFolder folder;
    const std::string content = bytesOf(2 * 3 * 5 * 7);
    for (const std::string& bytes :
         {idxHeader({2, 3, 5, 7}) + content, test::gzipped(idxHeader({2, 3, 5, 7}) + content)}) {
        const auto images = engine::readIdxImages(writeFile(folder / "images", bytes));
        ASSERT_TRUE(test::succeeds(images));
        EXPECT_EQ(images->count, 2);
        EXPECT_EQ(images->shape, (ImageShape{3, 5, 7}));
        EXPECT_EQ(std::string(images->pixels.begin(), images->pixels.end()), content);
    }
}

TEST(ColorIdxFile, isReadPixelByPixel)
{
    const test::TemporaryFolder folder;
    const std::string content = bytesOf(2 * 5 * 7 * 3);
    const auto images =
        engine::readIdxImages(writeFile(folder / "images", idxHeader({2, 5, 7, 3}) + content));
    ASSERT_TRUE(test::succeeds(images));
    EXPECT_EQ(images->count, 2);
    EXPECT_EQ(images->shape, (ImageShape{3, 5, 7}));
    ASSERT_EQ(images->pixels.size(), content.size());
    for (std::size_t n = 0; n < 2; ++n) {
        for (std::size_t channel = 0; channel < 3; ++channel) {
            for (std::size_t pixel = 0; pixel < 35; ++pixel)
                ASSERT_EQ(images->pixels[(n * 3 + channel) * 35 + pixel],
                          static_cast<std::uint8_t>(content[(n * 35 + pixel) * 3 + channel]));
        }
    }
}

TEST(ColorIdxFile, mayHaveOneToFourChannels)
{
    const test::TemporaryFolder folder;
    for (const std::uint32_t channels : {1U, 2U, 4U}) {
        const auto images = engine::readIdxImages(
            writeFile(folder / "images", idxHeader({2, channels, 5, 7}) + bytesOf(2 * channels * 35)));
        ASSERT_TRUE(test::succeeds(images));
        EXPECT_EQ(images->shape, (ImageShape{static_cast<int>(channels), 5, 7}));
    }
    for (const auto& [header, dimensions] :
         {std::pair{idxHeader({2, 5, 7, 6}), "2 × 5 × 7 × 6"}, {idxHeader({2, 5, 7, 4}), "2 × 5 × 7 × 4"}}) {
        const auto path =
            writeFile(folder / "images", header + bytesOf(header == idxHeader({2, 5, 7, 6}) ? 420 : 280));
        EXPECT_TRUE(failsWith(engine::readIdxImages(path), ErrorCode::BadFormat,
                              {path.string(), "1 to 4 channels", dimensions}));
    }
}

TEST(ColorIdxFile, isRejectedWhenItIsNotWhatItsHeaderSays)
{
    const test::TemporaryFolder folder;
    const auto read = [&](const std::string& bytes) {
        return engine::readIdxImages(writeFile(folder / "images", bytes));
    };
    EXPECT_TRUE(failsWith(read(idxHeader({2, 3, 5, 7}) + bytesOf(209)), ErrorCode::BadFormat,
                          {"210 bytes", "2 × 3 × 5 × 7", "found 209"}));
    EXPECT_TRUE(failsWith(read(idxHeader({2, 3, 5, 7}) + bytesOf(211)), ErrorCode::BadFormat));
    EXPECT_TRUE(failsWith(read(idxHeader({2, 3, 0, 7})), ErrorCode::BadFormat, {"found 0"}));
    EXPECT_TRUE(failsWith(read(idxHeader({2, 3, 5, 4097})), ErrorCode::BadFormat, {"found 4097"}));
    EXPECT_TRUE(failsWith(read(idxHeader({4'000'000'000, 4096, 4096, 4096})), ErrorCode::BadFormat));
    EXPECT_TRUE(failsWith(read(idxHeader({2, 3, 5, 7}).substr(0, 14)), ErrorCode::BadFormat,
                          {"20 bytes", "found 14"}));
    EXPECT_TRUE(failsWith(read(idxHeader({2, 3, 5, 7, 1}) + bytesOf(210)), ErrorCode::BadFormat));
    EXPECT_TRUE(
        failsWith(engine::readIdxLabels(writeFile(folder / "labels", idxHeader({2, 3, 5, 7}) + bytesOf(210))),
                  ErrorCode::BadFormat));
}

TEST(ColorIdxFolder, becomesTwoSplits)
{
    const test::TemporaryFolder folder;
    writeFile(folder / "train-images-idx4-ubyte", idxHeader({6, 3, 5, 7}) + bytesOf(630));
    writeFile(folder / "train-labels-idx1-ubyte", test::idxLabels(6, 3));
    writeFile(folder / "t10k-images-idx4-ubyte.gz", test::gzipped(idxHeader({3, 5, 7, 3}) + bytesOf(315)));
    writeFile(folder / "t10k-labels-idx1-ubyte", test::idxLabels(3, 3));
    EXPECT_TRUE(engine::isIdxFolder(folder.path()));
    const auto splits = engine::readIdxFolder(folder.path(), "mine", "My images");
    ASSERT_TRUE(test::succeeds(splits));
    EXPECT_EQ(splits->train.shape(), (ImageShape{3, 5, 7}));
    EXPECT_EQ(splits->test.shape(), (ImageShape{3, 5, 7}));
    EXPECT_EQ(splits->train.size(), 6U);
    EXPECT_EQ(splits->train.image(5).size(), 105U);

    writeFile(folder / "t10k-images-idx4-ubyte", idxHeader({3, 5, 7}) + bytesOf(105));
    EXPECT_TRUE(failsWith(engine::readIdxFolder(folder.path(), "mine", "My images"), ErrorCode::BadFormat,
                          {"3 × 5 × 7", "found 5 × 7"}));
}

TEST(ColorDataset, hasItsImagesChannelByChannel)
{
    const std::vector<std::uint8_t> pixels = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    const auto dataset = Dataset::create(ImageShape{3, 1, 2}, pixels, {0, 1}, 2);
    ASSERT_TRUE(test::succeeds(dataset));
    EXPECT_EQ(dataset->size(), 2U);
    EXPECT_EQ(dataset->shape(), (ImageShape{3, 1, 2}));
    EXPECT_TRUE(std::ranges::equal(dataset->image(1), std::span(pixels).subspan(6)));
    EXPECT_EQ(dataset->first(1).pixels().size(), 6U);
    EXPECT_TRUE(failsWith(Dataset::create(ImageShape{3, 1, 2}, pixels, {0}, 2), ErrorCode::BadFormat,
                          {"3 × 1 × 2", "1 labels", "12 pixels"}));
    for (const int channels : {0, 5})
        EXPECT_TRUE(failsWith(Dataset::create(ImageShape{channels, 1, 2}, {}, {}, 2), ErrorCode::BadFormat,
                              {"1 to 4 channels", std::to_string(channels) + " channels"}));

    const engine::Batch batch = engine::Batches(*dataset, torch::kCPU).slice(0, 2);
    EXPECT_EQ(batch.images.sizes(), (std::vector<std::int64_t>{2, 3, 1, 2}));
    EXPECT_FLOAT_EQ(batch.images[1][2][0][1].item<float>(), 12 / 255.F);
}

TEST(ColorAugmentation, movesAllChannelsAlike)
{
    const Dataset images = colored(1, 5);
    const engine::AffineMap map =
        drawAffineMap(rangesOf(engine::Augmentation::Affine), 9, kShape.height, kShape.width);
    std::vector<float> together(static_cast<std::size_t>(kShape.size()));
    applyAffineMap(map, images.image(0), kShape.height, kShape.width, together);
    const std::size_t area = together.size() / 3;
    for (std::size_t channel = 0; channel < 3; ++channel) {
        std::vector<float> alone(area);
        applyAffineMap(map, images.image(0).subspan(channel * area, area), kShape.height, kShape.width,
                       alone);
        EXPECT_TRUE(std::ranges::equal(std::span(together).subspan(channel * area, area), alone)) << channel;
    }
}

TEST(ColorAugmentation, isTheSameByLibTorch)
{
    // One step on augmented images from the same weights must come to the same weights.
    TrainingConfig config = recipe();
    config.optimizer = engine::OptimizerKind::Sgd;
    config.augmentation = engine::Augmentation::Affine;
    const Dataset images = colored(32, 6);
    const engine::NetworkSpec spec = networkFor(config.network, images.shape(), 3);
    const std::vector<float> weights = engine::initialWeights(spec, 1);
    std::vector<std::uint32_t> all(images.size());
    std::iota(all.begin(), all.end(), 0U);
    engine::CpuBackend cpu(config, spec, images);
    engine::TorchBackend torchBackend(config, spec, images, torch::kCPU);
    for (engine::TrainingBackend* backend :
         std::initializer_list<engine::TrainingBackend*>{&cpu, &torchBackend}) {
        backend->setParameters(weights);
        backend->step(all, .1, 3);
    }
    const std::vector<float> byCpu = cpu.parameters();
    const std::vector<float> byTorch = torchBackend.parameters();
    ASSERT_EQ(byCpu.size(), byTorch.size());
    for (std::size_t i = 0; i < byCpu.size(); ++i)
        ASSERT_NEAR(byCpu[i], byTorch[i], 2e-5) << i;
}

TEST(ColorTraining, learnsWhatOnlyColorTells)
{
    TrainingControl control;
    for (const bool hasBatchNorm : {false, true}) {
        SCOPED_TRACE(hasBatchNorm);
        TrainingConfig config = recipe();
        config.network.tinyVgg.hasBatchNorm = hasBatchNorm;
        test::RecordingObserver observer;
        const auto outcome = engine::runTraining(config, coloredSplits(), control, observer);
        ASSERT_TRUE(test::succeeds(outcome));
        EXPECT_EQ(outcome->model.spec.input, kShape);
        EXPECT_GE(outcome->evaluation->correctCount(), 57U);
        const auto evaluation = engine::evaluate(outcome->model, coloredSplits().test);
        ASSERT_TRUE(test::succeeds(evaluation));
        EXPECT_EQ(evaluation->correctCount(), outcome->evaluation->correctCount());
    }
}

TEST(ColorTraining, comesToTheSameBitsOnAnyNumberOfThreadsAndFromAFile)
{
    TrainingControl control;
    test::RecordingObserver observer;
    TrainingConfig config = recipe();
    config.threads = 3;
    const auto outcome = engine::runTraining(config, coloredSplits(), control, observer);
    ASSERT_TRUE(test::succeeds(outcome));
    EXPECT_TRUE(test::areSame(outcome->model, trained()));
    const test::TemporaryFolder folder;
    ASSERT_TRUE(test::succeeds(engine::writeSavedModel(folder.path(), {trained(), std::nullopt})));
    const auto read = engine::readSavedModel(folder.path());
    ASSERT_TRUE(test::succeeds(read));
    EXPECT_TRUE(test::areSame(read->model, trained()));
}

TEST(ColorModel, predictsWhatTheEvaluationSays)
{
    const Dataset images = coloredSplits().test;
    const auto evaluation = engine::evaluate(trained(), images, {}, 1);
    ASSERT_TRUE(test::succeeds(evaluation));
    auto classifier = engine::Classifier::create(trained()).value();
    const auto results = classifier.classify(images.pixels());
    ASSERT_TRUE(test::succeeds(results));
    ASSERT_EQ(results->size(), images.size());
    for (std::size_t i = 0; i < images.size(); ++i)
        EXPECT_EQ((*results)[i].prediction, evaluation->predictions[i]);
    EXPECT_TRUE(failsWith(engine::evaluate(trained(), engine::Dataset()), ErrorCode::BadValue,
                          {"3 × 12 × 14", "found 28 × 28"}));
    EXPECT_TRUE(failsWith(classifier.classify(std::vector<std::uint8_t>(168)), ErrorCode::BadValue,
                          {"504 pixels", "found 168"}));
}

TEST(ColorModel, findsTheImagesThatAreNear)
{
    const Dataset images = coloredSplits().train;
    const auto nearest = engine::nearestImages(trained(), images.image(7), images, 12, 2);
    ASSERT_TRUE(test::succeeds(nearest));
    EXPECT_EQ(nearest->front().index, 7U);
    EXPECT_EQ(nearest->front().distance, 0);
    int alike = 0;
    for (const engine::NearImage& image : *nearest)
        alike += images.label(image.index) == images.label(7) ? 1 : 0;
    EXPECT_GE(alike, 11);
    EXPECT_TRUE(failsWith(engine::nearestImages(trained(), std::vector<std::uint8_t>(168), images, 1),
                          ErrorCode::BadValue, {"3 × 12 × 14", "168"}));
}

TEST(ColorModel, isLookedInto)
{
    const Dataset images = coloredSplits().test;
    const auto activations = engine::activationsOf(trained(), images.image(2));
    ASSERT_TRUE(test::succeeds(activations));
    EXPECT_EQ(activations->input.size(), 504U);
    EXPECT_FLOAT_EQ(activations->input[503], static_cast<float>(images.image(2)[503]) / 255);
    const auto cell = cellArithmetic(trained(), *activations, {0, 1, 4, 5});
    ASSERT_TRUE(test::succeeds(cell));
    ASSERT_EQ(cell->terms.size(), 3U) << "red, green and blue";
    EXPECT_EQ(cell->terms[2].window[4], activations->input[2 * 168 + 4 * 14 + 5]);
    EXPECT_NEAR(cell->total, activations->layers[0].at({0, 1, 4, 5}), 1e-5);
    const auto top = engine::topActivatingImages(trained(), images, 3, 2);
    ASSERT_TRUE(test::succeeds(top));
    EXPECT_EQ(top->front().units.size(), 8U);
}

TEST(ColorModel, isExplainedByTheSteepestChannel)
{
    const Dataset images = coloredSplits().test;
    const auto found = engine::inputGradient(trained(), images.image(2), 1);
    ASSERT_TRUE(test::succeeds(found));
    ASSERT_EQ(found->values.size(), 168U);
    torch::Tensor input = test::torchImages(kShape, images.image(2)).requires_grad_();
    const engine::TorchNetwork network(trained().spec, flatWeights(trained()));
    network.forward(input)[0][1].backward();
    const torch::Tensor slopes = input.grad()[0].flatten(1);
    for (std::int64_t pixel = 0; pixel < 168; ++pixel) {
        float steepest = 0;
        for (std::int64_t channel = 0; channel < 3; ++channel) {
            const float slope = slopes[channel][pixel].item<float>();
            steepest = std::abs(slope) > std::abs(steepest) ? slope : steepest;
        }
        EXPECT_NEAR(found->values[static_cast<std::size_t>(pixel)], steepest, 1e-5) << pixel;
    }
}

TEST(ColorModel, isExplainedByWhatIsCoveredInAllChannels)
{
    const Dataset images = coloredSplits().test;
    const engine::OcclusionOptions options = {
        .side = 3, .stride = 3, .fill = 200, .score = engine::ClassScore::Logit};
    const auto found = engine::occlusionMap(trained(), images.image(2), 1, options, 2);
    ASSERT_TRUE(test::succeeds(found));
    EXPECT_EQ(found->gridHeight, 4);
    EXPECT_EQ(found->gridWidth, 5);
    std::vector<std::uint8_t> covered(images.image(2).begin(), images.image(2).end());
    for (std::size_t channel = 0; channel < 3; ++channel) {
        for (std::size_t y = 2; y < 5; ++y)
            std::fill_n(covered.begin() + static_cast<std::ptrdiff_t>((channel * 12 + y) * 14 + 5), 3,
                        std::uint8_t{200});
    }
    const float whole = activationsOf(trained(), images.image(2))->logits[1];
    const float rest = activationsOf(trained(), covered)->logits[1];
    EXPECT_NEAR(found->grid[1 * 5 + 2], whole - rest, 1e-4) << "around row 3, column 6";

    const auto cam = engine::gradCam(trained(), images.image(2), 1);
    ASSERT_TRUE(test::succeeds(cam));
    EXPECT_EQ(cam->values.size(), 168U);
    EXPECT_EQ(cam->gridHeight, 6);
    EXPECT_GE(cam->minimum, 0);
}
