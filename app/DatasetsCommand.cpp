#include "app/DatasetsCommand.h"

#include "app/Advice.h"
#include "app/ExitCode.h"
#include "app/Format.h"
#include "app/Interruption.h"
#include "app/Output.h"
#include "app/ProgressBar.h"
#include "core/catalog/DatasetCatalog.h"
#include "core/catalog/DatasetDownload.h"
#include "core/catalog/KeptDigitsFile.h"
#include "engine/data/SketchDigits.h"
#include "engine/recognition/DigitRecognizer.h"
#include "engine/recognition/StrokesFile.h"

#include <QEventLoop>
#include <QTimer>

namespace app
{
namespace
{

int failUnknown(const core::DatasetCatalog& catalog, const std::string& name, const char* verb)
{
    std::string names;
    for (const engine::BuiltInDataset& dataset : engine::kBuiltInDatasets)
        names += (names.empty() ? "" : ", ") + std::string(dataset.id);
    for (const core::KnownDataset& dataset : catalog.known())
        names += ", " + dataset.id.toStdString();
    return failUsage("Expected the name of a data set, one of " + names + "; found \"" + name + "\".", verb);
}

int ended(const engine::Result<void>& printed)
{
    return printed ? kDone : fail(printed.error());
}

/// Where the user's own digits stand on the command line: their file may be damaged.
engine::Result<std::vector<core::KeptDigit>> refreshOwnDigits(const core::DatasetCatalog& catalog)
{
    return core::refreshKeptDigits(catalog.ownDigitsFolder()).map_error([&](engine::Error error) {
        return withAdvice(std::move(error), catalog.ownDigits().id, catalog);
    });
}

engine::Result<void> printListed(Output& output, bool isJson, const std::string& id, const std::string& title,
                                 const std::optional<std::string>& folder, std::int64_t downloadSize,
                                 bool isDamaged = false)
{
    const bool isBuiltIn = engine::isBuiltInDataset(id);
    if (isJson) {
        nlohmann::ordered_json object = {{"id", id},
                                         {"title", title},
                                         {"state", isBuiltIn   ? "built-in"
                                                   : isDamaged ? "damaged"
                                                   : folder    ? "ready"
                                                               : "download"},
                                         {"folder", nullptr},
                                         {"download_bytes", nullptr}};
        if (folder)
            object["folder"] = *folder;
        else if (!isBuiltIn)
            object["download_bytes"] = downloadSize;
        return output.json(object);
    }
    const std::string state = isBuiltIn   ? "built in"
                              : isDamaged ? "damaged, see: tinyvgg-studio datasets verify " + id
                              : folder    ? "ready in " + *folder
                                          : "download " + sizeText(downloadSize);
    return output.line(padRight(id, 21) + padRight(title, 24) + state);
}

engine::Result<QString> download(const core::KnownDataset& dataset, const QString& folder)
{
    Interruption interruption;
    ProgressBar progress;
    core::DatasetDownload download(dataset, folder);
    engine::Result<QString> result = folder;
    QEventLoop loop;
    QObject::connect(
        &download, &core::DatasetDownload::progressed, &loop, [&](qint64 received, qint64 total) {
            if (progress.isDue() && total > 0) {
                progress.draw(static_cast<double>(received) / static_cast<double>(total),
                              dataset.id.toStdString(), sizeText(received) + " of " + sizeText(total));
            }
        });
    QObject::connect(&download, &core::DatasetDownload::succeeded, &loop, [&](const QString& where) {
        result = where;
        loop.quit();
    });
    QObject::connect(&download, &core::DatasetDownload::failed, &loop, [&](const engine::Error& error) {
        result = tl::unexpected(error);
        loop.quit();
    });
    QObject::connect(&download, &core::DatasetDownload::cancelled, &loop, [&] {
        result = engine::failure(engine::ErrorCode::Cancelled,
                                 "The download was interrupted; the next download resumes it.");
        loop.quit();
    });
    // A signal handler must not call into Qt, so the event loop polls the flag that it sets.
    QTimer poll;
    QObject::connect(&poll, &QTimer::timeout, &loop, [&] {
        if (interruption.isRequested()) {
            poll.stop();
            download.cancel();
        }
    });
    poll.start(50);
    // Queued, so that a download that ends at once finds the loop running.
    QMetaObject::invokeMethod(
        &download, [&] { download.start(); }, Qt::QueuedConnection);
    loop.exec();
    return result;
}

engine::Result<std::vector<core::KeptDigit>> digitsIn(const std::string& path)
{
    const auto drawn = engine::readStrokesFile(path);
    if (!drawn)
        return tl::unexpected(drawn.error());
    std::vector<core::KeptDigit> digits;
    for (const engine::DrawnDigit& digit : *drawn) {
        const std::string place = path + ", line " + std::to_string(digit.line) + ": ";
        if (!digit.label || *digit.label >= core::kOwnDigitClasses) {
            return engine::failure(engine::ErrorCode::BadValue,
                                   place + "expected a label from 0 to 9; found " +
                                       (digit.label ? std::to_string(*digit.label) : "none") + ".");
        }
        auto seen = engine::preprocess(digit.strokes);
        if (!seen)
            return engine::failure(seen.error().code, place + seen.error().message);
        digits.push_back({*digit.label, std::move(seen->pixels), false});
    }
    return digits;
}

} // namespace

int runDatasetsList(bool isJson, const core::StudioFolders& folders)
{
    const core::DatasetCatalog catalog(folders);
    Output output;
    engine::Result<void> printed;
    for (const engine::BuiltInDataset& dataset : engine::kBuiltInDatasets) {
        if (printed)
            printed = printListed(output, isJson, dataset.id, dataset.title, std::nullopt, 0);
    }
    for (const core::KnownDataset& dataset : catalog.known()) {
        if (!printed)
            break;
        const std::optional<QString> folder = catalog.locate(dataset);
        printed =
            printListed(output, isJson, dataset.id.toStdString(), dataset.title.toStdString(),
                        folder ? std::optional(folder->toStdString()) : std::nullopt, dataset.downloadSize);
    }
    const core::KnownDataset& own = catalog.ownDigits();
    const bool isReadable = refreshOwnDigits(catalog).has_value();
    if (const auto folder = catalog.locate(own); folder && printed)
        printed = printListed(output, isJson, own.id.toStdString(), own.title.toStdString(),
                              folder->toStdString(), 0, !isReadable);
    return ended(printed);
}

int runDatasetsFetch(const std::string& name, const std::optional<std::string>& from, bool isJson,
                     const core::StudioFolders& folders)
{
    Output output;
    if (engine::isBuiltInDataset(name)) {
        return ended(isJson ? output.json({{"event", "done"}, {"id", name}, {"folder", nullptr}})
                            : output.line("Sketch digits are built in: there is nothing to fetch."));
    }
    const core::DatasetCatalog catalog(folders);
    const core::KnownDataset* dataset = catalog.find(QString::fromStdString(name));
    if (dataset == nullptr)
        return failUnknown(catalog, name, "datasets fetch");
    if (dataset->mirrors.isEmpty())
        return failUsage(dataset->title.toStdString() +
                             ": these digits are drawn in the window and cannot be fetched.",
                         "datasets fetch");
    const QString folder = catalog.userFolder(*dataset);
    const auto fetched = from ? core::importDataset(*dataset, QString::fromStdString(*from), folder).map([&] {
        return QString(folder);
    })
                              : download(*dataset, folder);
    if (!fetched)
        return fail(fetched.error());
    return ended(isJson ? output.json({{"event", "done"}, {"id", name}, {"folder", fetched->toStdString()}})
                        : output.line(dataset->title.toStdString() + " is in " + fetched->toStdString()));
}

int runDatasetsKeep(const std::string& strokesFile, bool isJson, const core::StudioFolders& folders)
{
    const core::DatasetCatalog catalog(folders);
    const auto digits = digitsIn(strokesFile);
    if (!digits)
        return fail(digits.error());
    const auto kept = core::keepDigits(catalog.ownDigitsFolder(), *digits);
    if (!kept)
        return fail(withAdvice(kept.error(), catalog.ownDigits().id, catalog));
    const core::KeptSplits splits = core::splitKept(*kept);
    Output output;
    if (isJson) {
        return ended(output.json({{"event", "done"},
                                  {"id", core::kOwnDigitsId},
                                  {"folder", catalog.ownDigitsFolder().toStdString()},
                                  {"kept", digits->size()},
                                  {"train", splits.train.size()},
                                  {"test", splits.test.size()}}));
    }
    return ended(output.line(
        "Kept " + countText(digits->size()) + ": " + catalog.ownDigits().title.toStdString() + " has " +
        countText(splits.train.size()) + " for training and " + countText(splits.test.size()) +
        " for testing, in " + catalog.ownDigitsFolder().toStdString()));
}

int runDatasetsRepair(const std::string& name, bool isJson, const core::StudioFolders& folders)
{
    const core::DatasetCatalog catalog(folders);
    if (catalog.find(QString::fromStdString(name)) != &catalog.ownDigits())
        return failUsage(std::string("Expected ") + core::kOwnDigitsId + "; found \"" + name +
                             "\". Other data sets are repaired by fetching them again.",
                         "datasets repair");
    const QString folder = catalog.ownDigitsFolder();
    const auto repaired =
        core::hasKeptDigits(folder) ? core::setDamagedDigitsAside(folder) : core::RepairedDigits();
    if (!repaired)
        return fail(repaired.error());
    const std::string original = repaired->original.toStdString();
    Output output;
    if (isJson) {
        nlohmann::ordered_json done = {{"event", "done"},
                                       {"id", core::kOwnDigitsId},
                                       {"folder", folder.toStdString()},
                                       {"kept", repaired->digits.size()},
                                       {"damaged_lines", repaired->damagedLines},
                                       {"original", nullptr}};
        if (!original.empty())
            done["original"] = original;
        return ended(output.json(done));
    }
    if (original.empty())
        return ended(output.line("My digits is not damaged: there is nothing to repair."));
    return ended(output.line("Kept " + countText(repaired->digits.size()) +
                             " digits that could be read; damaged lines: " +
                             countText(repaired->damagedLines) + ". The original file is now " + original));
}

int runDatasetsVerify(const std::string& name, bool isJson, const core::StudioFolders& folders)
{
    Output output;
    if (engine::isBuiltInDataset(name)) {
        return ended(
            isJson ? output.json({{"event", "done"}, {"id", name}, {"folder", nullptr}, {"verified", true}})
                   : output.line("Sketch digits are built in: there are no files to verify."));
    }
    const core::DatasetCatalog catalog(folders);
    const core::KnownDataset* dataset = catalog.find(QString::fromStdString(name));
    if (dataset == nullptr)
        return failUnknown(catalog, name, "datasets verify");
    const std::string title = dataset->title.toStdString();
    if (dataset == &catalog.ownDigits()) {
        if (const auto digits = refreshOwnDigits(catalog); !digits)
            return fail(digits.error());
    }
    const std::optional<QString> folder = catalog.locate(*dataset);
    if (!folder && dataset->mirrors.isEmpty())
        return fail({engine::ErrorCode::NotFound, title + ": not enough digits are kept yet."});
    if (!folder) {
        return fail({engine::ErrorCode::NotFound,
                     title + " is not on this machine. To fetch it: tinyvgg-studio datasets fetch " + name});
    }
    const auto verified = catalog.verify(*dataset, *folder);
    if (!verified)
        return fail(verified.error());
    const bool isVerified = *verified == core::Verification::Verified;
    if (isJson) {
        return ended(output.json(
            {{"event", "done"}, {"id", name}, {"folder", folder->toStdString()}, {"verified", isVerified}}));
    }
    return ended(output.line(title + " in " + folder->toStdString() + ": " +
                             (isVerified ? "verified, all files match the published checksums"
                                         : "not verified, there are no published checksums")));
}

} // namespace app
