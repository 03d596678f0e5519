// A menu of things to save: each entry asks where to, and writes the file whole or not at all.
#pragma once

#include <QByteArray>
#include <QMenu>
#include <functional>

namespace ui
{

class ExportMenu : public QMenu
{
    Q_OBJECT
public:
    using Content = std::function<QByteArray()>;

    using QMenu::QMenu;

    /// `fileName` is what the dialog proposes; its suffix is that of the file, unless another is typed.
    /// `content` is asked for at the click: what is shown may change while the user looks for a place.
    QAction* add(const char* objectName, const QString& text, const QString& fileName, Content content);

Q_SIGNALS:
    /// What was saved, or why it was not.
    void told(const QString& message, bool isSuccess);

private:
    void save(const QString& fileName, const Content& content);
};

} // namespace ui
