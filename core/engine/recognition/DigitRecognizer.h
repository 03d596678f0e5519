// Reads what people draw: ink becomes what MNIST's digits are, and the model says what it takes that for.
//
//     auto classifier = DigitRecognizer::create(model);
//     auto reading = classifier->read(strokes);     // or an InkImage
//     reading->seen.pixels                          // 28 × 28, what the network was shown
//     reading->classification.prediction
#pragma once

#include "engine/evaluation/Classifier.h"
#include "engine/recognition/Preprocessing.h"
#include "engine/recognition/Strokes.h"

namespace engine
{

/// How ink is read. The defaults are for every model; see docs/drawing.md for what each gave.
struct RecognitionOptions {
    /// Width of the pen, as a share of the digit's longer side: strokes are drawn anew with it, and pictures
    /// are made as it would have left them.
    float penShare = 0.11F;
    bool isPenEvened = true; ///< of pictures; strokes have the width above in any case
    /// The mean of the probabilities for nine copies, a pixel apart, in place of those for the one in the
    /// middle.
    bool isAveraged = true;
};

struct Recognition {
    PreprocessedDigit seen;
    Classification classification;
};

/// What a network is shown of strokes of any scale and place. BadValue where there is no point.
Result<PreprocessedDigit> preprocess(const Strokes& strokes, const RecognitionOptions& options = {});
/// And of an image; the box is that of its ink. BadValue where there is none.
Result<PreprocessedDigit> preprocess(const InkImage& image, const RecognitionOptions& options = {});

/// Used from one thread at a time, on the CPU.
class DigitRecognizer
{
public:
    /// BadValue where the model's input is not 28 × 28; OutOfMemory, Internal.
    static Result<DigitRecognizer> create(const ModelSnapshot& model, const RecognitionOptions& options = {});

    /// BadValue where there is no ink.
    Result<Recognition> read(const InkImage& image);
    /// Strokes of any scale and place; how wide they were drawn does not matter.
    Result<Recognition> read(const Strokes& strokes);
    /// 28 × 28, as it is: 0 background … 255.
    Result<Classification> recognizePreprocessed(std::span<const std::uint8_t> pixels);

private:
    DigitRecognizer(Classifier classifier, const RecognitionOptions& options);

    Result<Recognition> readSeen(PreprocessedDigit seen);

    Classifier m_classifier;
    RecognitionOptions m_options;
};

} // namespace engine
