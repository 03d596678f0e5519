// The arguments of "train".
#pragma once

#include "app/VerbOptions.h"

namespace app
{

/// `chosen` is set where the arguments name this verb.
void addTrain(CLI::App& root, Verb& chosen);

} // namespace app
