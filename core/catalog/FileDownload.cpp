#include "core/catalog/FileDownload.h"

#include "core/catalog/Verification.h"
#include "engine/data/IdxFolder.h"

#include <QDir>
#include <QFileInfo>

namespace core
{
namespace
{

using engine::ErrorCode;
using engine::failure;

constexpr qint64 kLargestDownload = qint64{256} << 20;

engine::Result<void> checkExisting(const KnownFile& file, const QString& folder, const std::stop_token& stop)
{
    const auto path = engine::findIdxFile(QDir(folder).filesystemPath(), file.name.toStdString());
    if (!path)
        return failure(ErrorCode::NotFound, {});
    return compareWithPublished(file, QFileInfo(*path).filePath(), stop).map([](Verification) {});
}

engine::Result<void> checkPart(const KnownFile& file, const QString& partPath, const QString& target,
                               const std::stop_token& stop)
{
    const auto compared = compareWithPublished(file, partPath, stop);
    if (!compared)
        return tl::unexpected(compared.error());
    if (*compared != Verification::Verified) {
        return failure(ErrorCode::BadFormat,
                       "expected the published .gz, whose checksum is known; found an uncompressed file");
    }
    if (auto moved = PartFile(partPath).moveTo(target); !moved)
        return moved;
    // Readers prefer a plain file of this name to the .gz, and this one failed verification.
    QFile::remove(QFileInfo(target).path() + QLatin1Char('/') + file.name);
    return {};
}

int statusOf(const QNetworkReply& reply)
{
    return reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

bool isWebPage(const QNetworkReply& reply)
{
    return reply.header(QNetworkRequest::ContentTypeHeader)
        .toString()
        .startsWith(QLatin1String("text/html"), Qt::CaseInsensitive);
}

/// Checks the head of a reply. Returns the error, or an empty string.
QString replyError(const QNetworkReply& reply)
{
    const int status = statusOf(reply);
    if (status >= 400) {
        return QStringLiteral("answered %1 %2")
            .arg(QString::number(status),
                 reply.attribute(QNetworkRequest::HttpReasonPhraseAttribute).toString());
    }
    if (status != 200 && status != 206) {
        return reply.error() != QNetworkReply::NoError ? reply.errorString()
                                                       : QStringLiteral("answered %1").arg(status);
    }
    if (isWebPage(reply))
        return QStringLiteral("returned a web page instead of the file (login page of the network?)");
    return {};
}

} // namespace

FileDownload::FileDownload(KnownFile file, Options options, QNetworkAccessManager& network, QObject* parent)
    : QObject(parent),
      m_file(std::move(file)),
      m_options(std::move(options)),
      m_network(network),
      m_target(m_options.folder + QLatin1Char('/') + m_file.name + QStringLiteral(".gz")),
      m_part(m_target + QStringLiteral(".part"))
{
    m_ratePeriod.setSingleShot(true);
    m_ratePeriod.setInterval(m_options.ratePeriod);
    // Queued for the same reason as the signals of the reply.
    connect(&m_ratePeriod, &QTimer::timeout, this, &FileDownload::onRatePeriodEnded, Qt::QueuedConnection);
}

FileDownload::~FileDownload()
{
    stop();
}

void FileDownload::stop()
{
    m_stop.request_stop();
    dropReply();
    m_part.close();
    m_queue.waitForDone();
}

void FileDownload::start()
{
    inBackground([file = m_file, folder = m_options.folder](
                     const std::stop_token& stop) { return checkExisting(file, folder, stop); },
                 &FileDownload::onExistingChecked);
}

void FileDownload::inBackground(Work work, void (FileDownload::*then)(const Result&))
{
    m_queue.enqueue(
        "The download", [work = std::move(work), stop = m_stop.get_token()] { return work(stop); },
        [this, then, stop = m_stop.get_token()](const Result& result) {
            if (!stop.stop_requested())
                (this->*then)(result);
        });
}

void FileDownload::onExistingChecked(const Result& result)
{
    if (result)
        Q_EMIT succeeded(QFileInfo(m_target).size());
    else
        requestFromMirror();
}

void FileDownload::requestFromMirror(From from)
{
    if (m_mirror == m_options.mirrors.size()) {
        fail({ErrorCode::Network, QStringLiteral("%1.gz failed on every mirror:\n%2")
                                      .arg(m_file.name, m_reasons.join(QLatin1Char('\n')))
                                      .toStdString()});
        return;
    }
    QNetworkRequest request(m_options.mirrors[m_mirror].resolved(QUrl(m_file.name + QStringLiteral(".gz"))));
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::NoLessSafeRedirectPolicy);
    request.setTransferTimeout(static_cast<int>(m_options.transferTimeout.count()));
    // Otherwise Qt requests a compressed transfer and unpacks the .gz file itself.
    request.setRawHeader("Accept-Encoding", "identity");
    m_resumedFrom = from == From::Part ? m_part.size() : 0;
    if (m_resumedFrom > 0) {
        request.setRawHeader("Range", "bytes=" + QByteArray::number(m_resumedFrom) + '-');
        const QByteArray etag = m_part.etag();
        if (etag.startsWith('"')) // If-Range allows no weak ETags
            request.setRawHeader("If-Range", etag);
    }
    m_isHeadAccepted = false;
    m_received = 0;
    m_total = 0;
    m_receivedInPeriod = 0;
    m_ratePeriod.start();
    QNetworkReply* reply = m_network.get(request);
    m_reply = reply;
    // Queued, so that receivers of our signals may delete this object: none of Qt's network code is on the
    // stack then.
    const auto connectQueued = [&](auto signal, void (FileDownload::*slot)()) {
        connect(
            reply, signal, this,
            [this, reply, slot] {
                if (reply == m_reply)
                    (this->*slot)();
            },
            Qt::QueuedConnection);
    };
    connectQueued(&QNetworkReply::readyRead, &FileDownload::onReadyRead);
    connectQueued(&QNetworkReply::finished, &FileDownload::onReplyFinished);
}

/// Returns false if this reply was abandoned and another request started.
bool FileDownload::acceptHead()
{
    if (m_isHeadAccepted)
        return true;
    const bool resumes = statusOf(*m_reply) == 206;
    const QByteArray ourRange = "bytes " + QByteArray::number(m_resumedFrom) + '-';
    if (statusOf(*m_reply) == 416 || (resumes && !m_reply->rawHeader("Content-Range").startsWith(ourRange))) {
        tryAgainAfresh(QStringLiteral("did not send the requested range"));
        return false;
    }
    if (const QString reason = replyError(*m_reply); !reason.isEmpty()) {
        tryNextMirror(reason);
        return false;
    }
    if (const auto opened = openPart(resumes); !opened) {
        fail(opened.error());
        return false;
    }
    m_isHeadAccepted = true;
    return true;
}

FileDownload::Result FileDownload::openPart(bool resumes)
{
    if (!resumes)
        m_resumedFrom = 0;
    m_received = m_resumedFrom;
    const qint64 length = m_reply->header(QNetworkRequest::ContentLengthHeader).toLongLong();
    m_total = length > 0 ? m_resumedFrom + length : 0;
    return resumes ? m_part.resume() : m_part.startAfresh(m_reply->rawHeader("ETag"));
}

/// Returns false as acceptHead() does.
bool FileDownload::acceptBody()
{
    // Qt closes a transfer that timed out.
    const QByteArray data = m_reply->isOpen() ? m_reply->readAll() : QByteArray();
    if (std::max(m_total, m_received + data.size()) > largestSize()) {
        tryAgainAfresh(QStringLiteral("sent more than the maximum of %1 bytes").arg(largestSize()));
        return false;
    }
    if (const auto written = m_part.append(data); !written) {
        fail(written.error());
        return false;
    }
    m_received += data.size();
    m_receivedInPeriod += data.size();
    return true;
}

/// Upper bound: gzip adds at most this much, and a mirror may also send the file uncompressed.
qint64 FileDownload::largestSize() const
{
    return std::min(m_file.uncompressedSize + m_file.uncompressedSize / 100 + 65'536, kLargestDownload);
}

void FileDownload::onReadyRead()
{
    if (acceptHead() && acceptBody())
        Q_EMIT progressed(m_received, m_total);
}

void FileDownload::onReplyFinished()
{
    if (statusOf(*m_reply) == 0) {
        tryNextMirror(transportError());
        return;
    }
    if (!acceptHead() || !acceptBody())
        return;
    // Qt does not report every prematurely closed connection as an error.
    if (m_reply->error() != QNetworkReply::NoError || m_received < m_total) {
        tryNextMirror(transportError());
        return;
    }
    dropReply();
    m_part.close();
    inBackground([file = m_file, part = m_part.path(), target = m_target](
                     const std::stop_token& stop) { return checkPart(file, part, target, stop); },
                 &FileDownload::onPartChecked);
}

/// The transfer timeout alone would let a mirror send one byte a second without end.
void FileDownload::onRatePeriodEnded()
{
    // An active timer belongs to a later request.
    if (m_reply == nullptr || m_ratePeriod.isActive() || m_reply->isFinished())
        return;
    if (m_receivedInPeriod < m_options.leastBytes) {
        tryNextMirror(rateError());
        return;
    }
    m_receivedInPeriod = 0;
    m_ratePeriod.start();
}

QString FileDownload::rateError() const
{
    const std::chrono::duration<double> seconds = m_options.ratePeriod;
    const QString period = m_options.ratePeriod == std::chrono::minutes(1)
                               ? QStringLiteral("minute")
                               : QStringLiteral("%1 seconds").arg(seconds.count());
    return QStringLiteral("sent only %1 bytes in the last %2").arg(m_receivedInPeriod).arg(period);
}

QString FileDownload::transportError() const
{
    switch (m_reply->error()) {
    case QNetworkReply::NoError:
        return QStringLiteral("the connection was closed after %1 of %2 bytes").arg(m_received).arg(m_total);
    case QNetworkReply::OperationCanceledError: // Qt's code for a transfer timeout
    case QNetworkReply::TimeoutError: {
        const std::chrono::duration<double> seconds = m_options.transferTimeout;
        return QStringLiteral("sent nothing for %1 seconds").arg(seconds.count());
    }
    default:
        return m_reply->errorString();
    }
}

void FileDownload::onPartChecked(const Result& result)
{
    if (result)
        Q_EMIT succeeded(m_received);
    else if (result.error().code == ErrorCode::CannotWrite)
        fail(result.error());
    else
        tryAgainAfresh(QString::fromStdString(result.error().message));
}

/// The downloaded bytes are wrong. If they were resumed, the old part may be the cause, not this mirror.
void FileDownload::tryAgainAfresh(const QString& reason)
{
    m_part.discard();
    if (m_resumedFrom == 0) {
        tryNextMirror(reason);
        return;
    }
    dropReply();
    requestFromMirror(From::FirstByte);
}

void FileDownload::tryNextMirror(const QString& reason)
{
    dropReply();
    m_part.close();
    const QUrl url = m_options.mirrors[m_mirror].resolved(QUrl(m_file.name + QStringLiteral(".gz")));
    m_reasons.append(QStringLiteral("%1: %2").arg(url.toString(), reason));
    ++m_mirror;
    requestFromMirror();
}

void FileDownload::fail(const engine::Error& error)
{
    dropReply();
    m_part.close();
    Q_EMIT failed(error);
}

void FileDownload::dropReply()
{
    if (m_reply == nullptr)
        return;
    m_ratePeriod.stop();
    QNetworkReply* reply = std::exchange(m_reply, nullptr);
    reply->disconnect(this);
    // No abort(): on a reply that has just reported an error it would emit a second one. Deletion also ends
    // it.
    reply->deleteLater();
}

} // namespace core
