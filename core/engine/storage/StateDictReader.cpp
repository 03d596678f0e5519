#include "engine/storage/StateDictReader.h"

#include "engine/Guarded.h"
#include "engine/storage/PickleReader.h"

#include <cstring>
#include <map>
#include <zip.h>

namespace engine
{
namespace
{

constexpr std::uint64_t kLargestMember = std::uint64_t{768} << 20;
// A state_dict's structure is about 2 KB. Parsed, it takes many times its size in memory.
constexpr std::uint64_t kLargestStructure = std::uint64_t{1} << 20;

struct ZipClose {
    void operator()(zip_t* archive) const { zip_discard(archive); }
    void operator()(zip_file_t* file) const { zip_fclose(file); }
};

class Archive
{
public:
    static Result<Archive> open(const std::filesystem::path& path)
    {
        std::error_code status;
        if (!std::filesystem::exists(path, status))
            return failure(ErrorCode::NotFound, path.string() + ": no such file.");
        if (!std::filesystem::is_regular_file(path, status))
            return failure(ErrorCode::CannotRead, "expected a file; found a folder or special file.");
        int code = 0;
        Archive archive;
        archive.m_zip.reset(zip_open(path.c_str(), ZIP_RDONLY, &code));
        if (!archive.m_zip) {
            if (code == ZIP_ER_OPEN || code == ZIP_ER_READ)
                return failure(ErrorCode::CannotRead, "cannot be opened.");
            return failure(
                ErrorCode::BadFormat,
                "expected a file that torch.save wrote (a zip archive); found another kind of file.");
        }
        const zip_int64_t count = zip_get_num_entries(archive.m_zip.get(), 0);
        for (zip_int64_t i = 0; i < count; ++i) {
            // All members are in one folder, named after the file as first saved by Python.
            const char* text = zip_get_name(archive.m_zip.get(), static_cast<zip_uint64_t>(i), 0);
            const std::string name = text == nullptr ? "" : text;
            const std::size_t slash = name.find('/');
            archive.m_members[slash == std::string::npos ? name : name.substr(slash + 1)] =
                static_cast<zip_uint64_t>(i);
        }
        return archive;
    }

    Result<std::string> read(const std::string& member, std::uint64_t largestSize) const
    {
        const auto found = m_members.find(member);
        zip_stat_t info;
        if (found == m_members.end() || zip_stat_index(m_zip.get(), found->second, 0, &info) != 0)
            return failure(ErrorCode::BadFormat,
                           "expected the member " + member + " in the archive; found none.");
        // Stored uncompressed, as PyTorch writes them, so the size cannot exceed that of the file.
        if (info.comp_method != ZIP_CM_STORE || info.size != info.comp_size || info.size > largestSize)
            return failure(ErrorCode::BadFormat, member + ": expected an uncompressed member of at most " +
                                                     std::to_string(largestSize) +
                                                     " bytes; found a compressed or larger one.");
        const std::unique_ptr<zip_file_t, ZipClose> file(zip_fopen_index(m_zip.get(), found->second, 0));
        std::string content(static_cast<std::size_t>(info.size), '\0');
        char end = 0; // reading to the end verifies the checksum
        if (!file ||
            zip_fread(file.get(), content.data(), info.size) != static_cast<zip_int64_t>(info.size) ||
            zip_fread(file.get(), &end, 1) != 0)
            return failure(ErrorCode::BadFormat, member + ": expected " + std::to_string(info.size) +
                                                     " bytes; the archive is damaged.");
        return content;
    }

private:
    std::unique_ptr<zip_t, ZipClose> m_zip;
    std::map<std::string, zip_uint64_t> m_members;
};

/// Reads each storage once, however many tensors share it.
class Storages
{
public:
    explicit Storages(const Archive& archive) : m_archive(archive) {}

