// The line at the foot: what the program is doing at the left, what is true at the right.
#pragma once

#include <QWidget>

class QLabel;

namespace ui
{

class StatusLine : public QWidget
{
    Q_OBJECT
public:
    explicit StatusLine(QWidget* parent = nullptr);

    /// `title` is set in bold, the details follow with room between them.
    void setActivity(const QString& title, const QStringList& details = {});
    void setFacts(const QString& facts);
    QString activity() const;

private:
    QLabel* m_title;
    QLabel* m_details;
    QLabel* m_facts;
};

} // namespace ui
