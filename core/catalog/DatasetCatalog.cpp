#include "core/catalog/DatasetCatalog.h"

#include "core/catalog/KeptDigitsFile.h"
#include "core/catalog/KeptDigitsIdx.h"
#include "engine/data/IdxFolder.h"
#include "engine/data/SketchDigits.h"

#include <QDir>
#include <QFileInfo>
#include <algorithm>
#include <future>

namespace core
{
namespace
{

using engine::ErrorCode;
using engine::failure;

bool holdsDataset(const QString& folder)
{
    return engine::isIdxFolder(QDir(folder).filesystemPath());
}

std::vector<std::string> toStrings(const QStringList& texts)
{
    std::vector<std::string> strings;
    for (const QString& text : texts)
        strings.push_back(text.toStdString());
    return strings;
}

/// Generates a built-in data set; nothing if `name` is not one.
std::optional<LoadedDataset> builtIn(const QString& name)
{
    LoadedDataset loaded;
    if (name.compare(QLatin1String(engine::kSketchDigitsId), Qt::CaseInsensitive) == 0)
        loaded.splits = engine::makeSketchDigits();
    else if (name.compare(QLatin1String(engine::kColorSketchDigitsId), Qt::CaseInsensitive) == 0)
        loaded.splits = engine::makeColorSketchDigits();
    else
        return std::nullopt;
    return loaded;
}

engine::Result<LoadedDataset> loadOwnFolder(const QString& path, const QString& title)
{
    return engine::readIdxFolder(QDir(path).filesystemPath(), path.toStdString(), title.toStdString())
        .map([&](engine::DatasetSplits&& splits) {
            LoadedDataset loaded;
            loaded.splits = std::move(splits);
            loaded.folder = path;
            return loaded;
        });
}

/// Appends a file's error to those of other files. A file that differs outweighs a missing one.
void addError(std::optional<engine::Error>& sum, const engine::Error& error)
{
    if (!sum) {
        sum = error;
        return;
    }
    if (error.code == ErrorCode::BadFormat)
        sum->code = error.code;
    sum->message += '\n' + error.message;
}

} // namespace

DatasetCatalog::DatasetCatalog(StudioFolders folders, QList<KnownDataset> known)
    : m_folders(std::move(folders)),
      m_known(std::move(known)),
      m_ownDigits(ownDigitsDataset())
{
}

const KnownDataset* DatasetCatalog::find(const QString& id) const
{
    const auto found = std::find_if(m_known.begin(), m_known.end(), [&](const KnownDataset& dataset) {
        return dataset.id.compare(id, Qt::CaseInsensitive) == 0;
    });
    if (found != m_known.end())
        return &*found;
    return m_ownDigits.id.compare(id, Qt::CaseInsensitive) == 0 ? &m_ownDigits : nullptr;
}

QString DatasetCatalog::titleOf(const QString& nameOrFolder) const
{
    if (const KnownDataset* known = find(nameOrFolder))
        return known->title;
    return nameOrFolder == QLatin1String(engine::kSketchDigitsId) ? QStringLiteral("Sketch digits")
                                                                  : nameOrFolder;
}

QString DatasetCatalog::userFolder(const KnownDataset& dataset) const
{
    return m_folders.datasets + QLatin1Char('/') + dataset.id;
}

std::optional<QString> DatasetCatalog::locate(const KnownDataset& dataset) const
{
    if (dataset.id == m_ownDigits.id) {
        const QString folder = ownDigitsFolder();
        if (!hasKeptDigits(folder))
            return std::nullopt;
        // They are read only where the IDX files are missing, as is usual with the first few digits.
        const auto isUsable = [&] {
            const auto digits = readKeptDigits(folder);
            return !digits || splitKept(*digits).isUsable();
        };
        return holdsDataset(folder) || isUsable() ? std::optional(folder) : std::nullopt;
    }
    QStringList folders = {userFolder(dataset)};
    for (const QString& system : m_folders.systemDatasets)
        folders.append(system + QLatin1Char('/') + dataset.systemFolderName);
    const auto found = std::find_if(folders.begin(), folders.end(), holdsDataset);
    return found == folders.end() ? std::nullopt : std::optional(*found);
}

engine::Result<LoadedDataset> DatasetCatalog::load(const QString& nameOrFolder) const
{
    if (auto drawn = builtIn(nameOrFolder))
        return std::move(*drawn);
    if (const KnownDataset* dataset = find(nameOrFolder))
        return loadKnown(*dataset);
    if (!nameOrFolder.isEmpty() && QFileInfo(nameOrFolder).isDir()) {
        const QString path = QDir::cleanPath(QFileInfo(nameOrFolder).absoluteFilePath());
        const QString name = QFileInfo(path).fileName();
        const QString title = name.isEmpty() ? path : name;
        return isOwnDigitsFolder(path) ? loadOwnDigits(path, title) : loadOwnFolder(path, title);
    }

    QStringList names;
    for (const engine::BuiltInDataset& dataset : engine::kBuiltInDatasets)
        names.append(QString::fromLatin1(dataset.id));
    for (const KnownDataset& dataset : m_known)
        names.append(dataset.id);
    return failure(
        ErrorCode::NotFound,
        QStringLiteral("%1: expected the name of a data set (%2) or a folder with the four IDX files of "
                       "MNIST's naming; found neither.")
            .arg(nameOrFolder.isEmpty() ? QStringLiteral("“”") : nameOrFolder, names.join(u", "))
            .toStdString());
}

bool DatasetCatalog::isOwnDigitsFolder(const QString& folder) const
{
    const QString own = ownDigitsFolder();
    return hasKeptDigits(own) && QFileInfo(folder).canonicalFilePath() == QFileInfo(own).canonicalFilePath();
}

engine::Result<LoadedDataset> DatasetCatalog::loadOwnDigits(const QString& id, const QString& title) const
{
    const QString folder = ownDigitsFolder();
    const auto digits = refreshKeptDigits(folder);
    if (!digits)
        return tl::unexpected(digits.error());
    if (!splitKept(*digits).isUsable()) {
        return failure(
            ErrorCode::NotFound,
            QStringLiteral("%1: not enough kept digits in %2; expected at least one for training and one "
                           "for testing. Draw digits and keep them on the Draw page.")
                .arg(title, folder)
                .toStdString());
    }
    return datasetOf(*digits).map([&](engine::DatasetSplits&& splits) {
        splits.id = id.toStdString();
        splits.title = title.toStdString();
        splits.classNames = toStrings(m_ownDigits.classNames);
        return LoadedDataset{std::move(splits), Verification::NotApplicable, folder, m_ownDigits.licence};
    });
}

engine::Result<LoadedDataset> DatasetCatalog::loadKnown(const KnownDataset& dataset) const
{
    if (dataset.id == m_ownDigits.id)
        return loadOwnDigits(dataset.id, dataset.title);
    const std::optional<QString> folder = locate(dataset);
    if (!folder) {
        QStringList searched = {userFolder(dataset)};
        searched += m_folders.systemDatasets;
        return failure(ErrorCode::NotFound, QStringLiteral("%1 is not on this computer (looked in %2).")
                                                .arg(dataset.title, searched.join(u", "))
                                                .toStdString());
    }
    // Each file is read twice in parallel; the second read comes from the page cache.
    auto verification = std::async(std::launch::async, [&] { return verify(dataset, *folder); });
    auto splits = engine::readIdxFolder(QDir(*folder).filesystemPath(), dataset.id.toStdString(),
                                        dataset.title.toStdString(), toStrings(dataset.classNames));
    const engine::Result<Verification> verified = verification.get();
    if (!splits)
        return tl::unexpected(splits.error());
    return LoadedDataset{std::move(*splits), verified.value_or(Verification::Differs), *folder,
                         dataset.licence};
}

engine::Result<Verification> DatasetCatalog::verify(const KnownDataset& dataset, const QString& folder) const
{
    const bool isPublished =
        std::any_of(dataset.files.begin(), dataset.files.end(),
                    [](const KnownFile& file) { return !file.sha256.isEmpty() || !file.md5OfGz.isEmpty(); });
    if (!isPublished) // the user's own digits
        return Verification::NotApplicable;
    Verification whole = Verification::Verified;
    std::optional<engine::Error> error;
    for (const KnownFile& file : dataset.files) {
        const auto path = engine::findIdxFile(QDir(folder).filesystemPath(), file.name.toStdString());
        if (!path) {
            addError(error,
                     {ErrorCode::NotFound, QStringLiteral("%1: expected the file %2 or %2.gz; found neither.")
                                               .arg(folder, file.name)
                                               .toStdString()});
            continue;
        }
        const auto compared = compareWithPublished(file, QFileInfo(*path).filePath());
        if (!compared)
            addError(error, {compared.error().code, path->string() + ": " + compared.error().message});
        else if (*compared == Verification::NotApplicable)
            whole = Verification::NotApplicable;
    }
    if (error)
        return tl::unexpected(*error);
    return whole;
}

} // namespace core
