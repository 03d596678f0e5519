#include "ui/pages/train/NetworkFiles.h"

#include "engine/network/NetworkShapes.h"
#include "engine/storage/NetworkFile.h"
#include "ui/widgets/SavePath.h"

#include <QFileDialog>
#include <QMessageBox>

namespace ui
{

NetworkFiles::NetworkFiles(QWidget* window) : QObject(window), m_window(window) {}

void NetworkFiles::open(const engine::ImageShape& images, int classCount)
{
    const QString path = QFileDialog::getOpenFileName(m_window, tr("Open a network"), {},
                                                      tr("Networks (*.json);;All files (*)"));
    if (path.isEmpty())
        return;
    m_task.start(
        [=, dataset = tr("the data set").toStdString()]() -> engine::Result<engine::NetworkSpec> {
            auto spec = engine::readNetworkFile(path.toStdString());
            if (!spec)
                return spec;
            return engine::checkImages(*spec, images, classCount, dataset).map([&] { return *spec; });
        },
        [this](const engine::Result<engine::NetworkSpec>& spec) {
            if (!spec)
                return showError(tr("Open a network"), spec.error());
            Q_EMIT opened(*spec);
        });
}

void NetworkFiles::save(const engine::NetworkSpec& spec)
{
    const QString path = askForSavePath(m_window, tr("Save the network"), QStandardPaths::DocumentsLocation,
                                        QStringLiteral("network.json"));
    if (path.isEmpty())
        return;
    m_task.start([=] { return engine::writeNetworkFile(path.toStdString(), spec); },
                 [this](const engine::Result<void>& written) {
                     if (!written)
                         showError(tr("Save the network"), written.error());
                 });
}

void NetworkFiles::showError(const QString& title, const engine::Error& error)
{
    auto* box = new QMessageBox(QMessageBox::Warning, title, QString::fromStdString(error.message),
                                QMessageBox::Ok, m_window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

} // namespace ui
