#include "core/catalog/KeptDigitsFile.h"

#include "core/PrivateFolder.h"
#include "engine/data/IdxFolder.h"
#include "engine/storage/AtomicFile.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLockFile>
#include <algorithm>
#include <array>

namespace core
{
namespace
{

using engine::ErrorCode;
using engine::failure;
using engine::Result;
using Digits = std::vector<KeptDigit>;

constexpr int kSide = 28;
constexpr std::size_t kPixels = std::size_t{kSide} * kSide;
constexpr std::size_t kMaxDigits = 100'000;
constexpr const char* kTrain = "train";
constexpr const char* kTest = "test";
constexpr std::size_t kLargestFile = 200U << 20U; ///< more than kMaxDigits need

QString indexPath(const QString& folder)
{
    return QDir(folder).filePath(QStringLiteral("digits.jsonl"));
}

QByteArray lineOf(const KeptDigit& digit)
{
    const QByteArray pixels(reinterpret_cast<const char*>(digit.pixels.data()),
                            static_cast<qsizetype>(digit.pixels.size()));
    return QJsonDocument(
               QJsonObject{{QStringLiteral("label"), digit.label},
                           {QStringLiteral("half"), QLatin1String(digit.isForTesting ? kTest : kTrain)},
                           {QStringLiteral("pixels"), QString::fromLatin1(pixels.toBase64())}})
               .toJson(QJsonDocument::Compact) +
           '\n';
}

/// Assigns the next digit of a class to the half that has fewer of that class.
class Halves
{
public:
    void add(const KeptDigit& digit)
    {
        m_lead[static_cast<std::size_t>(digit.label)] += digit.isForTesting ? -1 : 1;
    }
    bool isNextForTesting(int label) const
    {
        // Even classes start with training, odd ones with testing: with one digit per class both halves are
        // non-empty.
        const int lead = m_lead[static_cast<std::size_t>(label)];
        return lead > 0 || (lead == 0 && label % 2 == 1);
    }

private:
    std::array<int, kOwnDigitClasses> m_lead = {}; ///< training digits minus test digits, per class
};

/// Returns nothing if the line is not a digit. `before`: the halves of the preceding lines.
std::optional<KeptDigit> digitFrom(const QByteArray& line, const Halves& before)
{
    const QJsonObject object = QJsonDocument::fromJson(line).object();
    const QJsonValue label = object[QStringLiteral("label")];
    const auto pixels = QByteArray::fromBase64Encoding(object[QStringLiteral("pixels")].toString().toLatin1(),
                                                       QByteArray::AbortOnBase64DecodingErrors);
    const int number = label.toInt(-1);
    const QJsonValue half = object[QStringLiteral("half")];
    const bool isHalfKnown = half == QLatin1String(kTrain) || half == QLatin1String(kTest);
    if (!half.isUndefined() && !isHalfKnown)
        return std::nullopt;
    if (number < 0 || number >= kOwnDigitClasses || !pixels ||
        static_cast<std::size_t>(pixels.decoded.size()) != kPixels)
        return std::nullopt;
    // Older files have no "half"; there the digits of a class alternated between training and testing.
    return KeptDigit{number,
                     {pixels.decoded.begin(), pixels.decoded.end()},
                     isHalfKnown ? half == QLatin1String(kTest) : before.isNextForTesting(number)};
}

void appendBigEndian(std::string& bytes, std::uint32_t value)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        bytes += static_cast<char>((value >> shift) & 0xffU);
}

Result<void> writeIdx(const QString& folder, const Digits& digits, const char* imagesName,
                      const char* labelsName)
{
    constexpr std::uint32_t kImagesMagic = 0x803; // unsigned bytes, three dimensions
    constexpr std::uint32_t kLabelsMagic = 0x801;
    const auto count = static_cast<std::uint32_t>(digits.size());
    std::string images;
    std::string labels;
    for (const std::uint32_t value : {kImagesMagic, count, std::uint32_t{kSide}, std::uint32_t{kSide}})
        appendBigEndian(images, value);
    for (const std::uint32_t value : {kLabelsMagic, count})
        appendBigEndian(labels, value);
    for (const KeptDigit& digit : digits) {
        images.append(digit.pixels.begin(), digit.pixels.end());
        labels += static_cast<char>(digit.label);
    }
    const QDir target(folder);
    return engine::writeFileAtomically(target.filePath(QLatin1String(imagesName)).toStdString(), images)
        .and_then([&] {
            return engine::writeFileAtomically(target.filePath(QLatin1String(labelsName)).toStdString(),
                                               labels);
        });
}

Result<void> writeIdxFiles(const QString& folder, const Digits& digits)
{
    const auto& names = engine::kIdxFileNames;
    const KeptSplits splits = splitKept(digits);
    if (!splits.isUsable()) { // an IDX file must not be empty
        for (const char* name : names)
            QFile::remove(QDir(folder).filePath(QLatin1String(name)));
        return {};
    }
    return writeIdx(folder, splits.train, names[0], names[1]).and_then([&] {
        return writeIdx(folder, splits.test, names[2], names[3]);
    });
}

Result<void> write(const QString& folder, const Digits& digits)
{
    std::string lines;
    for (const KeptDigit& digit : digits)
        lines += lineOf(digit).toStdString();
    return engine::writeFileAtomically(indexPath(folder).toStdString(), lines).and_then([&] {
        return writeIdxFiles(folder, digits);
    });
}

/// Reads the digits, applies `change` and writes them, under a lock on the folder.
template<typename Change>
Result<Digits> changeDigits(const QString& folder, const Change& change)
{
    const auto cannotWrite = [&](const char* why) {
        return failure(ErrorCode::CannotWrite, folder.toStdString() + ": " + why + ".");
    };
    if (!makePrivateFolder(folder))
        return cannotWrite("cannot create this folder");
    QLockFile lock(QDir(folder).filePath(QStringLiteral("digits.lock")));
    constexpr int kLockTimeoutMilliseconds = 5000;
    if (!lock.tryLock(kLockTimeoutMilliseconds))
        return cannotWrite("cannot lock this folder; another program may be writing to it");
    auto digits = readKeptDigits(folder);
    if (!digits)
        return digits;
    if (auto changed = change(*digits); !changed)
        return tl::unexpected(changed.error());
    return write(folder, *digits).map([&] { return std::move(*digits); });
}

} // namespace

