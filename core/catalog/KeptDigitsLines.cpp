#include "core/catalog/KeptDigitsLines.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

namespace core
{
namespace
{

constexpr const char* kTrain = "train";
constexpr const char* kTest = "test";
constexpr qint64 kLongestLine = 16'384;            ///< a digit needs about 1,100 bytes
constexpr qint64 kLargestFile = qint64{200} << 20; ///< more than kMaxKeptDigits need

/// Returns nothing if the line is not a digit. `before`: the halves of the preceding lines.
std::optional<KeptDigit> digitFrom(const QByteArray& line, const KeptDigitHalves& before)
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
        static_cast<std::size_t>(pixels.decoded.size()) != kKeptDigitPixels)
        return std::nullopt;
    // Older files have no "half"; there the digits of a class alternated between training and testing.
    return KeptDigit{number,
                     {pixels.decoded.begin(), pixels.decoded.end()},
                     isHalfKnown ? half == QLatin1String(kTest) : before.isNextForTesting(number)};
}

/// The next line, or the beginning of one that is too long.
QByteArray nextLine(QFile& file)
{
    QByteArray line = file.readLine(kLongestLine + 1);
    for (QByteArray rest = line; !rest.isEmpty() && !rest.endsWith('\n');)
        rest = file.readLine(kLongestLine + 1);
    return line;
}

std::string tooManyIn(const QString& path)
{
    return path.toStdString() + ": expected at most " + std::to_string(kMaxKeptDigits) +
           " digits; found more.";
}

std::string damageOf(const QString& path, std::size_t lineNumber, const QByteArray& line)
{
    return path.toStdString() + ", line " + std::to_string(lineNumber) +
           ": expected a digit, with a label from 0 to 9 and 784 pixels; found \"" +
           line.trimmed().left(40).toStdString() + "\".";
}

} // namespace

void KeptDigitHalves::add(const KeptDigit& digit)
{
    m_lead[static_cast<std::size_t>(digit.label)] += digit.isForTesting ? -1 : 1;
}

bool KeptDigitHalves::isNextForTesting(int label) const
{
    // Even classes start with training, odd ones with testing: with one digit per class both halves are
    // non-empty.
    const int lead = m_lead[static_cast<std::size_t>(label)];
    return lead > 0 || (lead == 0 && label % 2 == 1);
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

engine::Result<KeptDigitLines> readKeptDigitLines(const QString& path)
{
    KeptDigitLines lines;
    if (!QFileInfo::exists(path))
        return lines;
    QFile file(path);
    const auto cannotRead = [&](const QString& reason) {
        return engine::failure(engine::ErrorCode::CannotRead,
                               QStringLiteral("%1: cannot be read: %2.").arg(path, reason).toStdString());
    };
    if (!QFileInfo(path).isFile())
        return cannotRead(QStringLiteral("expected a file; found a folder or special file"));
    if (!file.open(QIODevice::ReadOnly))
        return cannotRead(file.errorString());
    KeptDigitHalves halves;
    for (std::size_t number = 1; !file.atEnd(); ++number) {
        const QByteArray line = nextLine(file);
        if (line.isEmpty()) // only where reading fails
            return cannotRead(file.errorString());
        const bool isEnough = file.pos() > kLargestFile;
        if (line.trimmed().isEmpty() && !isEnough)
            continue;
        auto digit = line.size() > kLongestLine ? std::nullopt : digitFrom(line, halves);
        if (digit && lines.digits.size() < kMaxKeptDigits && !isEnough) {
            halves.add(*digit);
            lines.digits.push_back(std::move(*digit));
        } else if (lines.damaged++ == 0) {
            lines.firstDamage = digit ? tooManyIn(path) : damageOf(path, number, line);
        }
        if (isEnough)
            break; // the rest counts as one damaged line
    }
    if (file.error() != QFileDevice::NoError)
        return cannotRead(file.errorString());
    return lines;
}

} // namespace core
