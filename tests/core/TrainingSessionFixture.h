// What the tests of TrainingSession share: a session with an empty runs folder and a training of a moment.
#pragma once

#include "core/PlainModel.h"
#include "core/RecordedSession.h"
#include "engine/data/SketchDigits.h"
#include "engine/storage/SavedModel.h"

#include <QCoreApplication>
#include <QDir>
#include <QTemporaryDir>
#include <gtest/gtest.h>

/// 600 and 200 images, two epochs of 19 batches, of which the last is smaller.
class TrainingSessionFixture : public testing::Test
{
protected:
    TrainingSessionFixture()
    {
        m_config.epochs = 2;
        m_config.network.tinyVgg.hiddenUnits = {4};
        m_config.threads = 1;
    }

    QString runFolder(const char* name) const { return QDir(m_runs).filePath(QLatin1String(name)); }
    QStringList runFolders() const { return QDir(m_runs).entryList(QDir::AllEntries | QDir::NoDotAndDotDot); }
    static engine::Result<engine::SavedModel> checkpointIn(const QString& folder)
    {
        return engine::readSavedModel(folder.toStdString());
    }
    /// More than a test waits for.
    void neverEnd() { m_config.epochs = 1000; }
    /// Whatever is still on its way would arrive.
    static void runEventLoop()
    {
        for (int i = 0; i < 10; ++i)
            QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
    }

    QTemporaryDir m_root;
    QString m_runs = m_root.filePath(QStringLiteral("runs"));
    engine::DatasetSplits m_data = engine::makeSketchDigits({600, 200, 1});
    engine::TrainingConfig m_config;
    test::RecordedSession m_session{m_runs};
};
