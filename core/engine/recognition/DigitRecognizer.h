// Recognizes drawn digits: preprocesses ink as MNIST's digits were, then runs the model.
//
//     auto classifier = DigitRecognizer::create(model);
//     auto reading = classifier->read(strokes);     // or an InkImage
//     reading->seen.pixels                          // 28 × 28, the network's input
//     reading->classification.prediction
#pragma once

#include "engine/evaluation/Classifier.h"
#include "engine/recognition/Preprocessing.h"
#include "engine/recognition/Strokes.h"

#include <cstdint>

namespace engine
{

/// Preprocessing options. The defaults suit all models; docs/drawing.md has measurements.
struct RecognitionOptions {
    /// Pen width as a fraction of the digit's longer side. Strokes are redrawn with it; images are normalized
    /// to it.
    float penShare = 0.11F;
    bool isPenEvened = true; ///< for images; strokes always get the width above
    /// Averages the probabilities of nine copies, shifted by one pixel, instead of using the centered one.
    bool isAveraged = true;
};

struct Recognition {
    PreprocessedDigit seen;
    Classification classification;
};

/// The network input for strokes of any scale and position. BadValue if there are no points.
Result<PreprocessedDigit> preprocess(const Strokes& strokes, const RecognitionOptions& options = {});
/// The network input for an image; its box is that of the ink. BadValue if there is no ink.
Result<PreprocessedDigit> preprocess(const InkImage& image, const RecognitionOptions& options = {});

/// Runs on the CPU. Not thread-safe.
class DigitRecognizer
{
public:
    /// BadValue if the model's input is not 28 × 28; OutOfMemory, Internal.
    static Result<DigitRecognizer> create(const ModelSnapshot& model, const RecognitionOptions& options = {});

    /// BadValue if there is no ink.
    Result<Recognition> read(const InkImage& image);
    /// Strokes of any scale and position; their drawn width is ignored.
    Result<Recognition> read(const Strokes& strokes);
    /// 28 × 28, used without preprocessing: 0 background … 255 ink.
    Result<Classification> recognizePreprocessed(std::span<const std::uint8_t> pixels);

private:
    DigitRecognizer(Classifier classifier, const RecognitionOptions& options);

    Result<Recognition> readSeen(PreprocessedDigit seen);

    Classifier m_classifier;
    RecognitionOptions m_options;
};

} // namespace engine
