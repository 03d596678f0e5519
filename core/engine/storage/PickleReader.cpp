#include "engine/storage/PickleReader.h"

#include <unordered_map>

namespace engine
{
namespace
{

/// Internal: carries an error message up to readPickle().
struct PickleError {
    std::string message;
};

class PickleMachine
{
public:
    explicit PickleMachine(std::string_view bytes) : m_bytes(bytes) {}

    Pickle run()
    {
        while (step()) {
        }
        return std::move(m_pickle);
    }

private:
    bool step()
    {
        const std::size_t position = m_position;
        const auto code = static_cast<unsigned char>(take(1)[0]);
        switch (code) {
        case 0x80: // PROTO
            take(1);
            break;
        case 0x95: // FRAME
            take(8);
            break;
        case '(': // MARK
            m_marks.push_back(m_stack.size());
            break;
        case '.': // STOP
            m_pickle.root = pop();
            return false;
        case '0': // POP
            pop();
            break;
        case 'N': // NONE
            push(PickleNone{});
            break;
        case 0x88: // NEWTRUE
            push(true);
            break;
        case 0x89: // NEWFALSE
            push(false);
            break;
        case 'K': // BININT1
            push(static_cast<std::int64_t>(number(1)));
            break;
        case 'M': // BININT2
            push(static_cast<std::int64_t>(number(2)));
            break;
        case 'J': // BININT
            push(static_cast<std::int64_t>(static_cast<std::int32_t>(number(4))));
            break;
        case 0x8a: // LONG1
            push(longNumber(static_cast<std::size_t>(number(1))));
            break;
        case 'X': // BINUNICODE
            push(std::string(take(static_cast<std::size_t>(number(4)))));
            break;
        case 0x8c: // SHORT_BINUNICODE
            push(std::string(take(static_cast<std::size_t>(number(1)))));
            break;
        case '}': // EMPTY_DICT
            push(PickleDict{});
            break;
        case ')': // EMPTY_TUPLE
            push(PickleTuple{});
            break;
        case 't': // TUPLE
            push(PickleTuple{popToMark()});
            break;
        case 0x85: // TUPLE1
        case 0x86: // TUPLE2
        case 0x87: // TUPLE3
            push(PickleTuple{popLast(code - 0x84u)});
            break;
        case 's': { // SETITEM
            const auto pair = popLast(2);
            dictOnTop().items.emplace_back(pair[0], pair[1]);
            break;
        }
        case 'u': { // SETITEMS
            const auto items = popToMark();
            if (items.size() % 2 != 0)
                throw PickleError{"a dict with a key that has no value"};
            for (std::size_t i = 0; i < items.size(); i += 2)
                dictOnTop().items.emplace_back(items[i], items[i + 1]);
            break;
        }
        case 'c': { // GLOBAL
            const std::string module(line());
            pushGlobal(module, std::string(line()));
            break;
        }
        case 0x93: { // STACK_GLOBAL
            const auto names = popLast(2);
            pushGlobal(text(names[0]), text(names[1]));
            break;
        }
        case 'R': { // REDUCE
            const auto parts = popLast(2);
            reduce(parts[0], parts[1]);
            break;
        }
        case 'b': // BUILD: attributes of an object, such as a state_dict's _metadata; never tensors
            pop();
            top();
            break;
        case 'Q': // BINPERSID
            push(PicklePersistent{pop()});
            break;
        case 'q': // BINPUT
            m_memo[number(1)] = top();
            break;
        case 'r': // LONG_BINPUT
            m_memo[number(4)] = top();
            break;
        case 0x94: // MEMOIZE
            m_memo[m_memo.size()] = top();
            break;
        case 'h': // BINGET
            m_stack.push_back(memoEntry(number(1)));
            break;
        case 'j': // LONG_BINGET
            m_stack.push_back(memoEntry(number(4)));
            break;
        default:
            throw PickleError{"instruction " + std::to_string(code) + " at byte " + std::to_string(position) +
                              ", which is not used in a state_dict"};
        }
        return true;
    }

    void pushGlobal(const std::string& module, const std::string& name)
    {
        // Every use of a name copies it, so a small file with long names could exhaust memory.
        constexpr std::size_t kMaxNameLength = 100;
        if (module.size() > kMaxNameLength || name.size() > kMaxNameLength)
            throw PickleError{"a global with an overlong name"};
        push(PickleGlobal{module + "." + name});
    }

