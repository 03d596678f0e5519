#include "support/LocalHttpServer.h"

#include <QTcpSocket>
#include <QTimer>
#include <gtest/gtest.h>

namespace test
{
namespace
{

LocalHttpServer::Request parseRequest(const QByteArray& head)
{
    LocalHttpServer::Request request;
    const QList<QByteArray> lines = head.split('\n');
    request.path = lines.first().split(' ').value(1);
    for (const QByteArray& line : lines.mid(1)) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0)
            request.headers[line.left(colon).toLower()] = line.mid(colon + 1).trimmed();
    }
    return request;
}

/// The first byte asked for; 0 where the whole is to be sent.
qint64 rangeStart(const LocalHttpServer::Request& request, const LocalHttpServer::Answer& answer)
{
    const QByteArray range = request.headers.value("range");
    const QByteArray condition = request.headers.value("if-range");
    if (!answer.supportsRange || answer.status != 200 || !range.startsWith("bytes=") ||
        (!condition.isEmpty() && condition != answer.etag))
        return 0;
    return range.mid(6).split('-').first().toLongLong();
}

QByteArray reason(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 206:
        return "Partial Content";
    case 302:
        return "Found";
    case 404:
        return "Not Found";
    case 416:
        return "Range Not Satisfiable";
    case 503:
        return "Service Unavailable";
    default:
        return "Whatever";
    }
}

void trickle(QTcpSocket* socket, const QByteArray& body)
{
    auto* timer = new QTimer(socket);
    QObject::connect(timer, &QTimer::timeout, socket, [socket, timer, body, sent = qsizetype{0}]() mutable {
        if (sent < body.size())
            socket->write(body.mid(sent++, 1));
        else
            timer->stop();
    });
    timer->start(10);
}

} // namespace

LocalHttpServer::LocalHttpServer()
{
    EXPECT_TRUE(m_server.listen(QHostAddress::LocalHost)) << m_server.errorString().toStdString();
    QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] {
        while (QTcpSocket* socket = m_server.nextPendingConnection()) {
            QObject::connect(socket, &QTcpSocket::readyRead, &m_server,
                             [this, socket] { onReadyRead(socket); });
            QObject::connect(socket, &QTcpSocket::disconnected, &m_server, [this, socket] {
                m_received.remove(socket);
                socket->deleteLater();
            });
        }
    });
}

QUrl LocalHttpServer::url(const QByteArray& path) const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_server.serverPort()) + QString::fromLatin1(path));
}

void LocalHttpServer::closeConnections()
{
    for (QTcpSocket* socket : m_received.keys())
        socket->disconnectFromHost();
}

void LocalHttpServer::onReadyRead(QTcpSocket* socket)
{
    QByteArray& received = m_received[socket];
    received += socket->readAll();
    const qsizetype end = received.indexOf("\r\n\r\n");
    if (end < 0)
        return;
    const Request request = parseRequest(received.left(end));
    received.clear();
    m_requests.append(request);
    respond(socket, request);
}

void LocalHttpServer::respond(QTcpSocket* socket, const Request& request)
{
    const Answer answer = m_answers.value(request.path, Answer{.status = 404, .body = "no such file"});
    const qint64 start = rangeStart(request, answer);
    const bool isBeyondEnd = start > 0 && start >= answer.body.size();
    const int status = isBeyondEnd ? 416 : start > 0 ? 206 : answer.status;
    const QByteArray body = isBeyondEnd ? QByteArray() : answer.body.mid(start);

    QByteArray head = "HTTP/1.1 " + QByteArray::number(status) + ' ' + reason(status) + "\r\n";
    head += "Connection: close\r\nContent-Type: " + answer.contentType + "\r\n";
    if (answer.sendsLength)
        head += "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
    if (!answer.etag.isEmpty())
        head += "ETag: " + answer.etag + "\r\n";
    if (!answer.location.isEmpty())
        head += "Location: " + answer.location + "\r\n";
    if (status == 206) {
        head += "Content-Range: bytes " + QByteArray::number(start) + '-' +
                QByteArray::number(answer.body.size() - 1) + '/' + QByteArray::number(answer.body.size()) +
                "\r\n";
    }
    socket->write(head + "\r\n");
    if (answer.stallAfter >= 0) {
        socket->write(body.left(answer.stallAfter));
        return;
    }
    if (answer.trickles)
        return trickle(socket, body);
    socket->write(body);
    socket->disconnectFromHost();
}

} // namespace test
