#include "app/GalleryFile.h"

#include "app/Format.h"
#include "app/Output.h"
#include "ui/render/FileExporter.h"
#include "ui/render/GalleryPicture.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace app
{
namespace
{

engine::Result<std::optional<int>> classNamed(const std::optional<std::string>& name,
                                              const std::vector<std::string>& classNames)
{
    if (!name)
        return std::nullopt;
    const auto found = std::ranges::find(classNames, *name);
    if (found != classNames.end())
        return static_cast<int>(found - classNames.begin());
    int number = -1;
    const auto [end, status] = std::from_chars(name->data(), name->data() + name->size(), number);
    const int count = static_cast<int>(classNames.size());
    if (status == std::errc() && end == name->data() + name->size() && number >= 0 && number < count)
        return number;
    std::string names;
    for (const std::string& known : classNames)
        names += (names.empty() ? "" : ", ") + known;
    return engine::failure(engine::ErrorCode::BadValue,
                           "Expected one of the classes (" + names + "); found \"" + *name + "\".");
}

} // namespace

bool setByName(ui::GallerySort& sort, const std::string& name)
{
    using Sort = ui::GallerySort;
    constexpr std::array<std::pair<const char*, Sort>, 5> kNames = {{{"confidence", Sort::Confidence},
                                                                     {"loss", Sort::Loss},
                                                                     {"margin", Sort::Margin},
                                                                     {"entropy", Sort::Entropy},
                                                                     {"index", Sort::Index}}};
    const auto found = std::ranges::find(kNames, name, &std::pair<const char*, Sort>::first);
    if (found == kNames.end())
        return false;
    sort = found->second;
    return true;
}

engine::Result<ui::GalleryQuery> galleryQuery(const GalleryRequest& request,
                                              const std::vector<std::string>& classNames)
{
    ui::GalleryQuery query;
    const auto trueClass = classNamed(request.trueClass, classNames);
    const auto predictedClass = classNamed(request.predictedClass, classNames);
    const auto eitherClass = classNamed(request.eitherClass, classNames);
    for (const auto& one : {trueClass, predictedClass, eitherClass}) {
        if (!one)
            return tl::unexpected(one.error());
    }
    query.trueClass = *trueClass;
    query.predictedClass = *predictedClass;
    query.eitherClass = *eitherClass;
    query.outcome = request.isErrorsOnly  ? ui::GalleryOutcome::Wrong
                    : request.isRightOnly ? ui::GalleryOutcome::Right
                                          : ui::GalleryOutcome::All;
    query.sort = request.sort;
    return query;
}

engine::Result<void> writeGallery(const std::string& path, int scale, const ui::GalleryQuery& query,
                                  std::shared_ptr<const core::EvaluatedSplit> split)
{
    const std::vector<std::uint32_t> positions = select(*split, query);
    const QString title = ui::titleOf(query, split->classNames);
    const ui::GalleryPicture picture = ui::galleryPicture(std::move(split), positions, title);
    auto written =
        ui::exportFile(QString::fromStdString(path), [&] { return ui::galleryPng(picture, scale); });
    if (written && picture.positions.size() < picture.total) {
        printError(path +
                   format(" holds the first %zu of %zu images.", picture.positions.size(), picture.total));
    }
    return written;
}

} // namespace app
