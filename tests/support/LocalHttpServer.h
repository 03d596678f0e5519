// A real HTTP server on 127.0.0.1, on the thread and event loop of the test, that misbehaves as requested.
//
//     LocalHttpServer server;
//     server.setAnswer("/file.gz", {.body = bytes, .stallAfter = 1000});
#pragma once

#include <QByteArray>
#include <QHash>
#include <QTcpServer>
#include <QUrl>

class QTcpSocket;

namespace test
{

class LocalHttpServer
{
public:
    struct Answer {
        int status = 200;
        QByteArray body{};
        QByteArray contentType = "application/octet-stream";
        QByteArray etag{};     ///< with the quotes that belong to it; If-Range is obeyed
        QByteArray location{}; ///< for a redirect
        bool supportsRange = true;
        bool sendsLength = true;
        qint64 stallAfter = -1; ///< sends nothing more behind so many bytes of the body
        bool trickles = false;  ///< sends the body one byte at a time, a hundred a second or so
    };
    struct Request {
        QByteArray path;
        QHash<QByteArray, QByteArray> headers; ///< names in lower case
    };

    LocalHttpServer();

    /// Paths without an answer get 404.
    void setAnswer(const QByteArray& path, const Answer& answer) { m_answers[path] = answer; }
    /// As a mirror that goes down in mid-transfer.
    void closeConnections();
    const QList<Request>& requests() const { return m_requests; }
    void forgetRequests() { m_requests.clear(); }
    QUrl url(const QByteArray& path = "/") const;

private:
    void onReadyRead(QTcpSocket* socket);
    void respond(QTcpSocket* socket, const Request& request);

    QTcpServer m_server;
    QHash<QTcpSocket*, QByteArray> m_received;
    QHash<QByteArray, Answer> m_answers;
    QList<Request> m_requests;
};

} // namespace test
