// The gallery's images as a picture, by the command line: which of them, and in which order.
#pragma once

#include "core/evaluation/EvaluatedSplit.h"
#include "ui/render/GalleryQuery.h"

#include <optional>
#include <string>

namespace app
{

struct GalleryRequest {
    std::optional<std::string> png;            ///< file to write; nothing for none
    std::optional<std::string> trueClass;      ///< by its name, or by its number from 0
    std::optional<std::string> predictedClass; ///< likewise
    std::optional<std::string> eitherClass;    ///< likewise: true or predicted
    bool isErrorsOnly = false;
    bool isRightOnly = false;
    ui::GallerySort sort = ui::GallerySort::Confidence;
};

/// False where `name` is none of "confidence", "loss", "margin", "entropy", "index".
bool setByName(ui::GallerySort& sort, const std::string& name);

/// What the gallery shows for `request`. Error: BadValue where there is no such class.
engine::Result<ui::GalleryQuery> galleryQuery(const GalleryRequest& request,
                                              const std::vector<std::string>& classNames);

/// Writes the picture, and says on stderr where it holds only the first of the images. Fails with
/// CannotWrite. Needs a QGuiApplication.
engine::Result<void> writeGallery(const std::string& path, int scale, const ui::GalleryQuery& query,
                                  std::shared_ptr<const core::EvaluatedSplit> split);

} // namespace app
