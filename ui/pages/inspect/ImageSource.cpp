#include "ui/pages/inspect/ImageSource.h"

#include "core/evaluation/EvaluationService.h"
#include "core/session/CurrentModel.h"
#include "engine/recognition/Preprocessing.h"
#include "ui/pages/inspect/DigitPictures.h"
#include "ui/pages/inspect/ImageBar.h"
#include "ui/pages/inspect/ModelSource.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>
#include <QWidget>

namespace ui
{
ImageSource::ImageSource(const Services& services, ImageBar& bar, const ModelSource& model, QWidget* window)
    : QObject(window),
      m_services(services),
      m_bar(bar),
      m_model(model),
      m_pictures(new DigitPictures(this))
{
    connect(&bar, &ImageBar::testImageChosen, this, &ImageSource::showTestImage);
    connect(&bar, &ImageBar::drawingWanted, this, &ImageSource::showDrawing);
    connect(&bar, &ImageBar::fileWanted, this, [this, window] { m_pictures->askForFile(window); });
    connect(&model, &ModelSource::changed, this, [this] { m_pictures->setShape(shapeOfModel()); });
    connect(m_pictures, &DigitPictures::haveRead, this, &ImageSource::showImage);
    connect(m_pictures, &DigitPictures::failed, this, &ImageSource::failed);
    connect(&services.model, &core::CurrentModel::changed, this, &ImageSource::showErrorsOfRun);
    connect(&services.evaluations, &core::EvaluationService::evaluated, this,
            [this](const std::shared_ptr<const core::EvaluatedSplit>& split) {
                if (split->kind == core::SplitKind::Test)
                    m_evaluation = split;
                showErrorsOfRun();
            });
}

void ImageSource::setDataset(const std::shared_ptr<const core::LoadedDataset>& dataset,
                             const QStringList& classNames)
{
    m_dataset = dataset;
    m_bar.setTestImages(dataset ? dataset->splits.test : engine::Dataset(), classNames);
    showErrorsOfRun();
    if (m_bar.hasTestImages())
        showTestImage(0);
    else
        set({});
}

void ImageSource::showErrorsOfRun()
{
    const auto model = m_services.model.get();
    const bool isOfModel = model && m_evaluation && m_evaluation->runFolder == model->runFolder;
    m_bar.setEvaluation(isOfModel ? m_evaluation : nullptr);
}

void ImageSource::showSample(core::SplitKind kind, std::uint32_t index)
{
    if (!m_dataset)
        return;
    const bool isTest = kind == core::SplitKind::Test;
    // Validation images are part of the training images.
    const engine::Dataset& images = isTest ? m_dataset->splits.test : m_dataset->splits.train;
    if (index >= images.size())
        return;
    if (isTest)
        m_bar.setIndex(index);
    set(chosenImage(images, index, (isTest ? tr("test image %L1") : tr("training image %L1")).arg(index)));
}

engine::ImageShape ImageSource::shapeOfModel() const
{
    const core::ModelPointer model = m_model.model();
    return model ? model->spec.input : engine::ImageShape{1, engine::kImageSide, engine::kImageSide};
}

void ImageSource::showImage(std::vector<std::uint8_t> pixels, const QString& title)
{
    const engine::ImageShape shape = shapeOfModel();
    if (pixels.size() == static_cast<std::size_t>(shape.size()))
        return set({std::move(pixels), shape, title, std::nullopt});
    Q_EMIT failed(tr("The model expects images of %1 pixels; %2 has %3 pixels.")
                      .arg(QString::fromStdString(engine::text(shape)), title)
                      .arg(pixels.size()));
}

void ImageSource::setDrawing(std::vector<std::uint8_t> pixels)
{
    m_drawing = std::move(pixels);
    m_bar.setDrawingAvailable(!m_drawing.empty());
    if (m_isDrawing && !m_drawing.empty())
        showDrawing();
}

void ImageSource::showDrawing()
{
    showImage(m_drawing, tr("your drawing"));
    m_isDrawing = !m_drawing.empty() && m_image.pixels == m_drawing;
}

void ImageSource::paste()
{
    const QMimeData* copied = QGuiApplication::clipboard()->mimeData();
    if (copied == nullptr || !m_pictures->read(*copied))
        Q_EMIT failed(tr("The clipboard contains no picture."));
}

void ImageSource::set(ChosenImage image)
{
    m_image = std::move(image);
    m_isDrawing = false;
    Q_EMIT changed();
}

} // namespace ui
