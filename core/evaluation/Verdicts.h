// A user's verdicts on images that a model got wrong, or nearly: is the model or the label wrong? A verdict
// belongs to the image of a data set, independent of the run.
#pragma once

#include "core/evaluation/EvaluatedSplit.h"

#include <QString>
#include <array>
#include <compare>
#include <cstdint>
#include <map>
#include <optional>

namespace core
{

enum class Verdict {
    ModelErred, ///< the user agrees with the label
    LabelWrong, ///< the user sees another class
    Unreadable, ///< the class is not recognizable
};

inline constexpr std::array kVerdicts = {Verdict::ModelErred, Verdict::LabelWrong, Verdict::Unreadable};

/// "the model erred", "the label is wrong", "unreadable".
QString nameOf(Verdict verdict);

/// An image of a data set: a test image, or a training image (including those for validation).
struct ImageKey {
    bool isTest = true;
    std::uint32_t index = 0;

    auto operator<=>(const ImageKey&) const = default;
};

ImageKey keyOf(const EvaluatedSplit& split, std::size_t position);

struct Judgement {
    std::optional<Verdict> verdict;
    QString note; ///< at most kLongestNote characters

    bool isEmpty() const { return !verdict && note.isEmpty(); }
    bool operator==(const Judgement&) const = default;
};

inline constexpr qsizetype kLongestNote = 2000;

/// For one data set; contains no empty judgements.
using Verdicts = std::map<ImageKey, Judgement>;

/// Number of images with a verdict, per verdict in the order of kVerdicts.
struct VerdictCounts {
    std::size_t errors = 0;                                 ///< wrong predictions
    std::array<std::size_t, kVerdicts.size()> ofErrors{};   ///< among them
    std::array<std::size_t, kVerdicts.size()> ofTheRight{}; ///< among correct predictions

    std::size_t judgedErrors() const { return ofErrors[0] + ofErrors[1] + ofErrors[2]; }
    std::size_t judgedRight() const { return ofTheRight[0] + ofTheRight[1] + ofTheRight[2]; }
    bool operator==(const VerdictCounts&) const = default;
};

VerdictCounts countVerdicts(const EvaluatedSplit& split, const Verdicts& verdicts);

/// Positions of the images with this verdict, or with any if not set, in ascending order.
std::vector<std::uint32_t> positionsWith(std::optional<Verdict> verdict, const EvaluatedSplit& split,
                                         const Verdicts& verdicts);

/// One line per image of `split` with a verdict or a note (RFC 4180):
/// `index,label,prediction,label_probability,verdict,note`; label and prediction are class names.
std::string verdictsCsv(const EvaluatedSplit& split, const Verdicts& verdicts);

} // namespace core
