// The real program as a process of its own, with folders of its own and without a display.
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>
#include <vector>

struct Ended {
    int exitCode = -1; ///< -1 also where it crashed or did not end
    QByteArray out;
    QByteArray err;

    /// Every line of `out`; fails the test where one is no JSON object.
    std::vector<QJsonObject> json() const;
};

/// One a test: nothing that a test leaves is found by another, or in the user's folders.
class Studio
{
public:
    Studio();

    Ended run(const QStringList& arguments) const;
    /// Through bash, with the program's path as $STUDIO.
    Ended runShell(const QString& script) const;
    /// To be stopped by the test; stdout and stderr are to be read from it.
    void start(QProcess& process, const QStringList& arguments) const;

    /// A path in the test's own folder.
    QString path(const QString& name) const { return m_folder.filePath(name); }
    QString runsFolder() const { return path(QStringLiteral("home/.local/share/tinyvgg-studio/runs")); }
    QByteArray read(const QString& name) const;

    /// Four IDX files of `perSplit` images of 8 × 8 pixels each, in two classes that are easy to tell apart.
    QString makeIdxFolder(const QString& name, int perSplit) const;

private:
    QProcess& prepared(QProcess& process) const;

    QTemporaryDir m_folder;
};

/// Waits for the end and gathers what was printed.
Ended waitFor(QProcess& process);

/// A second or so of training on the built-in data.
QStringList quickTraining(const QStringList& more = {});
