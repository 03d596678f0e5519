// The status line at the bottom: current activity at the left, facts at the right.
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

    /// `title` is bold, followed by the details.
    void setActivity(const QString& title, const QStringList& details = {});
    void setFacts(const QString& facts);
    QString activity() const;

private:
    QLabel* m_title;
    QLabel* m_details;
    QLabel* m_facts;
};

} // namespace ui
