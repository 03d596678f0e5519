#include "core/evaluation/VerdictFile.h"

#include "core/PrivateFolder.h"
#include "engine/storage/AtomicFile.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLockFile>
#include <QRegularExpression>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace core
{
namespace
{

using engine::ErrorCode;

constexpr auto kFormat = "tinyvgg-studio verdicts 1";
constexpr std::size_t kLargestFile = 64U << 20U;
constexpr qsizetype kMaxVerdicts = 1'000'000;
constexpr std::array kNames = {"model-erred", "label-wrong", "unreadable"}; // in the order of kVerdicts

[[noreturn]] void reject(const QString& what)
{
    throw std::invalid_argument(what.toStdString());
}

QString textOf(const QJsonValue& value)
{
    if (value.isString())
        return QStringLiteral("\"%1\"").arg(value.toString().left(60));
    return value.isUndefined()
               ? QStringLiteral("nothing")
               : QString::fromUtf8(QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact).left(60));
}

QString stringIn(const QJsonObject& object, const char* key, const QString& expected)
{
    const QJsonValue value = object[QLatin1String(key)];
    if (!value.isString())
        reject(QStringLiteral("%1: expected %2; found %3").arg(QLatin1String(key), expected, textOf(value)));
    return value.toString();
}

ImageKey keyFrom(const QJsonObject& entry)
{
    const QString split = stringIn(entry, "split", QStringLiteral("\"test\" or \"train\""));
    if (split != QLatin1String("test") && split != QLatin1String("train"))
        reject(QStringLiteral("split: expected \"test\" or \"train\"; found \"%1\"").arg(split.left(60)));
    const QJsonValue index = entry[QLatin1String("index")];
    const double number = index.toDouble(-1);
    if (number < 0 || number > std::numeric_limits<std::uint32_t>::max() || number != std::floor(number))
        reject(QStringLiteral("index: expected a whole number from 0; found %1").arg(textOf(index)));
    return {split == QLatin1String("test"), static_cast<std::uint32_t>(number)};
}

Judgement judgementFrom(const QJsonObject& entry)
{
    Judgement judgement;
    if (entry.contains(QLatin1String("verdict"))) {
        const QString expected = QStringLiteral("model-erred, label-wrong or unreadable");
        const QString name = stringIn(entry, "verdict", expected);
        const auto found = std::find(kNames.begin(), kNames.end(), name.toStdString());
        if (found == kNames.end())
            reject(QStringLiteral("verdict: expected %1; found \"%2\"").arg(expected, name.left(60)));
        judgement.verdict = kVerdicts[static_cast<std::size_t>(found - kNames.begin())];
    }
    if (entry.contains(QLatin1String("note")))
        judgement.note = stringIn(entry, "note", QStringLiteral("a text"));
    if (judgement.note.size() > kLongestNote) {
        reject(QStringLiteral("note: expected at most %1 characters; found %2")
                   .arg(kLongestNote)
                   .arg(judgement.note.size()));
    }
    return judgement;
}

Verdicts verdictsFrom(const std::string& content, const QString& datasetId)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(
        QByteArray::fromRawData(content.data(), static_cast<qsizetype>(content.size())), &error);
    if (!document.isObject()) {
        reject(QStringLiteral("expected a JSON object; found %1")
                   .arg(error.error == QJsonParseError::NoError
                            ? QStringLiteral("another type")
                            : QStringLiteral("at byte %1: %2").arg(error.offset).arg(error.errorString())));
    }
    const QJsonObject root = document.object();
    const QString format = QLatin1String(kFormat);
    if (const QJsonValue found = root[QLatin1String("format")]; found.toString() != format)
        reject(QStringLiteral("format: expected \"%1\"; found %2").arg(format, textOf(found)));
    if (const QJsonValue found = root[QLatin1String("dataset")]; found.toString() != datasetId)
        reject(QStringLiteral("dataset: expected \"%1\"; found %2").arg(datasetId, textOf(found)));
    const QJsonValue list = root[QLatin1String("verdicts")];
    if (!list.isArray() || list.toArray().size() > kMaxVerdicts)
        reject(QStringLiteral("verdicts: expected a list of at most %1").arg(kMaxVerdicts));
    Verdicts verdicts;
    const QJsonArray entries = list.toArray();
    for (const auto& entry : entries) {
        if (!entry.isObject())
            reject(QStringLiteral("verdicts: expected objects; found %1").arg(textOf(entry)));
        const ImageKey key = keyFrom(entry.toObject());
        Judgement judgement = judgementFrom(entry.toObject());
        if (!judgement.isEmpty() && !verdicts.emplace(key, std::move(judgement)).second)
            reject(QStringLiteral("verdicts: expected one per image; found image %1 twice").arg(key.index));
    }
    return verdicts;
}

