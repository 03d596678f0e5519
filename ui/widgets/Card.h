// A titled surface on the page's ground: what every page is made of.
#pragma once

#include <QFrame>

class QHBoxLayout;
class QLabel; // of which every card has some
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
    /// A quiet line beside the title; empty hides it.
    void setSubtitle(const QString& subtitle);
    /// Where there is not enough room beside what stands in the header, title and quiet line end in "…".
    void letHeadingShrink();
    /// Title and quiet line, as they are read.
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
