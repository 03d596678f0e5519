// A fixed list of images for the gallery, in display order.
#pragma once

#include <QString>
#include <cstdint>
#include <vector>

namespace ui
{

struct GallerySelection {
    QString title;                        ///< what the list contains: "most confident errors"
    std::vector<std::uint32_t> positions; ///< in the current evaluation
    QString whyNone;                      ///< shown if the list is empty
};

} // namespace ui
