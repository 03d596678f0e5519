// Reads the fields of a JSON object by name and keeps track of unread ones, which are unknown.
//
//     JsonFields fields(object, "layer 3");
//     fields.need("type");
//     fields.read("kernel_size", layer.kernelSize);   // keeps the value if there is no such field
//     fields.refuseOthers();
//
// What is wrong is thrown, see reject().
#pragma once

#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

namespace engine
{

class JsonFields
{
public:
    /// `where` begins the messages. `object` must outlive this.
    JsonFields(const nlohmann::json& object, std::string where);

    void read(const char* name, int& value);
    void read(const char* name, double& value);
    void read(const char* name, bool& value);
    /// One number, or a list.
    void read(const char* name, std::vector<int>& values);
    void read(const char* name, std::string& value);
    /// "same", "valid" or a number.
    void readPadding(int& padding);

    /// Null where the field is missing or null.
    const nlohmann::json* find(const char* name);
    const nlohmann::json& need(const char* name);
    [[noreturn]] void bad(const char* name, const char* expected, const nlohmann::json& found) const;
    /// Call after all fields have been read.
    void refuseOthers() const;

private:
    const nlohmann::json& m_object;
    std::string m_where;
    std::set<std::string> m_known;
};

} // namespace engine
