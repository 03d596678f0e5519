// Types a path into the next file dialog, and Enter, as a user does who is asked where to save.
#pragma once

#include <QApplication>
#include <QFileDialog>
#include <QLineEdit>
#include <QTest>
#include <QTimer>

namespace test
{

class FileDialogTypist
{
public:
    explicit FileDialogTypist(const QString& path)
    {
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this, path] {
            auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
            auto* name = dialog ? dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit")) : nullptr;
            if (name == nullptr || !name->hasFocus()) // else the key is a shortcut of the window below
                return;
            m_timer.stop();
            name->setText(path);
            QTest::keyClick(name, Qt::Key_Return);
        });
        m_timer.start(5);
    }

private:
    QTimer m_timer;
};

} // namespace test
