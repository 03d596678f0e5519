// Evaluation by CpuNetworks.
#pragma once

#include "engine/cpu/CpuNetwork.h"
#include "engine/cpu/ThreadPool.h"
#include "engine/evaluation/Evaluation.h"

namespace engine
{

/// All images of `dataset`, or those of `images` where that is not empty; a network a worker, with their
/// parameters set. Ends early, with fewer predictions, when `stop` is requested.
Evaluation evaluateOnCpuNetworks(ThreadPool& pool, std::span<CpuNetwork* const> networks,
                                 const Dataset& dataset, std::span<const std::uint32_t> images,
                                 const std::stop_token& stop, const EvaluationProgress& progress);

} // namespace engine
