#include "engine/data/IdxFolder.h"

#include "engine/Guarded.h"
#include "engine/data/IdxReader.h"

#include <algorithm>
#include <future>

namespace engine
{
namespace
{

struct SplitFiles {
    std::filesystem::path imagePath;
    std::filesystem::path labelPath;
    IdxImages images;
    std::vector<std::uint8_t> labels;
};

Result<SplitFiles> readSplit(const std::filesystem::path& folder, const std::string& imageName,
                             const std::string& labelName)
{
    SplitFiles files;
    for (const auto& [name, path] :
         {std::pair{imageName, &files.imagePath}, std::pair{labelName, &files.labelPath}}) {
        const auto found = findIdxFile(folder, name);
        if (!found) {
            return failure(ErrorCode::NotFound, folder.string() + ": expected the file " + name + " or " +
                                                    name + ".gz; found neither.");
        }
        *path = *found;
    }
    auto images = readIdxImages(files.imagePath);
    if (!images)
        return tl::unexpected(images.error());
    auto labels = readIdxLabels(files.labelPath);
    if (!labels)
        return tl::unexpected(labels.error());
    if (static_cast<std::size_t>(images->count) != labels->size()) {
        return failure(ErrorCode::BadFormat,
                       files.labelPath.string() + ": expected " + std::to_string(images->count) +
                           " labels, one for each image in " + files.imagePath.string() + "; found " +
                           std::to_string(labels->size()) + ".");
    }
    files.images = std::move(*images);
    files.labels = std::move(*labels);
    return files;
}

std::vector<std::string> numberedClasses(std::size_t count)
{
    std::vector<std::string> names;
    for (std::size_t i = 0; i < count; ++i)
        names.push_back(std::to_string(i));
    return names;
}

Result<Dataset> makeDataset(SplitFiles&& files, std::size_t classCount)
{
    return Dataset::create(files.images.shape, std::move(files.images.pixels), std::move(files.labels),
                           static_cast<int>(classCount))
        .map_error([&](Error error) {
            error.message = files.labelPath.string() + ": " + error.message;
            return error;
        });
}

Result<DatasetSplits> readSplits(const std::filesystem::path& folder, std::string id, std::string title,
                                 std::vector<std::string> classNames)
{
    auto testFuture =
        std::async(std::launch::async, [&] { return readSplit(folder, kIdxFileNames[2], kIdxFileNames[3]); });
    auto train = readSplit(folder, kIdxFileNames[0], kIdxFileNames[1]);
    auto test = testFuture.get();
    if (!train)
        return tl::unexpected(train.error());
    if (!test)
        return tl::unexpected(test.error());
    if (train->images.shape != test->images.shape) {
        return failure(ErrorCode::BadFormat, test->imagePath.string() + ": expected images of " +
                                                 text(train->images.shape) + " pixels, as in " +
                                                 train->imagePath.string() + "; found " +
                                                 text(test->images.shape) + ".");
    }
    if (classNames.empty()) {
        const std::uint8_t largest = std::max(*std::max_element(train->labels.begin(), train->labels.end()),
                                              *std::max_element(test->labels.begin(), test->labels.end()));
        classNames = numberedClasses(std::max<std::size_t>(2, std::size_t{largest} + 1));
    }
    const std::size_t classCount = classNames.size();
    auto trainSet = makeDataset(std::move(*train), classCount);
    if (!trainSet)
        return tl::unexpected(trainSet.error());
    auto testSet = makeDataset(std::move(*test), classCount);
    if (!testSet)
        return tl::unexpected(testSet.error());
    return DatasetSplits{std::move(id), std::move(title), std::move(classNames), std::move(*trainSet),
                         std::move(*testSet)};
}

} // namespace

std::optional<std::filesystem::path> findIdxFile(const std::filesystem::path& folder, const std::string& name)
{
    std::error_code status;
    // Color images have one more dimension.
    std::string inColor = name;
    if (const std::size_t rank = name.find("idx3"); rank != std::string::npos)
        inColor.replace(rank, 4, "idx4");
    for (const std::string& stem : {name, inColor}) {
        for (const char* suffix : {"", ".gz"}) {
            std::filesystem::path path = folder / (stem + suffix);
            if (std::filesystem::is_regular_file(path, status))
                return path;
        }
    }
    return std::nullopt;
}

bool isIdxFolder(const std::filesystem::path& folder)
{
    return std::all_of(kIdxFileNames.begin(), kIdxFileNames.end(),
                       [&](const char* name) { return findIdxFile(folder, name).has_value(); });
}

Result<DatasetSplits> readIdxFolder(const std::filesystem::path& folder, std::string id, std::string title,
                                    std::vector<std::string> classNames)
{
    return guarded("Reading the data set", [&] {
        return readSplits(folder, std::move(id), std::move(title), std::move(classNames));
    });
}

} // namespace engine
