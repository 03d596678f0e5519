#include "core/catalog/KeptDigitsFile.h"

#include "core/PrivateFolder.h"
#include "core/catalog/KeptDigitsIdx.h"
#include "core/catalog/KeptDigitsLines.h"
#include "core/runs/FolderLock.h"
#include "engine/data/IdxFolder.h"
#include "engine/storage/AtomicFile.h"

#include <QDir>
#include <QFileInfo>
#include <algorithm>
#include <filesystem>

namespace core
{
namespace
{

using engine::ErrorCode;
using engine::failure;
using engine::Result;
using Digits = std::vector<KeptDigit>;

QString indexPath(const QString& folder)
{
    return QDir(folder).filePath(QStringLiteral("digits.jsonl"));
}

Result<void> write(const QString& folder, const Digits& digits)
{
    std::string lines;
    for (const KeptDigit& digit : digits)
        lines += lineOf(digit).toStdString();
    // The digits are kept once this file is written. An IDX file that cannot be is made anew later.
    return engine::writeFileAtomically(indexPath(folder).toStdString(), lines).map([&] {
        (void)updateIdxFiles(folder, digits);
    });
}

constexpr int kLongestWait = 5000; ///< milliseconds, while another program or thread writes

tl::unexpected<engine::Error> cannotWrite(const QString& folder, const char* why)
{
    return failure(ErrorCode::CannotWrite, folder.toStdString() + ": " + why + ".");
}

constexpr auto kCannotLock = "cannot lock this folder; another program may be writing to it";

/// Reads the digits, applies `change` and writes them, under a lock on the folder.
template<typename Change>
Result<Digits> changeDigits(const QString& folder, const Change& change)
{
    if (!makePrivateFolder(folder))
        return cannotWrite(folder, "cannot create this folder");
    const auto lock = FolderLock::take(folder, kLongestWait);
    if (!lock)
        return cannotWrite(folder, kCannotLock);
    auto digits = readKeptDigits(folder);
    if (!digits)
        return digits;
    if (auto changed = change(*digits); !changed)
        return tl::unexpected(changed.error());
    return write(folder, *digits).map([&] { return std::move(*digits); });
}

/// Gives the file a second name, under which it stays when a new one is renamed over the first.
Result<QString> addNameOfDamaged(const QString& path)
{
    constexpr int kMostNames = 1000;
    const std::filesystem::path file = path.toStdString();
    std::error_code status;
    const bool isLink = std::filesystem::is_symlink(file, status);
    for (int i = 1; i <= kMostNames; ++i) {
        const QString name = path + QStringLiteral(".damaged-%1").arg(i);
        const std::filesystem::path second = name.toStdString();
        if (std::filesystem::exists(std::filesystem::symlink_status(second, status)))
            continue;
        if (!isLink)
            std::filesystem::create_hard_link(file, second, status);
        if (isLink || status) // not all file systems have hard links
            std::filesystem::copy_file(file, second, status);
        if (!status)
            return name;
        break;
    }
    return cannotWrite(path, "cannot be copied beside itself");
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

bool hasKeptDigits(const QString& folder)
{
    return QFileInfo::exists(indexPath(folder));
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
    return readKeptDigitLines(indexPath(folder)).and_then([](KeptDigitLines&& lines) -> Result<Digits> {
        if (lines.damaged > 0)
            return failure(ErrorCode::BadFormat, lines.firstDamage);
        return std::move(lines.digits);
    });
}

Result<Digits> refreshKeptDigits(const QString& folder)
{
    const auto lock = FolderLock::take(folder, kLongestWait); // none where the folder is missing
    auto digits = readKeptDigits(folder);
    if (!lock)
        return digits;
    engine::removeLeftovers(indexPath(folder).toStdString());
    for (const char* name : engine::kIdxFileNames)
        engine::removeLeftovers(QDir(folder).filePath(QLatin1String(name)).toStdString());
    // Without digits.jsonl, the IDX files are not from it.
    if (digits && hasKeptDigits(folder))
        (void)updateIdxFiles(folder, *digits);
    return digits;
}

Result<Digits> keepDigits(const QString& folder, const Digits& digits)
{
    for (const KeptDigit& digit : digits) {
        if (digit.label < 0 || digit.label >= kOwnDigitClasses || digit.pixels.size() != kKeptDigitPixels) {
            return failure(ErrorCode::BadValue, "Expected a label from 0 to 9 and 784 pixels; found " +
                                                    std::to_string(digit.label) + " and " +
                                                    std::to_string(digit.pixels.size()) + ".");
        }
    }
    return changeDigits(folder, [&](Digits& kept) -> Result<void> {
        if (kept.size() + digits.size() > kMaxKeptDigits) {
            return failure(ErrorCode::BadValue, "Expected at most " + std::to_string(kMaxKeptDigits) +
                                                    " kept digits; found " + std::to_string(kept.size()) +
                                                    " and " + std::to_string(digits.size()) + " more.");
        }
        KeptDigitHalves halves;
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

Result<RepairedDigits> setDamagedDigitsAside(const QString& folder)
{
    const auto lock = FolderLock::take(folder, kLongestWait);
    if (!lock)
        return cannotWrite(folder, kCannotLock);
    auto lines = readKeptDigitLines(indexPath(folder));
    if (!lines)
        return tl::unexpected(lines.error());
    if (lines->damaged == 0)
        return RepairedDigits{std::move(lines->digits), 0, {}};
    // At no point is there no digits.jsonl.
    return addNameOfDamaged(indexPath(folder)).and_then([&](const QString& original) {
        return write(folder, lines->digits).map([&] {
            return RepairedDigits{std::move(lines->digits), lines->damaged, original};
        });
    });
}

} // namespace core
