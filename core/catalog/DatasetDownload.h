// Downloads a known data set into the user's folder. Runs on the caller's thread, needs an event loop, and
// reports by signals; hashing and unpacking run on other threads.
//
//   1. Downloads each file as name.gz.part in the data set's folder; an existing part is resumed.
//   2. Unpacks it and compares the content with the published checksum.
//   3. Renames it to name.gz, so that a file of that name is always complete and verified.
//
// If a mirror fails or is far too slow, the next one is tried. The download fails only if all mirrors fail;
// the message then lists each mirror and its error. An interrupted transfer keeps its part for the next
// attempt.
#pragma once

#include "core/catalog/KnownDataset.h"
#include "engine/Result.h"

#include <QObject>
#include <chrono>
#include <memory>

namespace core
{

class DatasetDownload : public QObject
{
    Q_OBJECT
public:
    /// `folder` is created by start().
    DatasetDownload(KnownDataset dataset, const QString& folder, QObject* parent = nullptr);
    ~DatasetDownload() override;

    /// How long a mirror may send nothing before the next one is tried; default 20 seconds. Call before
    /// start().
    void setTransferTimeout(std::chrono::milliseconds timeout);
    /// A mirror that sends fewer bytes in such a period is left for the next one; default 10 KiB in a minute.
    /// Call before start().
    void setLeastRate(qint64 bytes, std::chrono::milliseconds period);

    /// Call once. Files that are present and verified are not downloaded again.
    void start();
    /// Ends with cancelled(); parts are kept for a later resume.
    void cancel();

    // All signals are emitted from the event loop, never from within start() or cancel(). A slot may delete
    // the download.
Q_SIGNALS:
    /// Bytes over all four files; `total` is an estimate until the length of every file is known.
    void progressed(qint64 received, qint64 total);
    // Exactly one of these is emitted at the end. Errors: Network; CannotWrite if the folder or the disk
    // fails or another download into the same folder is running.
    void succeeded(const QString& folder);
    void failed(const engine::Error& error);
    void cancelled();

private:
    struct State;

    void begin();
    void fetchNextFile();
    void onFileSucceeded(qint64 size);
    void fail(const engine::Error& error);

    std::unique_ptr<State> m_state;
};

/// Imports the files (plain or .gz) from a local folder, for machines without a network: copies each file,
/// verified and atomically. Blocks. Errors: NotFound, BadFormat, CannotWrite.
engine::Result<void> importDataset(const KnownDataset& dataset, const QString& from, const QString& folder);

} // namespace core
