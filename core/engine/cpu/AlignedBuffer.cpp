#include "engine/cpu/AlignedBuffer.h"

#include <algorithm>
#include <cstdlib>
#include <new>

namespace engine
{
namespace
{

constexpr std::size_t kAlignment = 64;

} // namespace

void AlignedBuffer::Free::operator()(float* memory) const
{
    std::free(memory);
}

AlignedBuffer::AlignedBuffer(std::size_t size)
{
    if (size == 0)
        return;
    const std::size_t bytes = (size * sizeof(float) + kAlignment - 1) / kAlignment * kAlignment;
    m_data.reset(static_cast<float*>(std::aligned_alloc(kAlignment, bytes)));
    if (!m_data)
        throw std::bad_alloc();
    std::fill_n(m_data.get(), bytes / sizeof(float), 0.0F);
}

} // namespace engine
