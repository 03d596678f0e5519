// Zero-initialized floats, aligned for any vector type.
#pragma once

#include "engine/cpu/InterleavedTensor.h"

#include <memory>

namespace engine
{

class AlignedBuffer
{
public:
    explicit AlignedBuffer(std::size_t size = 0);
    float* data() const { return m_data.get(); }
    float& operator[](std::size_t i) const { return m_data[static_cast<std::ptrdiff_t>(i)]; }

private:
    struct Free {
        void operator()(float* memory) const;
    };
    std::unique_ptr<float[], Free> m_data;
};

/// A tensor that owns its memory, for chunks of `lanes` images.
struct OwnedTensor : InterleavedTensor {
    OwnedTensor() = default;
    OwnedTensor(int itsChannels, int itsHeight, int itsWidth, int itsBorder, int lanes)
        : InterleavedTensor{nullptr, itsChannels, itsHeight, itsWidth, itsBorder},
          memory(vectorCount() * static_cast<std::size_t>(lanes))
    {
        data = memory.data();
    }

    AlignedBuffer memory;
};

} // namespace engine
