// A message below the page with an optional action: information, success or error.
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

    /// `action` belongs to the button, which is visible if `actionText` is not empty. Screen readers announce
    /// the message. Information and successes with an action are shown again when this message is closed;
    /// other previous messages are discarded.
    void showMessage(Kind kind, const QString& text, const QString& actionText = {},
                     std::function<void()> action = {});
    /// Removes all messages.
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
    std::vector<Message> m_waiting; ///< latest last
    QLabel* m_icon;
    QLabel* m_text;
    QPushButton* m_action;
    QToolButton* m_close;
};

} // namespace ui
