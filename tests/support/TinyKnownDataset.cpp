#include "support/TinyKnownDataset.h"

#include "engine/data/IdxFolder.h"
#include "engine/data/SketchDigits.h"
#include "support/Files.h"
#include "support/IdxFiles.h"

#include <QCryptographicHash>
#include <QDir>
#include <random>

namespace test
{
namespace
{

std::string noiseImages(std::uint32_t count, std::mt19937& random)
{
    std::string bytes = idxHeader({count, 28, 28});
    for (std::uint32_t i = 0; i < count * 28 * 28; ++i)
        bytes += static_cast<char>(random() & 255);
    return bytes;
}

core::KnownFile describe(const char* name, const std::string& plain)
{
    const QByteArrayView view(plain.data(), static_cast<qsizetype>(plain.size()));
    return {QString::fromLatin1(name),
            QCryptographicHash::hash(view.toByteArray(), QCryptographicHash::Sha256).toHex(),
            {},
            view.size()};
}

/// A data set of these files.
TinyKnownDataset knownDataset(FileContents plain)
{
    TinyKnownDataset dataset;
    dataset.plain = std::move(plain);
    for (std::size_t i = 0; i < dataset.plain.size(); ++i) {
        dataset.gz[i] = gzipped(dataset.plain[i]);
        dataset.known.files[i] = describe(engine::kIdxFileNames[i], dataset.plain[i]);
        dataset.known.downloadSize += static_cast<qint64>(dataset.gz[i].size());
    }
    return dataset;
}

} // namespace

TinyKnownDataset makeTinyKnownDataset()
{
    std::mt19937 random(7);
    TinyKnownDataset dataset =
        knownDataset({noiseImages(300, random), idxLabels(300), noiseImages(20, random), idxLabels(20)});
    dataset.known.id = QStringLiteral("tiny");
    dataset.known.title = QStringLiteral("Tiny digits");
    dataset.known.licence = QStringLiteral("CC0");
    for (int i = 0; i < 10; ++i)
        dataset.known.classNames.append(QStringLiteral("class %1").arg(i));
    dataset.known.systemFolderName = QStringLiteral("tiny-system");
    return dataset;
}

FileContents sketchDigitsFiles(std::size_t trainSize, std::size_t testSize)
{
    const engine::DatasetSplits splits = engine::makeSketchDigits({trainSize, testSize, 7});
    FileContents plain;
    std::size_t file = 0;
    for (const engine::Dataset& split : {splits.train, splits.test}) {
        const auto count = static_cast<std::uint32_t>(split.size());
        plain[file++] =
            idxHeader({count, 28, 28}) + std::string(split.pixels().begin(), split.pixels().end());
        plain[file++] = idxHeader({count}) + std::string(split.labels().begin(), split.labels().end());
    }
    return plain;
}

TinyKnownDataset knownSketchDigits(const QString& id, std::size_t trainSize, std::size_t testSize)
{
    TinyKnownDataset dataset = knownDataset(sketchDigitsFiles(trainSize, testSize));
    dataset.known.id = id;
    dataset.known.title = id.toUpper();
    for (int i = 0; i < 10; ++i)
        dataset.known.classNames.append(QString::number(i));
    return dataset;
}

void writeIdxFolder(const QString& folder, const FileContents& contents, const char* suffix)
{
    QDir().mkpath(folder);
    for (std::size_t i = 0; i < contents.size(); ++i)
        writeFile(QDir(folder).filesystemPath() / (std::string(engine::kIdxFileNames[i]) + suffix),
                  contents[i]);
}

} // namespace test