QByteArray toJson(const Verdicts& verdicts, const QString& datasetId)
{
    QJsonArray list;
    for (const auto& [key, judgement] : verdicts) {
        QJsonObject entry = {
            {QStringLiteral("split"), key.isTest ? QStringLiteral("test") : QStringLiteral("train")},
            {QStringLiteral("index"), static_cast<qint64>(key.index)}};
        if (judgement.verdict) {
            entry[QStringLiteral("verdict")] =
                QLatin1String(kNames[static_cast<std::size_t>(*judgement.verdict)]);
        }
        if (!judgement.note.isEmpty())
            entry[QStringLiteral("note")] = judgement.note;
        list.append(entry);
    }
    return QJsonDocument(QJsonObject{{QStringLiteral("format"), QLatin1String(kFormat)},
                                     {QStringLiteral("dataset"), datasetId},
                                     {QStringLiteral("verdicts"), list}})
        .toJson();
}

tl::unexpected<engine::Error> cannotWrite(const QString& path, const char* what)
{
    return engine::failure(ErrorCode::CannotWrite, path.toStdString() + ": " + what + ".");
}

} // namespace

QString verdictsPath(const QString& folder, const QString& datasetId)
{
    static const QRegularExpression kPlain(QStringLiteral("^[a-z0-9-]{1,64}$"));
    QString name = datasetId;
    if (!kPlain.match(datasetId).hasMatch()) {
        static const QRegularExpression kUnsafe(QStringLiteral("[^A-Za-z0-9-]+"));
        const QByteArray sum = QCryptographicHash::hash(datasetId.toUtf8(), QCryptographicHash::Sha256);
        name = QFileInfo(datasetId).fileName().replace(kUnsafe, QStringLiteral("-")).left(64) +
               QLatin1Char('.') + QString::fromLatin1(sum.toHex().left(16));
    }
    return QDir(folder).filePath(name + QStringLiteral(".json"));
}

engine::Result<Verdicts> readVerdicts(const QString& path, const QString& datasetId)
{
    const auto content = engine::readWholeFile(path.toStdString(), kLargestFile);
    if (!content) {
        if (content.error().code == ErrorCode::NotFound)
            return Verdicts();
        return tl::unexpected(content.error());
    }
    try {
        return verdictsFrom(*content, datasetId);
    } catch (const std::invalid_argument& error) {
        return engine::failure(ErrorCode::BadFormat,
                               path.toStdString() +
                                   ": expected verdicts saved by this program: " + error.what() + ".");
    }
}

engine::Result<void> writeVerdicts(const QString& path, const QString& datasetId, const Verdicts& changes)
{
    if (!makePrivateFolder(QFileInfo(path).path()))
        return cannotWrite(path, "cannot create its folder");
    QLockFile lock(path + QStringLiteral(".lock"));
    constexpr int kLockTimeoutMilliseconds = 5000;
    if (!lock.tryLock(kLockTimeoutMilliseconds))
        return cannotWrite(path, "cannot be locked; another program may be writing to it");
    auto verdicts = readVerdicts(path, datasetId);
    if (!verdicts)
        return tl::unexpected(verdicts.error());
    for (const auto& [key, judgement] : changes) {
        if (judgement.isEmpty())
            verdicts->erase(key);
        else
            verdicts->insert_or_assign(key, judgement);
    }
    const QByteArray json = toJson(*verdicts, datasetId);
    return engine::writeFileAtomically(
        path.toStdString(), std::string_view(json.constData(), static_cast<std::size_t>(json.size())));
}

engine::Result<QString> setAside(const QString& path)
{
    constexpr int kMostNames = 1000;
    for (int i = 1; i <= kMostNames; ++i) {
        const QString aside = path + QStringLiteral(".damaged-%1").arg(i);
        if (QFileInfo::exists(aside))
            continue;
        if (QFile::rename(path, aside))
            return aside;
        break;
    }
    return cannotWrite(path, "cannot be renamed");
}

} // namespace core
