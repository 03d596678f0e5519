#include "Studio.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <gtest/gtest.h>

namespace
{

// Only so that a process that hangs does not hang the tests; a busy machine may need long.
constexpr int kLongestWait = 600'000;

void writeFile(const QString& path, const QByteArray& content)
{
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly)) << path.toStdString();
    ASSERT_EQ(file.write(content), content.size());
}

QByteArray bigEndian(const std::vector<quint32>& numbers)
{
    QByteArray bytes;
    for (const quint32 number : numbers) {
        for (int shift = 24; shift >= 0; shift -= 8)
            bytes.append(static_cast<char>(number >> shift & 0xff));
    }
    return bytes;
}

} // namespace

std::vector<QJsonObject> Ended::json() const
{
    std::vector<QJsonObject> objects;
    EXPECT_TRUE(out.isEmpty() || out.endsWith('\n'));
    for (const QByteArray& line : out.split('\n')) {
        if (line.isEmpty())
            continue;
        const QJsonDocument document = QJsonDocument::fromJson(line);
        EXPECT_TRUE(document.isObject()) << line.toStdString();
        objects.push_back(document.object());
    }
    return objects;
}

Studio::Studio()
{
    EXPECT_TRUE(m_folder.isValid());
    EXPECT_TRUE(QDir().mkpath(path(QStringLiteral("home"))));
}

QProcess& Studio::prepared(QProcess& process) const
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char* name :
         {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "XDG_DATA_HOME", "XDG_CONFIG_HOME"})
        environment.remove(QLatin1String(name));
    environment.insert(QStringLiteral("LC_ALL"),
                       QStringLiteral("C.UTF-8")); // Qt complains on stderr about plain "C"
    environment.insert(QStringLiteral("HOME"), path(QStringLiteral("home")));
    environment.insert(QStringLiteral("STUDIO"), QStringLiteral(STUDIO_PROGRAM));
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(m_folder.path());
    return process;
}

void Studio::start(QProcess& process, const QStringList& arguments) const
{
    prepared(process).start(QStringLiteral(STUDIO_PROGRAM), arguments);
    ASSERT_TRUE(process.waitForStarted(kLongestWait)) << process.errorString().toStdString();
}

Ended Studio::run(const QStringList& arguments) const
{
    QProcess process;
    start(process, arguments);
    return waitFor(process);
}

Ended Studio::runShell(const QString& script) const
{
    QProcess process;
    prepared(process).start(QStringLiteral("bash"), {QStringLiteral("-c"), script});
    return waitFor(process);
}

QByteArray Studio::read(const QString& name) const
{
    QFile file(path(name));
    EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << name.toStdString();
    return file.readAll();
}

QString Studio::makeIdxFolder(const QString& name, int perSplit) const
{
    constexpr int kSide = 8;
    QByteArray labels;
    QByteArray pixels;
    for (int i = 0; i < perSplit; ++i) {
        const bool isBottom = i % 2 == 1;
        labels.append(static_cast<char>(isBottom));
        const QByteArray ink(kSide * kSide / 2, static_cast<char>(200 + i % 50));
        const QByteArray paper(kSide * kSide / 2, 0);
        pixels += isBottom ? paper + ink : ink + paper;
    }
    const auto count = static_cast<quint32>(perSplit);
    const QDir folder(path(name));
    EXPECT_TRUE(QDir().mkpath(folder.path()));
    for (const QString& split : {QStringLiteral("train"), QStringLiteral("t10k")}) {
        writeFile(folder.filePath(split + QStringLiteral("-images-idx3-ubyte")),
                  bigEndian({0x803, count, kSide, kSide}) + pixels);
        writeFile(folder.filePath(split + QStringLiteral("-labels-idx1-ubyte")),
                  bigEndian({0x801, count}) + labels);
    }
    return folder.path();
}

Ended waitFor(QProcess& process)
{
    const bool hasEnded = process.state() == QProcess::NotRunning || process.waitForFinished(kLongestWait);
    EXPECT_TRUE(hasEnded);
    if (!hasEnded)
        process.kill();
    Ended ended;
    ended.out = process.readAllStandardOutput();
    ended.err = process.readAllStandardError();
    if (hasEnded && process.exitStatus() == QProcess::NormalExit)
        ended.exitCode = process.exitCode();
    return ended;
}

QStringList quickTraining(const QStringList& more)
{
    return QStringList{
               QStringLiteral("train"),   QStringLiteral("--dataset"), QStringLiteral("sketch-digits"),
               QStringLiteral("--limit"), QStringLiteral("320"),       QStringLiteral("--epochs"),
               QStringLiteral("1"),       QStringLiteral("--threads"), QStringLiteral("1")} +
           more;
}
