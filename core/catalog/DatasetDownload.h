// Fetches a known data set into the user's folder. Lives on the thread of its caller, needs an event loop,
// and works by signals; hashing and unpacking happen off that thread.
//
//   1. each file is downloaded as name.gz.part in the data set's folder; a part that is there already is
//   resumed
//   2. it is unpacked and its content compared with the published sum
//   3. it becomes name.gz by a rename, so that a file by that name is always a whole and right one
//
// A mirror that fails is followed by the next; only when all have failed does the download fail, and its
// message names each mirror and what went wrong there. A transfer that broke off leaves its part for the next
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
    /// `folder` is created when the download starts.
    DatasetDownload(KnownDataset dataset, const QString& folder, QObject* parent = nullptr);
    ~DatasetDownload() override;

    /// How long a mirror may send nothing before the next is tried; 20 seconds unless set before start().
    void setTransferTimeout(std::chrono::milliseconds timeout);

    /// Once. Files that are there already and verified are not fetched again.
    void start();
    /// Ends with cancelled(); parts stay for a later resume.
    void cancel();

    // All signals come from the event loop, none from within start() or cancel(); a slot may delete the
    // download.
Q_SIGNALS:
    /// Bytes over all four files; `total` is an estimate until every file's length is known.
    void progressed(qint64 received, qint64 total);
    // Exactly one of these ends it. Errors: Network, and CannotWrite where the folder or the disk is to blame
    // or another download into the same folder is under way.
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

/// The same from a folder on this machine (plain or .gz files), for machines without a network: copies each
/// file, verified and atomically. Blocks. Errors: NotFound, BadFormat, CannotWrite.
engine::Result<void> importDataset(const KnownDataset& dataset, const QString& from, const QString& folder);

} // namespace core
