#include "core/catalog/DatasetLoader.h"
#include "support/TinyKnownDataset.h"
#include "support/WaitUntil.h"

#include <QCoreApplication>
#include <QTemporaryDir>
#include <QThread>
#include <gtest/gtest.h>

using core::DatasetLoader;

namespace
{

class LoaderTest : public testing::Test
{
protected:
    LoaderTest()
    {
        const test::TinyKnownDataset tiny = test::makeTinyKnownDataset();
        test::writeIdxFolder(m_root.filePath(QStringLiteral("tiny")), tiny.plain);
        core::StudioFolders folders;
        folders.datasets = m_root.path();
        m_catalog = std::make_shared<core::DatasetCatalog>(folders, QList<core::KnownDataset>{tiny.known});
        m_loader = std::make_unique<DatasetLoader>(m_catalog);
        QObject::connect(m_loader.get(), &DatasetLoader::loadingStarted, m_loader.get(),
                         [this](const QString& name) { m_started.append(name); });
        // Direct, to see the thread that the signals come on.
        QObject::connect(
            m_loader.get(), &DatasetLoader::loaded, m_loader.get(),
            [this](const std::shared_ptr<const core::LoadedDataset>& dataset) {
                m_thread = QThread::currentThread();
                m_loaded.push_back(dataset);
            },
            Qt::DirectConnection);
        QObject::connect(
            m_loader.get(), &DatasetLoader::failed, m_loader.get(),
            [this](const QString& name, const engine::Error& error) {
                m_thread = QThread::currentThread();
                m_failed.append(name);
                m_error = error;
            },
            Qt::DirectConnection);
    }

    QTemporaryDir m_root;
    std::shared_ptr<core::DatasetCatalog> m_catalog;
    std::unique_ptr<DatasetLoader> m_loader;
    QStringList m_started;
    std::vector<std::shared_ptr<const core::LoadedDataset>> m_loaded;
    QStringList m_failed;
    engine::Error m_error;
    QThread* m_thread = nullptr;
};

} // namespace

TEST_F(LoaderTest, deliversOnItsOwnThread)
{
    EXPECT_FALSE(m_loader->isLoading());
    m_loader->load(QStringLiteral("tiny"));
    EXPECT_EQ(m_started, QStringList{QStringLiteral("tiny")});
    EXPECT_TRUE(m_loader->isLoading());
    ASSERT_TRUE(test::waitUntil([&] { return !m_loader->isLoading(); }));
    ASSERT_EQ(m_loaded.size(), 1U);
    EXPECT_EQ(m_loaded[0]->splits.id, "tiny");
    EXPECT_EQ(m_thread, QThread::currentThread());
    EXPECT_TRUE(m_failed.isEmpty());
}

TEST_F(LoaderTest, reportsWhatFailed)
{
    m_loader->load(QStringLiteral("nothing"));
    ASSERT_TRUE(test::waitUntil([&] { return !m_loader->isLoading(); }));
    EXPECT_EQ(m_failed, QStringList{QStringLiteral("nothing")});
    EXPECT_EQ(m_error.code, engine::ErrorCode::NotFound);
    EXPECT_EQ(m_thread, QThread::currentThread());
}

TEST_F(LoaderTest, deliversOnlyTheLastRequest)
{
    m_loader->load(QStringLiteral("sketch-digits"));
    m_loader->load(QStringLiteral("nothing"));
    m_loader->load(QStringLiteral("tiny"));
    ASSERT_TRUE(test::waitUntil([&] { return !m_loader->isLoading(); }));
    m_loader->load(QStringLiteral("nothing"));
    ASSERT_TRUE(test::waitUntil([&] { return !m_loader->isLoading(); }));
    ASSERT_EQ(m_loaded.size(), 1U);
    EXPECT_EQ(m_loaded[0]->splits.id, "tiny");
    EXPECT_EQ(m_failed.size(), 1);
    EXPECT_EQ(m_started.size(), 4);
}

TEST_F(LoaderTest, canBeDestroyedInMidLoad)
{
    m_loader->load(QStringLiteral("sketch-digits"));
    m_loader->load(QStringLiteral("tiny"));
    m_loader.reset();
    QCoreApplication::processEvents();
    EXPECT_TRUE(m_loaded.empty());
}

TEST_F(LoaderTest, outlivesItsFirstOwnersCatalog)
{
    m_catalog.reset();
    m_loader->load(QStringLiteral("tiny"));
    ASSERT_TRUE(test::waitUntil([&] { return !m_loader->isLoading(); }));
    EXPECT_EQ(m_loaded.size(), 1U);
}
