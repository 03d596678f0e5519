// The image to inspect: a test image selected in ImageBar, an image of an evaluation, the drawing, or a
// picture from a file, dropped or pasted.
#pragma once

#include "core/catalog/DatasetCatalog.h"
#include "core/evaluation/EvaluatedSplit.h"
#include "ui/Services.h"
#include "ui/models/Inspection.h"

#include <QObject>

#include <cstdint>

namespace ui
{

class DigitPictures;
class ImageBar;
class ModelSource;

class ImageSource : public QObject
{
    Q_OBJECT
public:
    /// `model` determines the image size; both must outlive this. Dialogs open above `window`.
    ImageSource(const Services& services, ImageBar& bar, const ModelSource& model, QWidget* window);

    const ChosenImage& image() const { return m_image; }
    DigitPictures* pictures() { return m_pictures; }

    /// Null for none; selects the first test image.
    void setDataset(const std::shared_ptr<const core::LoadedDataset>& dataset, const QStringList& classNames);
    /// By its index in the test or training images.
    void showSample(core::SplitKind kind, std::uint32_t index);
    void showTestImage(std::uint32_t index) { showSample(core::SplitKind::Test, index); }
    /// An image of the model's input shape, 0 … 255, channel by channel, row by row.
    void showImage(std::vector<std::uint8_t> pixels, const QString& title);
    /// The network input of the canvas; empty for none. Replaces the drawing if that is being inspected.
    void setDrawing(std::vector<std::uint8_t> pixels);
    void showDrawing();
    /// The content of the clipboard.
    void paste();

Q_SIGNALS:
    void changed();
    void failed(const QString& message);

private:
    void set(ChosenImage image);
    /// The shape of a digit if there is no model.
    engine::ImageShape shapeOfModel() const;
    void showErrorsOfRun();

    Services m_services;
    ImageBar& m_bar;
    const ModelSource& m_model;
    DigitPictures* m_pictures;
    std::shared_ptr<const core::LoadedDataset> m_dataset;
    std::shared_ptr<const core::EvaluatedSplit> m_evaluation; ///< latest evaluation of the test images
    ChosenImage m_image;
    std::vector<std::uint8_t> m_drawing;
    bool m_isDrawing = false; ///< the drawing is being inspected
};

} // namespace ui
