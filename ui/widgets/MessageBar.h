// One message above the page, with at most one thing to do about it: news, a success, or an error.
#pragma once

#include <QFrame>
#include <functional>

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

    /// Replaces the message before it. `action` belongs to the button, which is there when it has a text. A
    /// screen reader speaks the message.
    void showMessage(Kind kind, const QString& text, const QString& actionText = {},
                     std::function<void()> action = {});
    QString text() const;

protected:
    void changeEvent(QEvent* event) override;

private:
    void updateIcons();

    Kind m_kind = Kind::Info;
    QLabel* m_icon;
    QLabel* m_text;
    QPushButton* m_action;
    QToolButton* m_close;
    std::function<void()> m_run;
};

} // namespace ui
