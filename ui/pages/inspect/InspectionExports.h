// Exports of the Inspect page: a picture of the view at 2× resolution.
#pragma once

class QWidget;

namespace ui
{

class ExportMenu;

/// `view` is painted, and must outlive the menu.
void addInspectionExports(ExportMenu& menu, QWidget& view);

} // namespace ui
