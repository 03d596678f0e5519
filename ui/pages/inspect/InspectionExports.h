// What the Inspect page saves: a picture of the view, twice as fine as the screen.
#pragma once

class QWidget;

namespace ui
{

class ExportMenu;

/// `view` is what is painted, and must outlive the menu.
void addInspectionExports(ExportMenu& menu, QWidget& view);

} // namespace ui
