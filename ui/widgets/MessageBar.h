// One message below the page, with at most one thing to do about it: news, a success, or an error.
#pragma once

#include <QFrame>
#include <functional>
#include <vector>

class QLabel;
class QPushButton;
class QToolButton;

namespace ui
{

class MessageBar : public QFrame
{
    Q_OBJECT
public:
    enum class Kind { Info, Success, Error };

    explicit MessageBar(QWidget* parent = nullptr);

    /// `action` belongs to the button, which is there when it has a text. A screen reader speaks the message.
    /// News or a success that something can be done about comes back when this message is closed; any other
    /// message before it is replaced.
    void showMessage(Kind kind, const QString& text, const QString& actionText = {},
                     std::function<void()> action = {});
    /// Takes all messages away.
    void clear();
    QString text() const;

protected:
    void changeEvent(QEvent* event) override;

private:
    struct Message {
        Kind kind = Kind::Info;
        QString text;
        QString actionText;
        std::function<void()> action;
    };

    void present(Message message);
    void closeCurrent();
    void updateIcons();

    Message m_current;
    std::vector<Message> m_waiting; ///< the newest last
    QLabel* m_icon;
    QLabel* m_text;
    QPushButton* m_action;
    QToolButton* m_close;
};

} // namespace ui
