// Downloads one file of a known data set from the first mirror that has it; a step of DatasetDownload.
//
// An interrupted transfer keeps its part; the next mirror or the next attempt resumes it. Wrong bytes are
// discarded; if they were resumed, the same mirror is tried once more from the first byte. A mirror that
// sends nothing, or hardly anything, is left for the next one.
#pragma once

#include "core/TaskQueue.h"
#include "core/catalog/KnownDataset.h"
#include "core/catalog/PartFile.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QObject>
#include <QTimer>
#include <chrono>
#include <functional>
#include <stop_token>

namespace core
{

class FileDownload : public QObject
{
    Q_OBJECT
public:
    struct Options {
        QList<QUrl> mirrors;
        QString folder;                              ///< must exist
        std::chrono::milliseconds transferTimeout{}; ///< without a single byte
        /// Fewer bytes than `leastBytes` in a period of this length are too few.
        std::chrono::milliseconds ratePeriod{};
        qint64 leastBytes = 0;
    };

    FileDownload(KnownFile file, Options options, QNetworkAccessManager& network, QObject* parent = nullptr);
    ~FileDownload() override;

    void start();
    /// Keeps the part. No signals are emitted and nothing runs after it.
    void stop();

Q_SIGNALS:
    /// `total` is 0 until the server reports it.
    void progressed(qint64 received, qint64 total);
    /// `size`: bytes of the .gz; 0 if a plain file was already present.
    void succeeded(qint64 size);
    /// CannotWrite, or Network with one line per mirror.
    void failed(const engine::Error& error);

private:
    using Work = std::function<engine::Result<void>(const std::stop_token&)>;
    using Result = engine::Result<void>;

    void inBackground(Work work, void (FileDownload::*then)(const Result&));
    void onExistingChecked(const Result& result);
    enum class From { Part, FirstByte };
    void requestFromMirror(From from = From::Part);
    void onReadyRead();
    void onReplyFinished();
    void onRatePeriodEnded();
    void onPartChecked(const Result& result);

    bool acceptHead();
    bool acceptBody();
    Result openPart(bool resumes);
    qint64 largestSize() const;
    QString transportError() const;
    QString rateError() const;
    void tryNextMirror(const QString& reason);
    void tryAgainAfresh(const QString& reason);
    void fail(const engine::Error& error);
    void dropReply();

    KnownFile m_file;
    Options m_options;
    QNetworkAccessManager& m_network;
    QString m_target;
    PartFile m_part;
    QNetworkReply* m_reply = nullptr; ///< owned by m_network
    qsizetype m_mirror = 0;
    QStringList m_reasons; ///< one per failed mirror
    qint64 m_resumedFrom = 0;
    qint64 m_received = 0;
    qint64 m_total = 0;
    bool m_isHeadAccepted = false;
    QTimer m_ratePeriod;
    qint64 m_receivedInPeriod = 0;
    std::stop_source m_stop;
    TaskQueue m_queue{*this};
};

} // namespace core
