#include "engine/recognition/DigitRecognizer.h"

#include "engine/recognition/PenWidth.h"

#include <algorithm>
#include <array>

namespace engine
{
namespace
{

constexpr int kSide = kImageSide;

void appendShifted(std::vector<std::uint8_t>& target, std::span<const std::uint8_t> pixels, int right,
                   int down)
{
    for (int y = 0; y < kSide; ++y) {
        for (int x = 0; x < kSide; ++x) {
            const int fromX = x - right;
            const int fromY = y - down;
            const bool isInside = fromX >= 0 && fromX < kSide && fromY >= 0 && fromY < kSide;
            target.push_back(isInside ? pixels[static_cast<std::size_t>(fromY * kSide + fromX)]
                                      : std::uint8_t{0});
        }
    }
}

} // namespace

Result<PreprocessedDigit> preprocess(const Strokes& strokes, const RecognitionOptions& options)
{
    constexpr int kFineSide = 8 * kDigitSide; // supersampling for antialiased edges
    return drawStrokesToSize(strokes, kFineSide, options.penShare).and_then(preprocessInk);
}

Result<PreprocessedDigit> preprocess(const InkImage& image, const RecognitionOptions& options)
{
    auto asDrawn = preprocessInk(image);
    if (!asDrawn || !options.isPenEvened)
        return asDrawn;
    return preprocessInk(withEvenPen(image, asDrawn->box, options.penShare)).map([&](PreprocessedDigit even) {
        even.box = asDrawn->box;
        return even;
    });
}

DigitRecognizer::DigitRecognizer(Classifier classifier, const RecognitionOptions& options)
    : m_classifier(std::move(classifier)),
      m_options(options)
{
}

Result<DigitRecognizer> DigitRecognizer::create(const ModelSnapshot& model, const RecognitionOptions& options)
{
    if (model.spec.input != ImageShape{1, kSide, kSide}) {
        return failure(ErrorCode::BadValue,
                       "Drawings: expected a model with an input of 28 × 28 gray pixels; found " +
                           text(model.spec.input) + ".");
    }
    return Classifier::create(model).map(
        [&](Classifier classifier) { return DigitRecognizer(std::move(classifier), options); });
}

Result<Recognition> DigitRecognizer::read(const InkImage& image)
{
    return preprocess(image, m_options).and_then([&](PreprocessedDigit seen) {
        return readSeen(std::move(seen));
    });
}

Result<Recognition> DigitRecognizer::read(const Strokes& strokes)
{
    return preprocess(strokes, m_options).and_then([&](PreprocessedDigit seen) {
        return readSeen(std::move(seen));
    });
}

Result<Recognition> DigitRecognizer::readSeen(PreprocessedDigit seen)
{
    return recognizePreprocessed(seen.pixels).map([&](Classification classification) {
        return Recognition{std::move(seen), std::move(classification)};
    });
}

Result<Classification> DigitRecognizer::recognizePreprocessed(std::span<const std::uint8_t> pixels)
{
    if (pixels.size() != std::size_t{kSide} * kSide) {
        return failure(ErrorCode::BadValue, "Expected an image of 28 × 28 pixels; found " +
                                                std::to_string(pixels.size()) + " pixels.");
    }
    constexpr std::array<std::array<int, 2>, 9> kShifts = {
        {{0, 0}, {1, 0}, {-1, 0}, {0, 1}, {0, -1}, {1, 1}, {1, -1}, {-1, 1}, {-1, -1}}};
    std::vector<std::uint8_t> copies;
    const std::size_t count = m_options.isAveraged ? kShifts.size() : 1;
    copies.reserve(count * pixels.size());
    for (std::size_t i = 0; i < count; ++i)
        appendShifted(copies, pixels, kShifts[i][0], kShifts[i][1]);
    return m_classifier.classify(copies).map([&](std::vector<Classification> each) {
        Classification mean = std::move(each.front());
        for (std::size_t i = 1; i < each.size(); ++i) {
            for (std::size_t c = 0; c < mean.probabilities.size(); ++c)
                mean.probabilities[c] += each[i].probabilities[c];
        }
        for (float& probability : mean.probabilities)
            probability /= static_cast<float>(count);
        const auto largest = std::max_element(mean.probabilities.begin(), mean.probabilities.end());
        mean.prediction = static_cast<int>(largest - mean.probabilities.begin());
        return mean;
    });
}

} // namespace engine
