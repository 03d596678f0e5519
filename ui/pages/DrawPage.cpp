#include "ui/pages/DrawPage.h"

#include "core/session/CurrentModel.h"
#include "core/session/TrainingController.h"
#include "ui/models/DrawingText.h"
#include "ui/pages/draw/CanvasCard.h"
#include "ui/pages/draw/InkCanvas.h"
#include "ui/pages/draw/InsideCard.h"
#include "ui/pages/draw/KeepCard.h"
#include "ui/pages/draw/NormalizationSteps.h"
#include "ui/pages/draw/ReadingCard.h"
#include "ui/pages/draw/TrainOffer.h"
#include "ui/style/TextRole.h"

#include <QLabel>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace ui
{

DrawPage::DrawPage(const Services& services, QWidget* parent)
    : QWidget(parent),
      m_services(services),
      m_canvasCard(new CanvasCard(this)),
      m_canvas(m_canvasCard->canvas()),
      m_steps(new NormalizationSteps(this)),
      m_stepsNote(new QLabel(this)),
      m_answer(new QStackedWidget(this)),
      m_reading(new ReadingCard(this)),
      m_offer(new TrainOffer(services.training, this)),
      m_inside(new InsideCard(this)),
      m_keep(new KeepCard(services, this)),
      m_lower(new QWidget(this))
{
    setObjectName(QStringLiteral("drawPage"));
    auto* upper = new QHBoxLayout;
    upper->setSpacing(12);
    upper->addWidget(m_canvasCard, 36);
    upper->addWidget(makeStepsCard(), 31);
    upper->addWidget(makeAnswer(), 33);
    auto* lower = new QHBoxLayout(m_lower);
    lower->setContentsMargins(0, 0, 0, 0);
    lower->setSpacing(12);
    lower->addWidget(m_inside, 62);
    lower->addWidget(m_keep, 38);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    layout->addLayout(upper, 1);
    layout->addWidget(m_lower);

    constexpr int kRest = 40; // milliseconds: smooth enough for a moving picture, and leaves time for the pen
    m_restTimer.setSingleShot(true);
    m_restTimer.setInterval(kRest);
    connect(&m_restTimer, &QTimer::timeout, this, &DrawPage::showRest);
    connectCards();
    onModelChanged();
    onNoInk();
}

void DrawPage::connectCards()
{
    connect(&m_canvas, &InkCanvas::inkChanged, this, &DrawPage::requestReading);
    connect(m_canvasCard, &CanvasCard::messageReported, this, &DrawPage::messageReported);
    connect(&m_services.drawings, &core::DrawingService::haveRead, this, &DrawPage::onRead);
    connect(&m_services.drawings, &core::DrawingService::foundNoInk, this, &DrawPage::onNoInk);
    connect(&m_services.drawings, &core::DrawingService::failed, this, [this](const engine::Error& error) {
        m_reading->showProblem(QString::fromStdString(error.message));
    });
    connect(&m_services.model, &core::CurrentModel::changed, this, &DrawPage::onModelChanged);
    const core::DatasetLoader& datasets = m_services.datasets;
    connect(&datasets, &core::DatasetLoader::loadingStarted, this, &DrawPage::updateOffer);
    connect(&datasets, &core::DatasetLoader::failed, this, &DrawPage::updateOffer);
    connect(&datasets, &core::DatasetLoader::cancelled, this, &DrawPage::updateOffer);
    connect(&m_services.training, &core::TrainingController::datasetChanged, this, &DrawPage::updateOffer);
    connect(&m_services.training, &core::TrainingController::stateChanged, this, &DrawPage::updateTrainable);
    connect(m_offer, &TrainOffer::trainWanted, this, &DrawPage::trainWanted);
    connect(m_inside, &InsideCard::trainRobustWanted, this,
            [this] { Q_EMIT trainWanted(engine::Preset::Robust); });
    connect(m_inside, &InsideCard::mapChosen, this, [this](int layer, int unit) {
        if (m_latest)
            Q_EMIT inspectWanted(seen(), layer, unit);
    });
    connect(m_keep, &KeepCard::kept, &m_canvas, &InkCanvas::clear); // undo restores the drawing
    connect(m_keep, &KeepCard::fineTuneWanted, this, &DrawPage::fineTuneWanted);
    connect(m_keep, &KeepCard::messageReported, this, &DrawPage::messageReported);
}

QWidget* DrawPage::makeStepsCard()
{
    auto* card = new Card(tr("What the network sees"), this);
    m_stepsNote->setObjectName(QStringLiteral("normalizationNote"));
    m_stepsNote->setWordWrap(true);
    setTextRole(m_stepsNote, TextRole::Small);
    card->body()->addWidget(m_steps, 1);
    card->body()->addWidget(m_stepsNote);
    return card;
}

QWidget* DrawPage::makeAnswer()
{
    auto* card = new Card({}, this);
    card->body()->addWidget(m_offer, 1);
    m_answer->addWidget(m_reading);
    m_answer->addWidget(card);
    return m_answer;
}

void DrawPage::updateOffer()
{
    const auto& dataset = m_services.training.dataset();
    m_offer->setDataset(dataset ? QString::fromStdString(dataset->splits.title) : QString(),
                        m_services.datasets.isLoading(),
                        dataset ? whyNoDrawings(dataset->splits) : QString());
    updateTrainable();
}

void DrawPage::updateTrainable()
{
    const auto& dataset = m_services.training.dataset();
    const bool canTrain = m_services.training.canStart() && showsHandwriting(dataset->splits);
    m_inside->setTrainable(canTrain ? QString::fromStdString(dataset->splits.title) : QString());
}

void DrawPage::requestReading()
{
    const auto model = m_services.model.get();
    const bool canClassify = model && canReadDrawings(*model); // if not, the drawing is only normalized
    m_services.drawings.read(canClassify ? model->snapshot : nullptr, m_canvasCard->ink());
}

void DrawPage::onRead(const std::shared_ptr<const core::DrawingReading>& reading)
{
    if (m_canvas.isEmpty())
        return; // cleared in the meantime; the result for the empty canvas follows
    m_latest = reading;
    const auto model = m_services.model.get();
    if (model && reading->model == model->snapshot)
        m_reading->setReading(reading);
    m_keep->setDrawing(seen());
    if (!m_restTimer.isActive())
        m_restTimer.start(); // deferred, so that the bars are painted first
}

void DrawPage::onNoInk()
{
    m_latest.reset();
    m_reading->setReading(nullptr);
    m_keep->setDrawing({});
    showRest();
}

void DrawPage::onModelChanged()
{
    const auto model = m_services.model.get();
    m_answer->setCurrentIndex(model ? 0 : 1);
    m_reading->setModel(model);
    m_inside->setModel(model);
    if (!m_canvas.isEmpty())
        requestReading();
}

void DrawPage::showRest()
{
    m_restTimer.stop();
    m_steps->setReading(m_latest);
    const auto model = m_services.model.get();
    m_stepsNote->setText(
        !m_latest ? tr("Drawings are cropped, scaled and centered like MNIST digits: "
                       "position and size do not matter.")
        : model && !canReadDrawings(*model)
            ? tr("Your drawing, normalized like MNIST digits. This model cannot classify it.")
        : m_latest->isDrawnAnew ? tr("Your strokes, redrawn with MNIST's pen width.")
                                : tr("Your drawing, normalized like MNIST digits."));
    m_reading->showDetail();
    m_inside->setReading(m_latest);
    Q_EMIT seenChanged(seen());
}

std::vector<std::uint8_t> DrawPage::seen() const
{
    return m_latest ? m_latest->seen.pixels : std::vector<std::uint8_t>();
}

void DrawPage::resizeEvent(QResizeEvent* event)
{
    // The drawing gets most of the height; the feature maps only need their rows.
    m_lower->setFixedHeight(std::clamp(height() * 41 / 100, 236, 320));
    QWidget::resizeEvent(event);
}

void DrawPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_canvas.setFocus();
}

} // namespace ui
