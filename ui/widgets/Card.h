// A titled card; every page consists of cards.
#pragma once

#include <QFrame>

class QHBoxLayout;
class QLabel; // most cards use it
class QVBoxLayout;

namespace ui
{

class ElidedLabel;

class Card : public QFrame
{
    Q_OBJECT
public:
    explicit Card(const QString& title = {}, QWidget* parent = nullptr);

    void setTitle(const QString& title);
    /// Secondary text beside the title; empty hides it.
    void setSubtitle(const QString& subtitle);
    /// Lets title and subtitle be elided if the header is too narrow.
    void letHeadingShrink();
    /// Title and subtitle.
    QString heading() const;
    /// To the right of the title, for legends and small controls.
    QHBoxLayout* header() { return m_header; }
    QVBoxLayout* body() { return m_body; }

private:
    ElidedLabel* m_title;
    ElidedLabel* m_subtitle;
    QHBoxLayout* m_header;
    QVBoxLayout* m_body;
};

} // namespace ui