KnownDataset ownDigitsDataset()
{
    KnownDataset dataset;
    dataset.id = QLatin1String(kOwnDigitsId);
    dataset.title = QStringLiteral("My digits");
    for (int i = 0; i < kOwnDigitClasses; ++i)
        dataset.classNames << QString::number(i);
    for (std::size_t i = 0; i < dataset.files.size(); ++i)
        dataset.files[i].name = QLatin1String(engine::kIdxFileNames[i]);
    dataset.systemFolderName = dataset.id;
    return dataset;
}

KeptSplits splitKept(const Digits& digits)
{
    KeptSplits splits;
    for (const KeptDigit& digit : digits)
        (digit.isForTesting ? splits.test : splits.train).push_back(digit);
    return splits;
}

bool isMadeOf(const engine::DatasetSplits& dataset, const Digits& digits)
{
    const auto isSame = [](const engine::Dataset& images, const Digits& half) {
        if (images.size() != half.size())
            return false;
        for (std::size_t i = 0; i < half.size(); ++i) {
            if (images.label(i) != half[i].label || !std::ranges::equal(images.image(i), half[i].pixels))
                return false;
        }
        return true;
    };
    const KeptSplits splits = splitKept(digits);
    return isSame(dataset.train, splits.train) && isSame(dataset.test, splits.test);
}

std::array<int, kOwnDigitClasses> countKept(const Digits& digits)
{
    std::array<int, kOwnDigitClasses> counts = {};
    for (const KeptDigit& digit : digits)
        ++counts[static_cast<std::size_t>(digit.label)];
    return counts;
}

Result<Digits> readKeptDigits(const QString& folder)
{
    const QString path = indexPath(folder);
    const auto content = engine::readWholeFile(path.toStdString(), kLargestFile);
    if (!content) {
        if (content.error().code == ErrorCode::NotFound)
            return Digits();
        return tl::unexpected(content.error());
    }
    Digits digits;
    Halves halves;
    std::size_t number = 0;
    for (const QByteArray& line : QByteArray::fromStdString(*content).split('\n')) {
        ++number;
        if (line.isEmpty())
            continue;
        auto digit = digitFrom(line, halves);
        if (!digit || digits.size() == kMaxDigits) {
            return failure(ErrorCode::BadFormat,
                           path.toStdString() + ", line " + std::to_string(number) +
                               ": expected a label from 0 to 9 and 784 pixels, at most " +
                               std::to_string(kMaxDigits) + " times; found \"" + line.left(40).toStdString() +
                               "\".");
        }
        halves.add(*digit);
        digits.push_back(std::move(*digit));
    }
    return digits;
}

Result<Digits> keepDigits(const QString& folder, const Digits& digits)
{
    for (const KeptDigit& digit : digits) {
        if (digit.label < 0 || digit.label >= kOwnDigitClasses || digit.pixels.size() != kPixels) {
            return failure(ErrorCode::BadValue, "Expected a label from 0 to 9 and 784 pixels; found " +
                                                    std::to_string(digit.label) + " and " +
                                                    std::to_string(digit.pixels.size()) + ".");
        }
    }
    return changeDigits(folder, [&](Digits& kept) -> Result<void> {
        if (kept.size() + digits.size() > kMaxDigits) {
            return failure(ErrorCode::BadValue, "Expected at most " + std::to_string(kMaxDigits) +
                                                    " kept digits; found " + std::to_string(kept.size()) +
                                                    " and " + std::to_string(digits.size()) + " more.");
        }
        Halves halves;
        for (const KeptDigit& digit : kept)
            halves.add(digit);
        for (const KeptDigit& digit : digits) {
            kept.push_back({digit.label, digit.pixels, halves.isNextForTesting(digit.label)});
            halves.add(kept.back());
        }
        return {};
    });
}

Result<Digits> removeKeptDigit(const QString& folder, const KeptDigit& digit)
{
    return changeDigits(folder, [&](Digits& kept) -> Result<void> {
        const auto found = std::find(kept.rbegin(), kept.rend(), digit);
        if (found != kept.rend())
            kept.erase(std::next(found).base());
        return {};
    });
}

Result<Digits> restoreKeptDigit(const QString& folder, const KeptDigit& digit, std::size_t position)
{
    return changeDigits(folder, [&](Digits& kept) -> Result<void> {
        const auto place = static_cast<std::ptrdiff_t>(std::min(position, kept.size()));
        kept.insert(kept.begin() + place, digit);
        return {};
    });
}

} // namespace core
