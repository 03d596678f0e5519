// Images that something other than the matrix has chosen, in the order in which they are to be seen.
#pragma once

#include <QString>
#include <cstdint>
#include <vector>

namespace ui
{

struct GallerySelection {
    QString title;                        ///< what the images are: "most confident errors"
    std::vector<std::uint32_t> positions; ///< in the evaluation on show
    QString whyNone;                      ///< shown where there are no images
};

} // namespace ui
