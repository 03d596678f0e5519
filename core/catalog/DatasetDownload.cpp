#include "core/catalog/DatasetDownload.h"

#include "core/PrivateFolder.h"
#include "core/catalog/FileDownload.h"
#include "core/catalog/Verification.h"
#include "engine/data/IdxFolder.h"
#include "engine/storage/AtomicFile.h"

#include <QDir>
#include <QLockFile>
#include <QPointer>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <numeric>
#include <optional>

namespace core
{
namespace
{

using engine::ErrorCode;
using engine::failure;

constexpr std::size_t kLargestFile = std::size_t{256} << 20;

tl::unexpected<engine::Error> cannotWrite(const QString& folder, const QString& reason)
{
    return failure(ErrorCode::CannotWrite, QStringLiteral("%1: %2.").arg(folder, reason).toStdString());
}

QString lockPath(const QString& folder)
{
    return folder + QStringLiteral("/.download.lock");
}

/// Creates and locks the folder: two downloads must not append to the same part file.
engine::Result<void> prepareFolder(QLockFile& lock, const QString& folder)
{
    if (!makePrivateFolder(folder)) {
        return cannotWrite(folder, QStringLiteral("this folder cannot be created: %1")
                                       .arg(QString::fromLocal8Bit(std::strerror(errno))));
    }
    lock.setStaleLockTime(0); // a download has no maximum duration
    if (lock.tryLock(0))
        return {};
    if (lock.error() == QLockFile::LockFailedError)
        return cannotWrite(folder, QStringLiteral("another download into this folder is under way"));
    return cannotWrite(folder, QStringLiteral("this folder is not writable"));
}

/// Removes the other form of a file just stored as `kept`. Readers prefer the plain file to the .gz.
void removeOtherForms(const std::filesystem::path& folder, const std::string& name,
                      const std::filesystem::path& kept)
{
    std::error_code status;
    for (const char* suffix : {"", ".gz", ".gz.part", ".gz.part.etag"}) {
        const std::filesystem::path path = folder / (name + suffix);
        if (path != kept)
            std::filesystem::remove(path, status);
    }
}

} // namespace

struct DatasetDownload::State {
    KnownDataset dataset;
    QString folder;
    std::chrono::milliseconds transferTimeout{std::chrono::seconds(20)};
    std::chrono::milliseconds ratePeriod{std::chrono::minutes(1)};
    qint64 leastBytes = 10'240;
    QLockFile lock;
    QNetworkAccessManager* network = nullptr;
    FileDownload* current = nullptr;
    std::size_t fileIndex = 0;
    std::array<qint64, 4> received{};
    std::array<std::optional<qint64>, 4> lengths;
    bool isStarted = false;
    bool isOver = false;

    State(KnownDataset known, const QString& target)
        : dataset(std::move(known)),
          folder(QDir::cleanPath(target)),
          lock(lockPath(folder))
    {
    }

    qint64 receivedOfAll() const { return std::accumulate(received.begin(), received.end(), qint64{0}); }

    qint64 total() const
    {
        qint64 known = 0;
        bool isComplete = true;
        for (const auto& length : lengths) {
            known += length.value_or(0);
            isComplete = isComplete && length.has_value();
        }
        return isComplete ? known : std::max({known, receivedOfAll(), dataset.downloadSize});
    }

