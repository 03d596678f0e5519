// Evaluation on CpuNetworks.
#pragma once

#include "engine/cpu/CpuNetwork.h"
#include "engine/cpu/ThreadPool.h"
#include "engine/evaluation/Evaluation.h"

#include <cstdint>

namespace engine
{

/// Evaluates all images of `dataset`, or those with the indices `images` if that is not empty. One network
/// per worker, with parameters set. Returns early with fewer predictions if `stop` is requested.
Evaluation evaluateOnCpuNetworks(ThreadPool& pool, std::span<CpuNetwork* const> networks,
                                 const Dataset& dataset, std::span<const std::uint32_t> images,
                                 const std::stop_token& stop, const EvaluationProgress& progress);

} // namespace engine
