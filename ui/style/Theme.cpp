#include "ui/style/Theme.h"

#include "ui/style/PlainLabels.h"

#include <QApplication>
#include <QFile>
#include <QFontDatabase>
#include <QPalette>
#include <QStyleFactory>
#include <QStyleHints>
#include <utility>

// The resources are in a static library and the linker drops them without this call, which must be outside of
// any namespace.
static void initResources()
{
    Q_INIT_RESOURCE(studio);
}

namespace ui
{
namespace
{

QPalette paletteOf(const Colors& c)
{
    QPalette palette(c.text, c.card, c.border, c.border, c.border, c.text, c.onAccent, c.card, c.ground);
    palette.setColor(QPalette::AlternateBase, c.ground);
    palette.setColor(QPalette::Highlight, c.accent);
    palette.setColor(QPalette::HighlightedText, c.onAccent);
    palette.setColor(QPalette::PlaceholderText, c.secondary);
    palette.setColor(QPalette::ToolTipBase, c.card);
    palette.setColor(QPalette::ToolTipText, c.text);
    palette.setColor(QPalette::Link, c.accent);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, c.secondary);
    return palette;
}

/// Replaces color roles in the style sheet: @accent, @border, …
QString styleSheetOf(const Colors& c)
{
    QFile file(QStringLiteral(":/style/studio.qss"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QString sheet = QString::fromUtf8(file.readAll());
    // Longer names first, so that @accentSoft is not replaced as @accent.
    const std::pair<const char*, QColor> roles[] = {
        {"@accentSoft", c.accentSoft},
        {"@accent", c.accent},
        {"@onAccent", c.onAccent},
        {"@fieldBorder", c.fieldBorder},
        {"@border", c.border},
        {"@ground", c.ground},
        {"@card", c.card},
        {"@text", c.text},
        {"@secondary", c.secondary},
        {"@right", c.right},
        {"@wrong", c.wrong},
        {"@testSeries", c.testSeries},
        {"@railActive", c.railActive},
        {"@railText", c.railText},
        {"@rail", c.rail},
    };
    for (const auto& [name, color] : roles)
        sheet.replace(QLatin1String(name), color.name());
    return sheet;
}

} // namespace

Theme::Theme(QApplication& application, core::ThemeChoice choice, QObject* parent)
    : QObject(parent),
      m_application(application),
      m_choice(choice),
      m_wasSystemDarkAtStart(isDark(application.palette()))
{
    initResources();
    m_application.setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QFont font = m_application.font();
    if (QFontDatabase::families().contains(QStringLiteral("Inter")))
        font.setFamily(QStringLiteral("Inter"));
    font.setPixelSize(13);
    m_application.setFont(font);
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this, &Theme::apply);
#endif
    m_application.installEventFilter(new PlainLabels(this)); // before any widget is made
    apply();
}

void Theme::setChoice(core::ThemeChoice choice)
{
    m_choice = choice;
    apply();
}

bool Theme::isSystemDark() const
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    const Qt::ColorScheme scheme = QGuiApplication::styleHints()->colorScheme();
    if (scheme != Qt::ColorScheme::Unknown)
        return scheme == Qt::ColorScheme::Dark;
#endif
    return m_wasSystemDarkAtStart;
}

void Theme::apply()
{
    const bool dark =
        m_choice == core::ThemeChoice::Dark || (m_choice == core::ThemeChoice::System && isSystemDark());
    const Colors colors = dark ? darkColors() : lightColors();
    m_application.setPalette(paletteOf(colors));
    m_application.setStyleSheet(styleSheetOf(colors));
}

} // namespace ui
