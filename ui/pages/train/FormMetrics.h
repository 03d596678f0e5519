// Widths of the Train form, in pixels, shared by its parts so that they align.
#pragma once

namespace ui
{

inline constexpr int kLabelWidth = 114;
inline constexpr int kLabelGap = 10; ///< between label and field
inline constexpr int kFieldWidth = 116;
inline constexpr int kFormWidth = kLabelWidth + kLabelGap + kFieldWidth;

} // namespace ui