    Result<const std::string*> read(const std::string& key)
    {
        const auto known = m_contents.find(key);
        if (known != m_contents.end())
            return &known->second;
        return m_archive.read("data/" + key, kLargestMember - m_size).map([&](std::string&& content) {
            m_size += content.size();
            return &(m_contents[key] = std::move(content));
        });
    }

private:
    const Archive& m_archive;
    std::map<std::string, std::string> m_contents;
    std::uint64_t m_size = 0; ///< of all of them, in bytes
};

tl::unexpected<Error> unexpectedTensor(const std::string& name, const std::string& found)
{
    return failure(ErrorCode::BadFormat, name + ": expected a float32 tensor; found " + found + ".");
}

Result<std::vector<std::int64_t>> integers(const Pickle& pickle, PickleIndex index, const std::string& name)
{
    const auto* tuple = pickle.as<PickleTuple>(index);
    if (tuple == nullptr || tuple->items.size() > 8)
        return unexpectedTensor(name, "one without a shape");
    std::vector<std::int64_t> values;
    for (const PickleIndex item : tuple->items) {
        const auto* value = pickle.as<std::int64_t>(item);
        if (value == nullptr || *value < 0 || *value > (std::int64_t{1} << 31))
            return unexpectedTensor(name, "a side that is out of range");
        values.push_back(*value);
    }
    return values;
}

/// Copies a strided view into a row-major array.
Result<std::vector<float>> gather(const std::string& storage, std::int64_t offset,
                                  const std::vector<std::int64_t>& shape,
                                  const std::vector<std::int64_t>& strides, const std::string& name)
{
    const auto available = static_cast<std::int64_t>(storage.size() / sizeof(float));
    std::int64_t count = 1;
    std::int64_t last = offset;
    for (std::size_t d = 0; d < shape.size(); ++d) {
        if (shape[d] == 0)
            return unexpectedTensor(name, "an empty one");
        count *= shape[d];
        last += (shape[d] - 1) * strides[d];
        if (count > available || last >= available) // checked in every step to prevent overflow
            return unexpectedTensor(name, "one that exceeds its storage");
    }
    if (last >= available)
        return unexpectedTensor(name, "one that exceeds its storage");
    std::vector<float> values(static_cast<std::size_t>(count));
    std::vector<std::int64_t> position(shape.size());
    std::int64_t source = offset;
    for (float& value : values) {
        std::memcpy(&value, storage.data() + static_cast<std::size_t>(source) * sizeof(float), sizeof(float));
        for (std::size_t d = shape.size(); d-- > 0;) {
            source += strides[d];
            if (++position[d] < shape[d])
                break;
            source -= strides[d] * shape[d];
            position[d] = 0;
        }
    }
    return values;
}

Result<WeightArray> readCounter(const std::string& storage, std::int64_t offset,
                                const std::vector<std::int64_t>& shape, const std::string& name)
{
    std::int64_t value = 0;
    if (!shape.empty() || storage.size() < sizeof value ||
        static_cast<std::size_t>(offset) > storage.size() / sizeof value - 1)
        return unexpectedTensor(name, "one that is not a single number in its storage");
    std::memcpy(&value, storage.data() + static_cast<std::size_t>(offset) * sizeof value, sizeof value);
    return WeightArray{name, shape, {static_cast<float>(value)}};
}

/// Reads torch._utils._rebuild_tensor_v2(storage, offset, size, stride, …), also inside
/// torch._utils._rebuild_parameter(tensor, …).
Result<WeightArray> readTensor(const Pickle& pickle, PickleIndex index, const std::string& name,
                               Storages& storages)
{
    const auto* call = pickle.as<PickleCall>(index);
    if (call == nullptr)
        return unexpectedTensor(name, "another object");
    const auto& arguments = pickle.as<PickleTuple>(call->arguments)->items;
    if (call->callable == "torch._utils._rebuild_parameter" && !arguments.empty()) {
        const auto* inner = pickle.as<PickleCall>(arguments[0]);
        if (inner == nullptr || inner->callable == call->callable)
            return unexpectedTensor(name, "another object");
        return readTensor(pickle, arguments[0], name, storages);
    }
    if (call->callable != "torch._utils._rebuild_tensor_v2" || arguments.size() < 4)
        return unexpectedTensor(name, call->callable);

    // A storage is the tuple ("storage", type, key, location, size).
    const auto* persistent = pickle.as<PicklePersistent>(arguments[0]);
    const auto* id = persistent ? pickle.as<PickleTuple>(persistent->id) : nullptr;
    if (id == nullptr || id->items.size() < 3)
        return unexpectedTensor(name, "one without a storage");
    const auto* type = pickle.as<PickleGlobal>(id->items[1]);
    const auto* key = pickle.as<std::string>(id->items[2]);
    const auto* offset = pickle.as<std::int64_t>(arguments[1]);
    if (type == nullptr || key == nullptr || offset == nullptr || *offset < 0 ||
        *offset > (std::int64_t{1} << 31))
        return unexpectedTensor(name, "one without a storage");
    // BatchNorm2d stores its batch counter as int64.
    const bool isCounter = type->name == "torch.LongStorage" && name.ends_with("num_batches_tracked");
    if (type->name != "torch.FloatStorage" && !isCounter)
        return unexpectedTensor(name, type->name);

    auto shape = integers(pickle, arguments[2], name);
    if (!shape)
        return tl::unexpected(shape.error());
    const auto strides = integers(pickle, arguments[3], name);
    if (!strides)
        return tl::unexpected(strides.error());
    if (strides->size() != shape->size())
        return unexpectedTensor(name, "one whose shape and strides disagree");
    const auto storage = storages.read(*key);
    if (!storage)
        return tl::unexpected(storage.error());
    if (isCounter)
        return readCounter(**storage, *offset, *shape, name);
    auto values = gather(**storage, *offset, *shape, *strides, name);
    if (!values)
        return tl::unexpected(values.error());
    return WeightArray{name, std::move(*shape), std::move(*values)};
}

Result<std::vector<WeightArray>> readArrays(const std::filesystem::path& path)
{
    const auto archive = Archive::open(path);
    if (!archive)
        return tl::unexpected(archive.error());
    const auto structure = archive->read("data.pkl", kLargestStructure);
    if (!structure)
        return tl::unexpected(structure.error());
    const auto pickle = readPickle(*structure);
    if (!pickle)
        return tl::unexpected(pickle.error());
    PickleIndex root = pickle->root;
    // torch::pickle_save, LibTorch's counterpart of torch.save, wraps a dict like this.
    if (const auto* call = pickle->as<PickleCall>(root);
        call && call->callable == "torch.jit._pickle.restore_type_tag") {
        const auto& arguments = pickle->as<PickleTuple>(call->arguments)->items;
        if (!arguments.empty())
            root = arguments.front();
    }
    const auto* dict = pickle->as<PickleDict>(root);
    if (dict == nullptr) {
        return failure(ErrorCode::BadFormat,
                       "expected a dict of tensors, as written by torch.save(model.state_dict(), …); "
                       "found another object, perhaps a whole model.");
    }
    // No supported network has more arrays; with more, sharing a storage could exhaust memory.
    constexpr std::size_t kMaxArrays = 320;
    if (dict->items.size() > kMaxArrays)
        return failure(ErrorCode::BadFormat, "expected at most " + std::to_string(kMaxArrays) +
                                                 " tensors; found " + std::to_string(dict->items.size()) +
                                                 ".");
    std::vector<WeightArray> arrays;
    std::uint64_t valueBytes = 0;
    Storages storages(*archive);
    for (const auto& [key, value] : dict->items) {
        const auto* name = pickle->as<std::string>(key);
        if (name == nullptr)
            return failure(ErrorCode::BadFormat, "expected strings as keys of the dict; found another type.");
        auto array = readTensor(*pickle, value, *name, storages);
        if (!array)
            return tl::unexpected(array.error());
        // Tensors may share a storage; limit their total size too.
        valueBytes += array->values.size() * sizeof(float);
        if (valueBytes > kLargestMember)
            return failure(ErrorCode::BadFormat, "expected at most " + std::to_string(kLargestMember) +
                                                     " bytes of weights; found more.");
        arrays.push_back(std::move(*array));
    }
    return arrays;
}

} // namespace

Result<std::vector<WeightArray>> readStateDict(const std::filesystem::path& path)
{
    return guarded("Reading weights", [&] { return readArrays(path); }).map_error([&](Error error) {
        if (!error.message.starts_with(path.string()))
            error.message = path.string() + ": " + error.message;
        return error;
    });
}

} // namespace engine
