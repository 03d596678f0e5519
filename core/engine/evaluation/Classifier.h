// A model that predicts the classes of images.
#pragma once

#include "engine/network/ModelSnapshot.h"

#include <cstdint>
#include <memory>
#include <span>

namespace engine
{

struct Classification {
    int prediction = 0;               ///< the most probable class
    std::vector<float> probabilities; ///< one per class, summing to 1
};

/// Runs on the CPU. Not thread-safe.
class Classifier
{
public:
    static Result<Classifier> create(const ModelSnapshot& model);
    ~Classifier();
    Classifier(Classifier&&) noexcept;
    Classifier& operator=(Classifier&&) noexcept;

    /// `pixels` holds complete images of the model's input size, consecutively, 0 … 255. Errors: BadValue for
    /// any other length, OutOfMemory, Internal.
    Result<std::vector<Classification>> classify(std::span<const std::uint8_t> pixels);

private:
    struct Network;
    explicit Classifier(std::unique_ptr<Network> network);

    std::unique_ptr<Network> m_network;
};

} // namespace engine
