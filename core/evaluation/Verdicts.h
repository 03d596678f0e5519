// What a person says of images on which a model erred, or nearly: was it the model, or the data? A verdict
// belongs to the image of a data set, whatever run it was that led to it.
#pragma once

#include "core/evaluation/EvaluatedSplit.h"

#include <QString>
#include <array>
#include <compare>
#include <map>
#include <optional>

namespace core
{

enum class Verdict {
    ModelErred, ///< a person reads what the label says
    LabelWrong, ///< a person reads another class
    Unreadable, ///< nobody can tell
};

inline constexpr std::array kVerdicts = {Verdict::ModelErred, Verdict::LabelWrong, Verdict::Unreadable};

/// "the model erred", "the label is wrong", "unreadable".
QString nameOf(Verdict verdict);

/// An image of a data set: of its test images, else of its training images, those for validation included.
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

/// Of one data set; without empty ones.
using Verdicts = std::map<ImageKey, Judgement>;

/// How many images of an evaluation have a verdict, by verdict in the order of kVerdicts.
struct VerdictCounts {
    std::size_t errors = 0;                                 ///< images predicted wrongly
    std::array<std::size_t, kVerdicts.size()> ofErrors{};   ///< of those
    std::array<std::size_t, kVerdicts.size()> ofTheRight{}; ///< of the images predicted rightly

    std::size_t judgedErrors() const { return ofErrors[0] + ofErrors[1] + ofErrors[2]; }
    std::size_t judgedRight() const { return ofTheRight[0] + ofTheRight[1] + ofTheRight[2]; }
    bool operator==(const VerdictCounts&) const = default;
};

VerdictCounts countVerdicts(const EvaluatedSplit& split, const Verdicts& verdicts);

/// Positions of the images with this verdict, or with any where it is nothing, the lowest first.
std::vector<std::uint32_t> positionsWith(std::optional<Verdict> verdict, const EvaluatedSplit& split,
                                         const Verdicts& verdicts);

/// A line an image of `split` that has a verdict or a note (RFC 4180):
/// `index,label,prediction,label_probability,verdict,note`; label and prediction are names of classes.
std::string verdictsCsv(const EvaluatedSplit& split, const Verdicts& verdicts);

} // namespace core
