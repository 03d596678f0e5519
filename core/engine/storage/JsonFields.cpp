#include "engine/storage/JsonFields.h"

#include "engine/network/NetworkSpec.h"
#include "engine/storage/Reject.h"

namespace engine
{

using nlohmann::json;

namespace
{

/// validate() checks the lengths of lists; this only bounds what is read.
constexpr std::size_t kMostNumbers = 64;

} // namespace

JsonFields::JsonFields(const json& object, std::string where) : m_object(object), m_where(std::move(where))
{
    if (!object.is_object())
        reject(m_where + ": expected a JSON object; found " + object.dump().substr(0, 80));
}

void JsonFields::read(const char* name, int& value)
{
    const json* found = find(name);
    if (found == nullptr)
        return;
    // validate() checks the range; here only that the value fits an int.
    if (!found->is_number_integer() || found->get<double>() < -1'000'000 || found->get<double>() > 1'000'000)
        bad(name, "a whole number", *found);
    value = found->get<int>();
}

void JsonFields::read(const char* name, double& value)
{
    if (const json* found = find(name)) {
        if (!found->is_number())
            bad(name, "a number", *found);
        value = found->get<double>();
    }
}

void JsonFields::read(const char* name, bool& value)
{
    if (const json* found = find(name)) {
        if (!found->is_boolean())
            bad(name, "true or false", *found);
        value = found->get<bool>();
    }
}

void JsonFields::read(const char* name, std::vector<int>& values)
{
    const json* found = find(name);
    if (found == nullptr)
        return;
    std::vector<int> read;
    for (const json& one : found->is_array() ? *found : json::array({*found})) {
        if (!one.is_number_integer() || one.get<double>() < 0 || one.get<double>() > 1'000'000)
            bad(name, "whole numbers", *found);
        read.push_back(one.get<int>());
    }
    if (read.size() > kMostNumbers)
        bad(name, "a shorter list of numbers", *found);
    values = std::move(read);
}

void JsonFields::read(const char* name, std::string& value)
{
    if (const json* found = find(name)) {
        if (!found->is_string() || found->get_ref<const std::string&>().size() > 256)
            bad(name, "a name", *found);
        value = found->get<std::string>();
    }
}

void JsonFields::readPadding(int& padding)
{
    const json* found = find("padding");
    if (found != nullptr && *found == "same")
        padding = kSamePadding;
    else if (found != nullptr && *found == "valid")
        padding = 0;
    else if (found != nullptr && found->is_number_unsigned())
        read("padding", padding);
    else if (found != nullptr)
        bad("padding", "\"same\", \"valid\" or a number", *found);
}

const json* JsonFields::find(const char* name)
{
    m_known.insert(name);
    const auto found = m_object.find(name);
    return found == m_object.end() || found->is_null() ? nullptr : &*found;
}

const json& JsonFields::need(const char* name)
{
    if (const json* found = find(name))
        return *found;
    reject(m_where + ": expected \"" + name + "\"; found none");
}

void JsonFields::bad(const char* name, const char* expected, const json& found) const
{
    reject(m_where + ", \"" + name + "\": expected " + expected + "; found " + found.dump().substr(0, 80));
}

void JsonFields::refuseOthers() const
{
    for (const auto& [name, value] : m_object.items()) {
        if (m_known.contains(name))
            continue;
        std::string known;
        for (const std::string& one : m_known)
            known += (known.empty() ? "" : ", ") + one;
        reject(m_where + ": expected only " + known + "; found \"" + name.substr(0, 80) + "\"");
    }
}

} // namespace engine
