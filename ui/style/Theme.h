// Applies style, palette, font and style sheet to the application, light or dark, and makes labels show plain
// text (PlainLabels).
#pragma once

#include "core/settings/Settings.h"
#include "ui/render/Colors.h"

#include <QObject>

class QApplication;

namespace ui
{

class Theme : public QObject
{
    Q_OBJECT
public:
    /// Applies `choice` to `application`, which must outlive this.
    Theme(QApplication& application, core::ThemeChoice choice, QObject* parent = nullptr);

    core::ThemeChoice choice() const { return m_choice; }
    void setChoice(core::ThemeChoice choice);

private:
    bool isSystemDark() const;
    void apply();

    QApplication& m_application;
    core::ThemeChoice m_choice;
    bool m_wasSystemDarkAtStart; ///< from the desktop's palette, before ours replaced it
};

} // namespace ui
