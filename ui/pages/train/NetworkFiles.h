// Opens and saves networks as files: asks for the path, reads and writes off the GUI thread, shows errors.
#pragma once

#include "core/LatestTask.h"
#include "engine/network/NetworkSpec.h"

#include <QObject>

class QWidget;

namespace ui
{

class NetworkFiles : public QObject
{
    Q_OBJECT
public:
    /// Dialogs are shown over `window`, which owns this.
    explicit NetworkFiles(QWidget* window);

    /// Only for a network for these images and this number of classes.
    void open(const engine::ImageShape& images, int classCount);
    void save(const engine::NetworkSpec& spec);

Q_SIGNALS:
    void opened(const engine::NetworkSpec& spec);

private:
    void showError(const QString& title, const engine::Error& error);

    QWidget* m_window;
    core::LatestTask m_task{*this};
};

} // namespace ui
