#include "ui/pages/inspect/InspectionExports.h"

#include "ui/render/Colors.h"
#include "ui/render/PictureBytes.h"
#include "ui/widgets/ExportMenu.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QWidget>

namespace ui
{
namespace
{

QString translated(const char* text)
{
    return QCoreApplication::translate("ui::InspectionExports", text);
}

QImage pictureOf(QWidget& view)
{
    constexpr int kScale = 2; // for print and large screens
    QImage image(view.size() * kScale, QImage::Format_RGB32);
    image.setDevicePixelRatio(kScale);
    image.fill(currentColors().ground);
    view.render(&image);
    return image;
}

} // namespace

void addInspectionExports(ExportMenu& menu, QWidget& view)
{
    QAction* copy = menu.addAction(translated(QT_TRANSLATE_NOOP("ui::InspectionExports", "Copy the view")));
    copy->setObjectName(QStringLiteral("copyInspection"));
    QObject::connect(copy, &QAction::triggered, &menu, [&menu, &view] {
        QGuiApplication::clipboard()->setImage(pictureOf(view));
        Q_EMIT menu.messageReported(
            translated(QT_TRANSLATE_NOOP("ui::InspectionExports", "View copied to the clipboard.")), true);
    });
    menu.add("saveInspection",
             translated(QT_TRANSLATE_NOOP("ui::InspectionExports", "Save the view as PNG…")),
             QStringLiteral("inside-the-network.png"),
             [&view] { return [picture = pictureOf(view)] { return pngBytes(picture); }; });
}

} // namespace ui
