// Writes a selection of the gallery's images to a PNG file for the command line.
#pragma once

#include "core/evaluation/EvaluatedSplit.h"
#include "ui/render/GalleryQuery.h"

#include <optional>
#include <string>

namespace app
{

struct GalleryRequest {
    std::optional<std::string> png;            ///< file to write; not set for none
    std::optional<std::string> trueClass;      ///< name, or number from 0
    std::optional<std::string> predictedClass; ///< likewise
    std::optional<std::string> eitherClass;    ///< likewise; matches the true or the predicted class
    bool isErrorsOnly = false;
    bool isRightOnly = false;
    ui::GallerySort sort = ui::GallerySort::Confidence;
};

/// False if `name` is none of "confidence", "loss", "margin", "entropy", "index".
bool setByName(ui::GallerySort& sort, const std::string& name);

/// The gallery query for `request`. Error: BadValue if there is no such class.
engine::Result<ui::GalleryQuery> galleryQuery(const GalleryRequest& request,
                                              const std::vector<std::string>& classNames);

/// Writes the image. Prints a notice on stderr if not all images fit. Error: CannotWrite. Needs a
/// QGuiApplication.
engine::Result<void> writeGallery(const std::string& path, int scale, const ui::GalleryQuery& query,
                                  std::shared_ptr<const core::EvaluatedSplit> split);

} // namespace app
