#include "support/QtTestEnvironment.h"

#include "support/Files.h"

#include <QStandardPaths>
#include <cstdio>
#include <gtest/gtest.h>

namespace test
{
namespace
{

void failOnWarning(QtMsgType type, const QMessageLogContext& context, const QString& message)
{
    std::fprintf(stderr, "%s\n", qPrintable(message));
    // The display that tests run on can neither pass on size limits nor stack windows; no user sees it.
    if (message == QStringLiteral("This plugin does not support propagateSizeHints()") ||
        message == QStringLiteral("This plugin does not support raise()"))
        return;
    if (type == QtWarningMsg || type == QtCriticalMsg)
        ADD_FAILURE() << "Qt warns (" << context.category << "): " << message.toStdString();
}

} // namespace

QtTestEnvironment::QtTestEnvironment()
{
    if (const auto folder = mnistFolder())
        qputenv("TINYVGG_MNIST_DIR", QByteArray::fromStdString(folder->string()));
    const QByteArray home = m_home.path().toLocal8Bit();
    qputenv("HOME", home);
    qputenv("XDG_DATA_HOME", home + "/data");
    qputenv("XDG_CONFIG_HOME", home + "/config");
    qputenv("XDG_CACHE_HOME", home + "/cache");
    qputenv("XDG_RUNTIME_DIR", home); // which QTemporaryDir has made for its owner alone
    // Else a test's requests to its own server would go by way of the network's proxy.
    for (const char* name :
         {"http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"})
        qunsetenv(name);
    QStandardPaths::setTestModeEnabled(true);
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    qInstallMessageHandler(failOnWarning);
}

QtTestEnvironment::~QtTestEnvironment()
{
    qInstallMessageHandler(nullptr);
}

} // namespace test