    void reduce(PickleIndex callable, PickleIndex arguments)
    {
        const auto* global = m_pickle.as<PickleGlobal>(callable);
        if (global == nullptr || m_pickle.as<PickleTuple>(arguments) == nullptr)
            throw PickleError{"a call of something that is not a function"};
        // Treat an OrderedDict as a dict; the following instructions may fill it.
        if (global->name == "collections.OrderedDict" && m_pickle.as<PickleTuple>(arguments)->items.empty())
            push(PickleDict{});
        else
            push(PickleCall{global->name, arguments});
    }

    std::string_view take(std::size_t count)
    {
        if (count > m_bytes.size() - m_position)
            throw PickleError{"its end within an instruction"};
        const std::string_view part = m_bytes.substr(m_position, count);
        m_position += count;
        return part;
    }

    std::uint64_t number(std::size_t byteCount)
    {
        std::uint64_t value = 0;
        const std::string_view bytes = take(byteCount);
        for (std::size_t i = byteCount; i-- > 0;)
            value = value << 8 | static_cast<unsigned char>(bytes[i]);
        return value;
    }

    std::int64_t longNumber(std::size_t byteCount)
    {
        if (byteCount == 0)
            return 0;
        if (byteCount > 8)
            throw PickleError{"a number of more than 64 bits"};
        const auto shift = 64 - 8 * byteCount; // the highest bit present is the sign
        return static_cast<std::int64_t>(number(byteCount) << shift) >> shift;
    }

    std::string_view line()
    {
        const std::size_t end = m_bytes.find('\n', m_position);
        if (end == std::string_view::npos)
            throw PickleError{"its end within a name"};
        const std::string_view text = take(end - m_position);
        take(1);
        return text;
    }

    template<typename T>
    void push(T content)
    {
        m_pickle.values.emplace_back().content = std::move(content);
        m_stack.push_back(m_pickle.values.size() - 1);
    }

    PickleIndex top() const
    {
        if (m_stack.size() <= (m_marks.empty() ? 0 : m_marks.back()))
            throw PickleError{"an instruction on an empty stack"};
        return m_stack.back();
    }

    PickleIndex pop()
    {
        const PickleIndex index = top();
        m_stack.pop_back();
        return index;
    }

    std::vector<PickleIndex> popLast(std::size_t count)
    {
        std::vector<PickleIndex> items(count);
        for (std::size_t i = count; i-- > 0;)
            items[i] = pop();
        return items;
    }

    std::vector<PickleIndex> popToMark()
    {
        if (m_marks.empty())
            throw PickleError{"the end of a list that was never begun"};
        std::vector<PickleIndex> items(m_stack.begin() + static_cast<std::ptrdiff_t>(m_marks.back()),
                                       m_stack.end());
        m_stack.resize(m_marks.back());
        m_marks.pop_back();
        return items;
    }

    PickleDict& dictOnTop()
    {
        auto* dict = std::get_if<PickleDict>(&m_pickle.values[top()].content);
        if (dict == nullptr)
            throw PickleError{"an item for something that is not a dict"};
        return *dict;
    }

    PickleIndex memoEntry(std::uint64_t key) const
    {
        const auto found = m_memo.find(key);
        if (found == m_memo.end())
            throw PickleError{"a reference to an unknown memo entry"};
        return found->second;
    }

    std::string text(PickleIndex index) const
    {
        const auto* value = m_pickle.as<std::string>(index);
        if (value == nullptr)
            throw PickleError{"a name that is not a string"};
        return *value;
    }

    std::string_view m_bytes;
    std::size_t m_position = 0;
    Pickle m_pickle;
    std::vector<PickleIndex> m_stack;
    std::vector<std::size_t> m_marks; ///< stack heights at which open lists begin
    std::unordered_map<std::uint64_t, PickleIndex> m_memo;
};

} // namespace

Result<Pickle> readPickle(std::string_view bytes)
{
    try {
        return PickleMachine(bytes).run();
    } catch (const PickleError& error) {
        return failure(ErrorCode::BadFormat, "expected a pickled state_dict; found " + error.message + ".");
    }
}

} // namespace engine
