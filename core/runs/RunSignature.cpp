#include "core/runs/RunSignature.h"

#include "core/runs/RunFiles.h"
#include "engine/storage/AtomicFile.h"
#include "engine/storage/CheckpointFile.h"
#include "engine/storage/PredictionsFile.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <filesystem>

namespace core
{
namespace
{

constexpr std::size_t kLargestDescription = std::size_t{16} << 20;

/// A pipe would never end, and a link leads out of the folder.
bool isPlainFile(const QString& path)
{
    std::error_code status;
    return std::filesystem::is_regular_file(
        std::filesystem::symlink_status(QFile::encodeName(path).toStdString(), status));
}

/// In the safetensors format, whose metadata comes first.
bool beginsWithFormat(const QString& path, const char* format)
{
    constexpr qint64 kLongestBegin = 4096;
    QFile file(path);
    if (!isPlainFile(path) || !file.open(QIODevice::ReadOnly))
        return false;
    return file.read(kLongestBegin).contains(QByteArray("\"format\":\"") + format + ' ');
}

bool isDescription(const QString& path)
{
    if (!isPlainFile(path))
        return false;
    const auto text = engine::readWholeFile(path.toStdString(), kLargestDescription);
    const QJsonObject description =
        text ? QJsonDocument::fromJson(QByteArray::fromStdString(*text)).object() : QJsonObject();
    return description[QLatin1String("format_version")].isDouble() &&
           description[QLatin1String("weights_crc32")].isDouble() &&
           description[QLatin1String("model")].isObject();
}

QString fileIn(const QString& folder, const char* name)
{
    return QDir(folder).filePath(QLatin1String(name));
}

} // namespace

bool hasCheckpointOfRun(const QString& folder)
{
    return beginsWithFormat(fileIn(folder, engine::kCheckpointFileName), "tinyvgg-studio training");
}

bool hasDescriptionOfRun(const QString& folder)
{
    return isDescription(fileIn(folder, kDescriptionFileName));
}

bool hasFileOfRun(const QString& folder)
{
    return hasCheckpointOfRun(folder) ||
           beginsWithFormat(fileIn(folder, engine::kPredictionsFileName), "tinyvgg-studio predictions") ||
           hasDescriptionOfRun(folder);
}

} // namespace core
