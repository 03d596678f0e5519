#include "engine/storage/PickleReader.h"

#include "support/Mutations.h"
#include "support/Results.h"

using engine::ErrorCode;
using engine::Pickle;
using engine::PickleCall;
using engine::PickleDict;
using engine::PickleGlobal;
using engine::PickleNone;
using engine::PicklePersistent;
using engine::PickleTuple;
using engine::readPickle;
using test::failsWith;

namespace
{

/// A literal may contain zero bytes.
template<std::size_t N>
std::string bytes(const char (&literal)[N])
{
    return {literal, N - 1};
}

const std::string kProtocol2 = "\x80\x02";

/// What Python 3.10 makes of {"a": (1, 300, -5, True, None), "b": OrderedDict()} with protocol 2.
const std::string kExample = kProtocol2 + bytes("}q\0(X\1\0\0\0aq\1(K\1M\x2c\1J\xfb\xff\xff\xff\x88Ntq\2"
                                                "X\1\0\0\0bq\3ccollections\nOrderedDict\nq\4)Rq\5u.");

} // namespace

TEST(PickleReader, refusesAnOverlongGlobal)
{
    // Each use of it would be a copy: a megabyte of such a file would fill the memory.
    EXPECT_TRUE(failsWith(readPickle(kProtocol2 + "cmodule\n" + std::string(5'000, 'x') + "\n."),
                          ErrorCode::BadFormat, {"overlong name"}));
}

TEST(PickleReader, readsADictOfPlainValues)
{
    const auto pickle = readPickle(kExample);
    ASSERT_TRUE(test::succeeds(pickle));
    const auto* dict = pickle->as<PickleDict>(pickle->root);
    ASSERT_NE(dict, nullptr);
    ASSERT_EQ(dict->items.size(), 2U);
    EXPECT_EQ(*pickle->as<std::string>(dict->items[0].first), "a");
    const auto* tuple = pickle->as<PickleTuple>(dict->items[0].second);
    ASSERT_NE(tuple, nullptr);
    ASSERT_EQ(tuple->items.size(), 5U);
    EXPECT_EQ(*pickle->as<std::int64_t>(tuple->items[0]), 1);
    EXPECT_EQ(*pickle->as<std::int64_t>(tuple->items[1]), 300);
    EXPECT_EQ(*pickle->as<std::int64_t>(tuple->items[2]), -5);
    EXPECT_EQ(*pickle->as<bool>(tuple->items[3]), true);
    EXPECT_NE(pickle->as<PickleNone>(tuple->items[4]), nullptr);
    const auto* ordered = pickle->as<PickleDict>(dict->items[1].second);
    ASSERT_NE(ordered, nullptr);
    EXPECT_TRUE(ordered->items.empty());
}

TEST(PickleReader, readsProtocol4)
{
    // {"a": 1} in Python 3.10: a frame, short strings and the memo that counts by itself.
    const auto pickle = readPickle(bytes("\x80\4\x95\x0a\0\0\0\0\0\0\0}\x94\x8c\1a\x94K\1s."));
    ASSERT_TRUE(test::succeeds(pickle));
    const auto* dict = pickle->as<PickleDict>(pickle->root);
    ASSERT_NE(dict, nullptr);
    EXPECT_EQ(*pickle->as<std::string>(dict->items.at(0).first), "a");
}

TEST(PickleReader, takesAGlobalForANameOnly)
{
    const auto pickle = readPickle(kProtocol2 + "cposix\nsystem\nX" + bytes("\4\0\0\0") + "true\x85R.");
    ASSERT_TRUE(test::succeeds(pickle));
    const auto* call = pickle->as<PickleCall>(pickle->root);
    ASSERT_NE(call, nullptr);
    EXPECT_EQ(call->callable, "posix.system");
    const auto* arguments = pickle->as<PickleTuple>(call->arguments);
    ASSERT_NE(arguments, nullptr);
    EXPECT_EQ(*pickle->as<std::string>(arguments->items.at(0)), "true");
    const auto global = readPickle("c__main__\nTinyVGG\n.");
    ASSERT_TRUE(test::succeeds(global));
    EXPECT_EQ(global->as<PickleGlobal>(global->root)->name, "__main__.TinyVGG");
}

TEST(PickleReader, readsReferencesToWhatLiesOutside)
{
    const auto pickle = readPickle("K\7Q.");
    ASSERT_TRUE(test::succeeds(pickle));
    const auto* persistent = pickle->as<PicklePersistent>(pickle->root);
    ASSERT_NE(persistent, nullptr);
    EXPECT_EQ(*pickle->as<std::int64_t>(persistent->id), 7);
}

TEST(PickleReader, readsLongNumbersWithTheirSign)
{
    const auto number = [](const std::string& text) {
        const auto pickle = readPickle("\x8a" + text + ".");
        return pickle ? *pickle->as<std::int64_t>(pickle->root) : -999;
    };
    EXPECT_EQ(number(bytes("\0")), 0);
    EXPECT_EQ(number(bytes("\1\xff")), -1);
    EXPECT_EQ(number(bytes("\2\0\x80")), -32768);
    EXPECT_EQ(number(bytes("\3\0\0\1")), 65536);
    EXPECT_EQ(number(bytes("\5\0\0\0\0\1")), std::int64_t{1} << 32);
    EXPECT_EQ(number(bytes("\10\xff\xff\xff\xff\xff\xff\xff\x7f")), std::numeric_limits<std::int64_t>::max());
    EXPECT_EQ(number(bytes("\10\0\0\0\0\0\0\0\x80")), std::numeric_limits<std::int64_t>::min());
}

TEST(PickleReader, sharesWhatIsRemembered)
{
    // ("x", "x"), the second from the memo
    const auto pickle = readPickle(bytes("X\1\0\0\0xq\5h\5\x86."));
    ASSERT_TRUE(test::succeeds(pickle));
    const auto* tuple = pickle->as<PickleTuple>(pickle->root);
    ASSERT_NE(tuple, nullptr);
    EXPECT_EQ(tuple->items[0], tuple->items[1]);
}

TEST(PickleReader, survivesAValueThatContainsItself)
{
    // d = {}; d["d"] = d
    const auto pickle = readPickle(bytes("}q\0X\1\0\0\0dh\0s."));
    ASSERT_TRUE(test::succeeds(pickle));
    EXPECT_EQ(pickle->as<PickleDict>(pickle->root)->items[0].second, pickle->root);
}

namespace
{

struct BadPickle {
    const char* name;
    std::string content;
    std::string found;
};

} // namespace

TEST(PickleReader, refusesWhatIsMalformed)
{
    const std::vector<BadPickle> cases = {
        {"empty", "", "its end"},
        {"withoutStop", kProtocol2 + "}", "its end"},
        {"stopWithoutValue", kProtocol2 + ".", "an instruction on an empty stack"},
        {"unknownInstruction", "}\xff.", "instruction 255 at byte 1"},
        {"aList", "].", "instruction 93 at byte 0"},
        {"inst", "(iposix\nsystem\n.", "instruction 105"},
        {"obj", "(cposix\nsystem\no.", "instruction 111"},
        {"newobj", bytes("cposix\nsystem\n)\x81."), "instruction 129"},
        {"extension", bytes("\x82\1."), "instruction 130"},
        {"protocolCut", "\x80", "its end"},
        {"frameCut", bytes("\x95\1\0\0"), "its end"},
        {"textCut", bytes("X\5\0\0\0abc"), "its end"},
        {"textOfFourGigabytes",
         "X\xff\xff\xff\xff"
         "abc.",
         "its end"},
        {"numberCut", bytes("J\1\2"), "its end"},
        {"longCut", bytes("\x8a\4\1\1."), "its end"},
        {"longOfManyBytes", bytes("\x8a\11\1\1\1\1\1\1\1\1\1."), "a number of more than 64 bits"},
        {"globalCut", "cposix", "its end within a name"},
        {"globalWithoutName", "cposix\nsystem", "its end within a name"},
        {"popOfNothing", "0.", "an instruction on an empty stack"},
        {"tupleOfTooFew", bytes("K\1\x86."), "an instruction on an empty stack"},
        {"tupleAcrossAMark", bytes("K\1(K\2\x86."), "an instruction on an empty stack"},
        {"tupleWithoutMark", bytes("K\1t."), "the end of a list that was never begun"},
        {"itemForNoDict", bytes(")K\1K\2s."), "an item for something that is not a dict"},
        {"itemsForNoDict", bytes("N(K\1K\2u."), "an item for something that is not a dict"},
        {"itemsForNothing", bytes("(K\1K\2u."), "an instruction on an empty stack"},
        {"keyWithoutValue", bytes("}(K\1u."), "a dict with a key that has no value"},
        {"unknownMemo", bytes("h\3."), "a reference to an unknown memo entry"},
        {"unknownLongMemo", bytes("j\3\0\0\0."), "a reference to an unknown memo entry"},
        {"rememberNothing", bytes("q\0."), "an instruction on an empty stack"},
        {"callOfANumber", bytes("K\1)R."), "a call of something that is not a function"},
        {"callWithoutTuple", bytes("cos\nsystem\nK\1R."), "a call of something that is not a function"},
        {"nameOfANumber", bytes("K\1K\2\x93."), "a name that is not a string"},
        {"buildOfNothing", bytes("K\1b."), "an instruction on an empty stack"},
        {"referenceToNothing", "Q.", "an instruction on an empty stack"},
    };
    for (const BadPickle& bad : cases) {
        SCOPED_TRACE(bad.name);
        EXPECT_TRUE(failsWith(readPickle(bad.content), ErrorCode::BadFormat,
                              {"expected a pickled state_dict", "found " + bad.found}));
    }
}

TEST(PickleReader, refusesEveryTruncation)
{
    for (std::size_t length = 0; length < kExample.size(); ++length)
        EXPECT_TRUE(failsWith(readPickle(kExample.substr(0, length)), ErrorCode::BadFormat)) << length;
}

TEST(PickleReader, survivesDamageAndRefersOnlyToWhatIsThere)
{
    std::mt19937_64 random(1);
    for (int i = 0; i < 20'000; ++i) {
        const auto pickle = readPickle(test::damaged(kExample, random));
        if (!pickle) {
            ASSERT_TRUE(failsWith(pickle, ErrorCode::BadFormat));
            continue;
        }
        const std::size_t count = pickle->values.size();
        ASSERT_LT(pickle->root, count);
        for (std::size_t v = 0; v < count; ++v) {
            if (const auto* tuple = pickle->as<PickleTuple>(v)) {
                for (const auto item : tuple->items)
                    ASSERT_LT(item, count);
            } else if (const auto* dict = pickle->as<PickleDict>(v)) {
                for (const auto& [key, value] : dict->items)
                    ASSERT_TRUE(key < count && value < count);
            } else if (const auto* call = pickle->as<PickleCall>(v)) {
                ASSERT_LT(call->arguments, count);
            }
        }
    }
}
