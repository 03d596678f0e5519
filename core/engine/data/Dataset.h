// Labeled images of one size, gray or in color, immutable and cheap to copy.
//
//     auto dataset = engine::Dataset::create(28, 28, pixels, labels, 10);
//     dataset->image(7);   // 784 bytes, row by row, 0 = background, 255 = full ink
//     dataset->label(7);   // 0 … 9
#pragma once

#include "engine/ImageShape.h"
#include "engine/Result.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace engine
{

class Dataset
{
public:
    /// An empty data set of 28 × 28 images and 10 classes.
    Dataset();

    /// `pixels` holds labels.size() × channels × height × width bytes. Fails with BadFormat when the sizes
    /// disagree or a label is not below `classCount` (1 … 256).
    static Result<Dataset> create(const ImageShape& shape, std::vector<std::uint8_t> pixels,
                                  std::vector<std::uint8_t> labels, int classCount);
    /// Of gray images.
    static Result<Dataset> create(int height, int width, std::vector<std::uint8_t> pixels,
                                  std::vector<std::uint8_t> labels, int classCount)
    {
        return create(ImageShape{1, height, width}, std::move(pixels), std::move(labels), classCount);
    }

    std::size_t size() const { return m_size; }
    bool isEmpty() const { return m_size == 0; }
    const ImageShape& shape() const { return m_storage->shape; }
    int height() const { return m_storage->shape.height; }
    int width() const { return m_storage->shape.width; }
    int classCount() const { return m_storage->classCount; }

    std::uint8_t label(std::size_t index) const { return m_storage->labels[index]; }
    /// Channel by channel, each row by row: red, green, blue where there are three.
    std::span<const std::uint8_t> image(std::size_t index) const;
    std::span<const std::uint8_t> labels() const { return std::span(m_storage->labels).first(m_size); }
    /// All images, one behind the other.
    std::span<const std::uint8_t> pixels() const;
    /// Images per class, classCount() entries.
    std::vector<std::size_t> classCounts() const;

    /// The first `count` images (all, where there are fewer), sharing the same memory.
    Dataset first(std::size_t count) const;

private:
    struct Storage {
        ImageShape shape;
        int classCount = 10;
        std::vector<std::uint8_t> pixels;
        std::vector<std::uint8_t> labels;
    };

    std::size_t imageBytes() const;

    std::shared_ptr<const Storage> m_storage;
    std::size_t m_size = 0;
};

/// A training and a test split of the same images' size and classes.
struct DatasetSplits {
    std::string id;    ///< how the command line and records name it: "mnist", "sketch-digits" or a folder
    std::string title; ///< how people read it: "MNIST"
    std::vector<std::string> classNames;
    Dataset train;
    Dataset test;
};

} // namespace engine
