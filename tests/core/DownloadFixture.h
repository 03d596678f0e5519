// Two mirrors on this machine, and a data set that they offer.
#pragma once

#include "core/RecordedDownload.h"
#include "engine/data/IdxFolder.h"
#include "support/Files.h"
#include "support/LocalHttpServer.h"
#include "support/TinyKnownDataset.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <gtest/gtest.h>

class DownloadFixture : public testing::Test
{
protected:
    using Answer = test::LocalHttpServer::Answer;

    static constexpr qint64 kSent = 100'000;

    DownloadFixture()
    {
        m_tiny.known.mirrors = {m_first.url("/a/"), m_second.url("/b/")};
        for (std::size_t i = 0; i < m_tiny.gz.size(); ++i) {
            m_first.setAnswer(path("/a/", i), whole(i));
            m_second.setAnswer(path("/b/", i), whole(i));
        }
    }

    static QByteArray path(const QByteArray& folder, std::size_t file)
    {
        return folder + engine::kIdxFileNames[file] + ".gz";
    }

    /// The right answer to a request for a file.
    Answer whole(std::size_t file) const { return {.body = QByteArray::fromStdString(m_tiny.gz[file])}; }

    QString filePath(std::size_t file, const char* suffix = ".gz") const
    {
        return m_folder + QLatin1Char('/') + m_tiny.known.files[file].name + QString::fromLatin1(suffix);
    }
    std::string content(std::size_t file) const { return test::readFile(filePath(file).toStdString()); }
    qint64 partSize(std::size_t file) const { return QFileInfo(filePath(file, ".gz.part")).size(); }

    /// The four files and nothing else.
    testing::AssertionResult isComplete() const
    {
        for (std::size_t i = 0; i < m_tiny.gz.size(); ++i) {
            if (!QFileInfo::exists(filePath(i)) || content(i) != m_tiny.gz[i])
                return testing::AssertionFailure()
                       << filePath(i).toStdString() << " is not there or not right";
        }
        const QStringList entries = QDir(m_folder).entryList(QDir::Files | QDir::Hidden);
        if (entries.size() != 4)
            return testing::AssertionFailure()
                   << "left behind: " << entries.join(QLatin1Char(' ')).toStdString();
        return testing::AssertionSuccess();
    }

    /// Starts it at a first mirror that sends kSent bytes of the first file and then nothing more, and waits
    /// until they are in the part.
    testing::AssertionResult runUntilStalled(test::RecordedDownload& download, const QByteArray& etag = {})
    {
        Answer answer = whole(0);
        answer.stallAfter = kSent;
        answer.etag = etag;
        m_first.setAnswer(path("/a/", 0), answer);
        download->start();
        return test::waitUntil([&] { return partSize(0) == kSent; })
                   ? testing::AssertionSuccess()
                   : testing::AssertionFailure() << "the part has " << partSize(0) << " bytes";
    }

    test::RecordedDownload newDownload() const { return test::RecordedDownload(m_tiny.known, m_folder); }

    QTemporaryDir m_root;
    QString m_folder = m_root.filePath(QStringLiteral("datasets/tiny"));
    test::TinyKnownDataset m_tiny = test::makeTinyKnownDataset();
    test::LocalHttpServer m_first;
    test::LocalHttpServer m_second;
};
