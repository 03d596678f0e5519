// Shows texts as they are in the whole window: QLabel, and with it tooltips and message boxes, guesses
// whether a text is HTML, and would draw a class name or a path with tags in it as markup, with the pictures
// that it refers to.
#pragma once

#include <QObject>

namespace ui
{

/// Install it on the application. Labels whose text format was not set get Qt::PlainText before they are
/// shown; a label of markup asks for Qt::RichText, and escapes what it quotes.
class PlainLabels : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    bool eventFilter(QObject* watched, QEvent* event) override;
};

} // namespace ui