    void end()
    {
        isOver = true;
        if (current != nullptr) {
            current->stop();
            std::exchange(current, nullptr)->deleteLater();
        }
        lock.unlock();
    }
};

DatasetDownload::DatasetDownload(KnownDataset dataset, const QString& folder, QObject* parent)
    : QObject(parent),
      m_state(std::make_unique<State>(std::move(dataset), folder))
{
}

DatasetDownload::~DatasetDownload()
{
    // Must happen before QObject deletes the children: the file's download uses the network object among
    // them.
    delete m_state->current;
}

void DatasetDownload::setTransferTimeout(std::chrono::milliseconds timeout)
{
    m_state->transferTimeout = timeout;
}

void DatasetDownload::setLeastRate(qint64 bytes, std::chrono::milliseconds period)
{
    m_state->leastBytes = bytes;
    m_state->ratePeriod = period;
}

void DatasetDownload::start()
{
    if (std::exchange(m_state->isStarted, true))
        return;
    QMetaObject::invokeMethod(
        this, [this] { begin(); }, Qt::QueuedConnection);
}

void DatasetDownload::cancel()
{
    if (m_state->isOver)
        return;
    m_state->end();
    QMetaObject::invokeMethod(
        this, [this] { Q_EMIT cancelled(); }, Qt::QueuedConnection);
}

void DatasetDownload::begin()
{
    if (m_state->isOver)
        return;
    if (const auto prepared = prepareFolder(m_state->lock, m_state->folder); !prepared) {
        fail(prepared.error());
        return;
    }
    m_state->network = new QNetworkAccessManager(this);
    fetchNextFile();
}

void DatasetDownload::fetchNextFile()
{
    State& state = *m_state;
    const std::size_t index = state.fileIndex;
    const FileDownload::Options options{state.dataset.mirrors, state.folder, state.transferTimeout,
                                        state.ratePeriod, state.leastBytes};
    state.current = new FileDownload(state.dataset.files[index], options, *state.network, this);
    connect(state.current, &FileDownload::progressed, this, [this, index](qint64 received, qint64 total) {
        m_state->received[index] = received;
        if (total > 0)
            m_state->lengths[index] = total;
        Q_EMIT progressed(m_state->receivedOfAll(), m_state->total());
    });
    connect(state.current, &FileDownload::failed, this, &DatasetDownload::fail);
    connect(state.current, &FileDownload::succeeded, this, &DatasetDownload::onFileSucceeded);
    state.current->start();
}

void DatasetDownload::onFileSucceeded(qint64 size)
{
    State& state = *m_state;
    state.received[state.fileIndex] = size;
    state.lengths[state.fileIndex] = size;
    std::exchange(state.current, nullptr)->deleteLater();
    ++state.fileIndex;

    const QPointer<DatasetDownload> self(this);
    Q_EMIT progressed(state.receivedOfAll(), state.total());
    if (self.isNull() || m_state->isOver)
        return;
    if (state.fileIndex < state.dataset.files.size()) {
        fetchNextFile();
        return;
    }
    state.end();
    Q_EMIT succeeded(state.folder);
}

void DatasetDownload::fail(const engine::Error& error)
{
    m_state->end();
    engine::Error explained = error;
    if (error.code == ErrorCode::Network) {
        explained.message =
            QStringLiteral("%1 could not be downloaded. ").arg(m_state->dataset.title).toStdString() +
            error.message;
    }
    Q_EMIT failed(explained);
}

engine::Result<void> importDataset(const KnownDataset& dataset, const QString& from, const QString& folder)
{
    const std::filesystem::path source = QDir(from).filesystemPath();
    const std::filesystem::path target = QDir(folder).filesystemPath();
    // Check all four files before writing the first: a partial import is useless.
    std::vector<std::filesystem::path> files;
    for (const KnownFile& file : dataset.files) {
        const auto found = engine::findIdxFile(source, file.name.toStdString());
        if (!found) {
            return failure(ErrorCode::NotFound,
                           QStringLiteral("%1: expected the file %2 or %2.gz; found neither.")
                               .arg(from, file.name)
                               .toStdString());
        }
        const auto compared = compareWithPublished(file, QFileInfo(*found).filePath());
        if (!compared)
            return failure(compared.error().code, found->string() + ": " + compared.error().message);
        files.push_back(*found);
    }
    std::error_code status;
    if (std::filesystem::equivalent(source, target, status))
        return {};
    QLockFile lock(lockPath(folder));
    if (auto prepared = prepareFolder(lock, folder); !prepared)
        return prepared;
    for (std::size_t i = 0; i < files.size(); ++i) {
        const std::filesystem::path copy = target / files[i].filename();
        auto written =
            engine::readWholeFile(files[i], kLargestFile).and_then([&](const std::string& content) {
                return engine::writeFileAtomically(copy, content);
            });
        if (!written)
            return written;
        removeOtherForms(target, dataset.files[i].name.toStdString(), copy);
    }
    return {};
}

} // namespace core
