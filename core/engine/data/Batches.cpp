#include "engine/data/Batches.h"

namespace engine
{
namespace
{

torch::Tensor scaledToUnit(const torch::Tensor& pixels)
{
    torch::Tensor images = pixels.to(torch::kFloat).div_(255);
    if (images.is_cpu())
        return images; // on the CPU, batch normalization is slower and less accurate in channels_last
    const auto sizes = images.sizes();
    if (sizes[1] > 1)
        return images.contiguous(torch::MemoryFormat::ChannelsLast);
    // With one channel, NCHW and channels_last have the same bytes. The strides tell them apart and select
    // the faster convolution kernels.
    return images.as_strided(sizes, {sizes[2] * sizes[3], 1, sizes[3], 1});
}

} // namespace

Batches::Batches(const Dataset& dataset, const torch::Device& device)
{
    const auto count = static_cast<std::int64_t>(dataset.size());
    // from_blob takes a non-const pointer, but nothing here writes. The copy of `dataset` keeps the memory
    // alive.
    m_pixels = torch::from_blob(
                   const_cast<std::uint8_t*>(dataset.pixels().data()),
                   {count, dataset.shape().channels, dataset.height(), dataset.width()}, [dataset](void*) {},
                   torch::kUInt8)
                   .to(device);
    m_labels = torch::from_blob(const_cast<std::uint8_t*>(dataset.labels().data()), {count}, torch::kUInt8)
                   .to(device, torch::kLong);
}

Batch Batches::gather(const torch::Tensor& indices) const
{
    return {scaledToUnit(m_pixels.index_select(0, indices)), m_labels.index_select(0, indices)};
}

Batch Batches::slice(std::int64_t begin, std::int64_t count) const
{
    return {scaledToUnit(m_pixels.narrow(0, begin, count)), m_labels.narrow(0, begin, count)};
}

} // namespace engine
