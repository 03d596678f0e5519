// The weights that a text on a page may have; the style sheet draws them.
#pragma once

class QLabel;

namespace ui
{

enum class TextRole {
    Title,     ///< names a card or a group
    Secondary, ///< of less weight
    Small,     ///< of less weight, a size smaller
};

void setTextRole(QLabel* label, TextRole role);

} // namespace ui
