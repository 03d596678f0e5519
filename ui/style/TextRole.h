// Typographic roles of texts; defined in the style sheet.
#pragma once

class QLabel;

namespace ui
{

enum class TextRole {
    Title,     ///< title of a card or a group
    Secondary, ///< secondary color
    Small,     ///< secondary color, one size smaller
};

void setTextRole(QLabel* label, TextRole role);

} // namespace ui
