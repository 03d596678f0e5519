// A DatasetDownload and everything that it says.
#pragma once

#include "core/catalog/DatasetDownload.h"
#include "support/WaitUntil.h"

#include <memory>
#include <optional>
#include <vector>

namespace test
{

class RecordedDownload
{
public:
    struct Progress {
        qint64 received = 0;
        qint64 total = 0;
    };

    RecordedDownload(const core::KnownDataset& dataset, const QString& folder)
        : m_download(std::make_unique<core::DatasetDownload>(dataset, folder))
    {
        using core::DatasetDownload;
        core::DatasetDownload* download = m_download.get();
        QObject::connect(download, &DatasetDownload::progressed, download,
                         [this](qint64 received, qint64 total) {
                             m_progress.push_back({received, total});
                         });
        QObject::connect(download, &DatasetDownload::succeeded, download,
                         [this](const QString& folderOfFiles) {
                             ++m_ends;
                             m_folder = folderOfFiles;
                         });
        QObject::connect(download, &DatasetDownload::failed, download, [this](const engine::Error& error) {
            ++m_ends;
            m_error = error;
        });
        QObject::connect(download, &DatasetDownload::cancelled, download, [this] {
            ++m_ends;
            m_isCancelled = true;
        });
    }

    core::DatasetDownload* operator->() const { return m_download.get(); }
    core::DatasetDownload* get() const { return m_download.get(); }
    void destroy() { m_download.reset(); }

    /// Starts it and waits for its end; false when it failed or was cancelled.
    [[nodiscard]] bool run()
    {
        m_download->start();
        return waitForEnd() && m_folder.has_value();
    }
    [[nodiscard]] bool waitForEnd() const
    {
        return waitUntil([this] { return m_ends > 0; });
    }

    int ends() const { return m_ends; }
    bool isCancelled() const { return m_isCancelled; }
    const std::optional<QString>& folder() const { return m_folder; }
    const std::optional<engine::Error>& error() const { return m_error; }
    const std::vector<Progress>& progress() const { return m_progress; }

private:
    std::unique_ptr<core::DatasetDownload> m_download;
    std::vector<Progress> m_progress;
    int m_ends = 0;
    bool m_isCancelled = false;
    std::optional<QString> m_folder;
    std::optional<engine::Error> m_error;
};

} // namespace test
