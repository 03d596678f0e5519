// Must not compile with -Werror=unused-result: a Result is ignored.
#include "engine/Result.h"

engine::Result<void> save();
engine::Result<int> load();

void ignoresErrors()
{
#if IGNORED == 0
    if (!save())
        return;
#elif IGNORED == 1
    save();
#elif IGNORED == 2
    load();
#elif IGNORED == 3
    load().and_then([](int) -> engine::Result<void> { return {}; });
#elif IGNORED == 4
    load().map([](int value) { return value + 1; });
#endif
}
