// A model ready to predict the classes of images.
#pragma once

#include "engine/network/ModelSnapshot.h"

#include <memory>
#include <span>

namespace engine
{

struct Classification {
    int prediction = 0;               ///< the most probable class
    std::vector<float> probabilities; ///< one a class, summing to 1
};

/// Used from one thread at a time, on the CPU.
class Classifier
{
public:
    static Result<Classifier> create(const ModelSnapshot& model);
    ~Classifier();
    Classifier(Classifier&&) noexcept;
    Classifier& operator=(Classifier&&) noexcept;

    /// `pixels` holds whole images of the model's input size, one behind the other, 0 … 255. Errors: BadValue
    /// for any other length, OutOfMemory, Internal.
    Result<std::vector<Classification>> classify(std::span<const std::uint8_t> pixels);

private:
    struct Network;
    explicit Classifier(std::unique_ptr<Network> network);

    std::unique_ptr<Network> m_network;
};

} // namespace engine
