// Labeled images of equal size, gray or color. Immutable and cheap to copy.
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

    /// `pixels` holds labels.size() × channels × height × width bytes. Error: BadFormat if the sizes disagree
    /// or a label is not below `classCount` (1 … 256).
    static Result<Dataset> create(const ImageShape& shape, std::vector<std::uint8_t> pixels,
                                  std::vector<std::uint8_t> labels, int classCount);
    /// For gray images.
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
    /// Channel after channel, each row by row; red, green, blue if there are three.
    std::span<const std::uint8_t> image(std::size_t index) const;
    std::span<const std::uint8_t> labels() const { return std::span(m_storage->labels).first(m_size); }
    /// All images, consecutively.
    std::span<const std::uint8_t> pixels() const;
    /// Images per class, classCount() entries.
    std::vector<std::size_t> classCounts() const;

    /// The first `count` images (all, if there are fewer). Shares the memory.
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

/// A training and a test split with the same image shape and classes.
struct DatasetSplits {
    std::string id;    ///< used on the command line and in files: "mnist", "sketch-digits" or a folder
    std::string title; ///< shown to the user: "MNIST"
    std::vector<std::string> classNames;
    Dataset train;
    Dataset test;
};

} // namespace engine
