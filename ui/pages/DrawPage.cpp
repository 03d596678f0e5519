#include "ui/pages/DrawPage.h"

#include "core/session/CurrentModel.h"
#include "ui/models/DrawingText.h"
#include "ui/pages/draw/CanvasCard.h"
#include "ui/pages/draw/InsideCard.h"
#include "ui/pages/draw/KeepCard.h"
#include "ui/style/TextRole.h"
#include "ui/widgets/InkCanvas.h"
#include "ui/widgets/NormalizationSteps.h"
#include "ui/widgets/ReadingCard.h"
#include "ui/widgets/TrainOffer.h"

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
      m_offer(new TrainOffer(services.session, this)),
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

    constexpr int kRest = 40; // milliseconds: a picture that moves, and time left for the pen
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
    connect(m_canvasCard, &CanvasCard::told, this, &DrawPage::told);
    connect(&m_services.drawings, &core::DrawingService::haveRead, this, &DrawPage::onRead);
    connect(&m_services.drawings, &core::DrawingService::foundNoInk, this, &DrawPage::onNoInk);
    connect(&m_services.drawings, &core::DrawingService::failed, this, [this](const engine::Error& error) {
        m_reading->showProblem(QString::fromStdString(error.message));
    });
    connect(&m_services.model, &core::CurrentModel::changed, this, &DrawPage::onModelChanged);
    connect(&m_services.session, &core::TrainingSession::stateChanged, this, &DrawPage::updateOffer);
    connect(m_offer, &TrainOffer::trainWanted, this, &DrawPage::trainWanted);
    connect(m_inside, &InsideCard::trainRobustWanted, this,
            [this] { Q_EMIT trainWanted(engine::Preset::Robust); });
    connect(m_inside, &InsideCard::mapChosen, this, [this](int layer, int unit) {
        if (m_latest)
            Q_EMIT inspectWanted(seen(), layer, unit);
    });
    connect(m_keep, &KeepCard::kept, &m_canvas, &InkCanvas::clear); // for the next; undo brings it back
    connect(m_keep, &KeepCard::fineTuneWanted, this, &DrawPage::fineTuneWanted);
    connect(m_keep, &KeepCard::told, this, &DrawPage::told);
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

void DrawPage::setDataset(const std::shared_ptr<const core::LoadedDataset>& dataset, bool isLoading)
{
    m_dataset = dataset;
    m_offer->setDataset(dataset ? QString::fromStdString(dataset->splits.title) : QString(), isLoading,
                        dataset ? whyNoDrawings(dataset->splits) : QString());
    updateOffer();
}

void DrawPage::updateOffer()
{
    const bool canTrain = m_dataset && showsHandwriting(m_dataset->splits) && !m_services.session.isActive();
    m_inside->setTrainable(canTrain ? QString::fromStdString(m_dataset->splits.title) : QString());
}

void DrawPage::requestReading()
{
    const auto model = m_services.model.get();
    const bool isRead =
        model && canReadDrawings(*model); // else the drawing is only made as MNIST's digits were
    m_services.drawings.read(isRead ? model->snapshot : nullptr, m_canvasCard->ink());
}

void DrawPage::onRead(const std::shared_ptr<const core::DrawingReading>& reading)
{
    if (m_canvas.isEmpty())
        return; // it was cleared meanwhile; the answer to that follows
    m_latest = reading;
    const auto model = m_services.model.get();
    if (model && reading->model == model->snapshot)
        m_reading->setReading(reading);
    m_keep->setDrawing(seen());
    if (!m_restTimer.isActive())
        m_restTimer.start(); // and not at once: the bars are to be painted first
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
        m_latest && model && !canReadDrawings(*model)
            ? tr("Your ink, as MNIST's digits were made. This model sees none of it.")
        : !m_latest             ? tr("Every drawing is made as MNIST's digits were, so place and size do not "
                                                 "matter.")
        : m_latest->isDrawnAnew ? tr("Your strokes, drawn anew with a pen as wide as MNIST's.")
                                : tr("Your ink, as MNIST's digits were made."));
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
    // What is drawn comes first; the maps need their rows, and no more.
    m_lower->setFixedHeight(std::clamp(height() * 41 / 100, 236, 320));
    QWidget::resizeEvent(event);
}

void DrawPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_canvas.setFocus();
}

} // namespace ui
