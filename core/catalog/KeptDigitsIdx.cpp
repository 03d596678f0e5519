#include "core/catalog/KeptDigitsIdx.h"

#include "core/catalog/KeptDigitsFile.h"
#include "engine/data/IdxFolder.h"
#include "engine/storage/AtomicFile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace core
{
namespace
{

using engine::Result;
using Digits = std::vector<KeptDigit>;

QString pathOf(const QString& folder, std::size_t file)
{
    return QDir(folder).filePath(QLatin1String(engine::kIdxFileNames[file]));
}

void appendBigEndian(std::string& bytes, std::uint32_t value)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        bytes += static_cast<char>((value >> shift) & 0xffU);
}

/// The content of an images file, or of a labels file.
std::string contentOf(const Digits& half, bool isOfImages)
{
    constexpr std::uint32_t kImagesMagic = 0x803; // unsigned bytes, three dimensions
    constexpr std::uint32_t kLabelsMagic = 0x801;
    std::string bytes;
    appendBigEndian(bytes, isOfImages ? kImagesMagic : kLabelsMagic);
    appendBigEndian(bytes, static_cast<std::uint32_t>(half.size()));
    for (int dimension = 0; isOfImages && dimension < 2; ++dimension)
        appendBigEndian(bytes, kKeptDigitSide);
    for (const KeptDigit& digit : half) {
        if (isOfImages)
            bytes.append(digit.pixels.begin(), digit.pixels.end());
        else
            bytes += static_cast<char>(digit.label);
    }
    return bytes;
}

bool holds(const QString& path, const std::string& content)
{
    const auto found = engine::readWholeFile(path.toStdString(), content.size());
    return found && *found == content;
}

Result<engine::Dataset> datasetOfHalf(const Digits& half)
{
    std::vector<std::uint8_t> pixels;
    std::vector<std::uint8_t> labels;
    for (const KeptDigit& digit : half) {
        pixels.insert(pixels.end(), digit.pixels.begin(), digit.pixels.end());
        labels.push_back(static_cast<std::uint8_t>(digit.label));
    }
    return engine::Dataset::create(kKeptDigitSide, kKeptDigitSide, std::move(pixels), std::move(labels),
                                   kOwnDigitClasses);
}

} // namespace

Result<void> updateIdxFiles(const QString& folder, const Digits& digits)
{
    const KeptSplits splits = splitKept(digits);
    for (std::size_t file = 0; file < engine::kIdxFileNames.size(); ++file) {
        const QString path = pathOf(folder, file);
        if (!splits.isUsable()) {
            if (QFileInfo::exists(path) && !QFile::remove(path))
                return engine::failure(engine::ErrorCode::CannotWrite,
                                       path.toStdString() + ": cannot be removed.");
            continue;
        }
        // The order of engine::kIdxFileNames: training images, training labels, test images, test labels.
        const std::string content = contentOf(file < 2 ? splits.train : splits.test, file % 2 == 0);
        if (holds(path, content))
            continue;
        if (auto written = engine::writeFileAtomically(path.toStdString(), content); !written)
            return written;
    }
    return {};
}

Result<engine::DatasetSplits> datasetOf(const Digits& digits)
{
    const KeptSplits splits = splitKept(digits);
    return datasetOfHalf(splits.train).and_then([&](engine::Dataset&& train) {
        return datasetOfHalf(splits.test).map([&](engine::Dataset&& test) {
            return engine::DatasetSplits{{}, {}, {}, std::move(train), std::move(test)};
        });
    });
}

} // namespace core
