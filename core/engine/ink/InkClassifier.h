// Reads what people draw: ink becomes what MNIST's digits are, and the model says what it takes that for.
//
//     auto classifier = InkClassifier::create(model);
//     auto reading = classifier->read(strokes);     // or an InkImage
//     reading->seen.pixels                          // 28 × 28, what the network was shown
//     reading->classification.prediction
#pragma once

#include "engine/ink/InkNormalizer.h"
#include "engine/ink/Strokes.h"
#include "engine/model/Classifier.h"

namespace engine
{

/// How ink is read. The defaults are for every model; see docs/drawing.md for what each gave.
struct InkReadingOptions {
    /// Width of the pen, as a share of the digit's longer side: strokes are drawn anew with it, and pictures
    /// are made as it would have left them.
    float penShare = 0.11F;
    bool isPenEvened = true; ///< of pictures; strokes have the width above in any case
    /// The mean of the probabilities for nine copies, a pixel apart, in place of those for the one in the
    /// middle.
    bool isAveraged = true;
};

struct InkReading {
    NormalizedInk seen;
    Classification classification;
};

/// What a network is shown of strokes of any scale and place. BadValue where there is no point.
Result<NormalizedInk> seenOf(const Strokes& strokes, const InkReadingOptions& options = {});
/// And of an image; the box is that of its ink. BadValue where there is none.
Result<NormalizedInk> seenOf(const InkImage& image, const InkReadingOptions& options = {});

/// Used from one thread at a time, on the CPU.
class InkClassifier
{
public:
    /// BadValue where the model's input is not 28 × 28; OutOfMemory, Internal.
    static Result<InkClassifier> create(const ModelSnapshot& model, const InkReadingOptions& options = {});

    /// BadValue where there is no ink.
    Result<InkReading> read(const InkImage& image);
    /// Strokes of any scale and place; how wide they were drawn does not matter.
    Result<InkReading> read(const Strokes& strokes);
    /// 28 × 28, as it is: 0 background … 255.
    Result<Classification> readNormalized(std::span<const std::uint8_t> pixels);

private:
    InkClassifier(Classifier classifier, const InkReadingOptions& options);

    Result<InkReading> readSeen(NormalizedInk seen);

    Classifier m_classifier;
    InkReadingOptions m_options;
};

} // namespace engine
