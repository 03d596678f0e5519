#include "ui/pages/DrawPage.h"

#include "core/evaluation/ModelComparison.h"
#include "core/session/CurrentModel.h"
#include "core/session/KeptDigits.h"
#include "engine/inspection/Layers.h"
#include "ui/models/DrawingText.h"
#include "ui/models/FeatureMaps.h"
#include "ui/models/PictureReader.h"
#include "ui/style/Colors.h"
#include "ui/style/Icons.h"
#include "ui/style/TextRole.h"
#include "ui/widgets/Card.h"
#include "ui/widgets/FeatureMapStrip.h"
#include "ui/widgets/InkCanvas.h"
#include "ui/widgets/KeepCard.h"
#include "ui/widgets/NormalizationSteps.h"
#include "ui/widgets/ReadingCard.h"
#include "ui/widgets/SegmentedButtons.h"
#include "ui/widgets/TrainOffer.h"

#include <QAction>
#include <QClipboard>
#include <QEvent>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QMimeData>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QToolButton>
#include <QVBoxLayout>
#include <array>

namespace ui
{
namespace
{

/// Shares of the canvas' side.
constexpr std::array<qreal, 3> kPens = {0.045, 0.08, 0.12};
constexpr int kMediumPen = 1;

core::DrawnInk inkOf(const InkCanvas& canvas)
{
    const QImage image = canvas.ink();
    core::DrawnInk drawn;
    drawn.image.width = image.width();
    drawn.image.height = image.height();
    for (int y = 0; y < image.height(); ++y)
        drawn.image.ink.insert(drawn.image.ink.end(), image.constScanLine(y),
                               image.constScanLine(y) + image.width());
    const Drawing drawing = canvas.drawing();
    const bool isStrokesAlone =
        drawing.picture.isNull() && std::none_of(drawing.strokes.begin(), drawing.strokes.end(),
                                                 [](const InkStroke& stroke) { return stroke.isErasing; });
    if (!isStrokesAlone)
        return drawn;
    for (const InkStroke& stroke : drawing.strokes) {
        engine::Stroke points;
        for (const InkPoint& point : stroke.points) {
            points.push_back({static_cast<float>(point.position.x() * image.width()),
                              static_cast<float>(point.position.y() * image.height()),
                              static_cast<float>(point.width * image.width())});
        }
        drawn.strokes.push_back(std::move(points));
    }
    return drawn;
}

constexpr std::array kShownLayers = {1, 4, 6, 9}; ///< of engine::layerTable()

/// What is left of the drawing behind each ReLU and pooling that has maps of another size or kind.
std::vector<FeatureMaps> mapsOf(const engine::Activations& activations)
{
    std::vector<FeatureMaps> rows;
    for (const int layer : kShownLayers) {
        const engine::LayerActivation& activation = activations.layers[static_cast<std::size_t>(layer)];
        rows.push_back({QString::fromStdString(activation.layer.name),
                        QString::fromStdString(activation.layer.kind), activation.shape.channels,
                        activation.shape.height, activation.shape.width, activation.values});
    }
    return rows;
}

} // namespace

DrawPage::DrawPage(const Services& services, QWidget* parent)
    : QWidget(parent),
      m_services(services),
      m_canvas(new InkCanvas(this)),
      m_pictures(new PictureReader(this)),
      m_pens(new SegmentedButtons(SegmentedButtons::Mode::One, this)),
      m_steps(new NormalizationSteps(this)),
      m_stepsNote(new QLabel(this)),
      m_answer(new QStackedWidget(this)),
      m_reading(new ReadingCard(this)),
      m_offer(new TrainOffer(services.session, this)),
      m_inside(new Card(tr("Inside the network"), this)),
      m_maps(new FeatureMapStrip(this)),
      m_mapsHint(new QLabel(tr("Draw a digit: what each layer makes of it appears here."), m_maps)),
      m_keep(new KeepCard(this)),
      m_lower(new QWidget(this)),
      m_modelMeaning(new QLabel(this))
{
    setObjectName(QStringLiteral("drawPage"));
    auto* upper = new QHBoxLayout;
    upper->setSpacing(12);
    upper->addWidget(makeCanvasCard(), 36);
    upper->addWidget(makeStepsCard(), 31);
    upper->addWidget(makeReadingCard(), 33);
    auto* lower = new QHBoxLayout(m_lower);
    lower->setContentsMargins(0, 0, 0, 0);
    lower->setSpacing(12);
    lower->addWidget(makeInsideCard(), 62);
    lower->addWidget(makeKeepCard(), 38);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    layout->addLayout(upper, 1);
    layout->addWidget(m_lower);

    connect(m_canvas, &InkCanvas::inkChanged, this, &DrawPage::requestReading);
    connect(m_canvas, &InkCanvas::historyChanged, this, &DrawPage::updateActions);
    connect(m_canvas, &InkCanvas::pictureDropped, this, [this](const QMimeData& dropped) {
        if (!m_pictures->readData(dropped))
            Q_EMIT told(tr("What was dropped is no picture."), false);
    });
    connect(m_pictures, &PictureReader::haveRead, this, [this](const QImage& square) {
        m_canvas->setDrawing({square, {}});
    });
    connect(m_pictures, &PictureReader::failed, this, [this](const engine::Error& error) {
        Q_EMIT told(QString::fromStdString(error.message), false);
    });
    connect(&services.drawings, &core::DrawingService::haveRead, this, &DrawPage::onRead);
    connect(&services.drawings, &core::DrawingService::foundNoInk, this, &DrawPage::onNoInk);
    connect(&services.drawings, &core::DrawingService::failed, this, [this](const engine::Error& error) {
        m_reading->showProblem(QString::fromStdString(error.message));
    });
    connect(&services.model, &core::CurrentModel::changed, this, &DrawPage::onModelChanged);
    connect(m_offer, &TrainOffer::trainWanted, this, &DrawPage::trainWanted);
    connect(&services.kept, &core::KeptDigits::changed, this,
            [this] { m_keep->setKept(m_services.kept.counts(), m_services.kept.isUsable()); });
    connect(&services.kept, &core::KeptDigits::failed, this, [this](const engine::Error& error) {
        Q_EMIT told(QString::fromStdString(error.message), false);
    });
    connect(&services.modelComparison, &core::ModelComparison::compared, this,
            [this](const std::vector<core::ComparedSet>& sets) {
                m_keep->showResult(sets);
                updateKeeping();
            });
    connect(&services.modelComparison, &core::ModelComparison::failed, this,
            [this](const engine::Error& error) {
                m_keep->showText(QString::fromStdString(error.message));
                updateKeeping();
            });
    services.kept.load();
    constexpr int kRest = 40; // milliseconds: a picture that moves, and time left for the pen
    m_restTimer.setSingleShot(true);
    m_restTimer.setInterval(kRest);
    connect(&m_restTimer, &QTimer::timeout, this, &DrawPage::showRest);
    onModelChanged();
    onNoInk();
    updateActions();
    updateIcons();
}

QWidget* DrawPage::makeCanvasCard()
{
    auto* card = new Card(tr("Draw a digit"), this);
    m_canvas->setObjectName(QStringLiteral("inkCanvas"));
    m_pens->setObjectName(QStringLiteral("penWidth"));
    m_pens->setSegments({tr("Fine"), tr("Medium"), tr("Broad")},
                        {tr("A fine pen"), tr("A medium pen"), tr("A broad pen")});
    m_pens->setChecked(kMediumPen);
    m_canvas->setPenWidth(kPens[kMediumPen]);
    connect(m_pens, &SegmentedButtons::toggled, this,
            [this](int pen) { m_canvas->setPenWidth(kPens[static_cast<std::size_t>(pen)]); });

    m_undo = addAction("undoInk", QStringLiteral("undo"), tr("Undo"), tr("Take the last stroke back"),
                       {QKeySequence(Qt::CTRL | Qt::Key_Z)}, [this] { m_canvas->undo(); });
    m_redo = addAction("redoInk", QStringLiteral("redo"), tr("Redo"), tr("Draw again what was taken back"),
                       {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), QKeySequence(Qt::CTRL | Qt::Key_Y)},
                       [this] { m_canvas->redo(); });
    m_clear = addAction("clearInk", QStringLiteral("close"), tr("Clear"), tr("Begin anew; can be undone"),
                        {QKeySequence(Qt::Key_Delete)}, [this] { m_canvas->clear(); });
    for (QToolButton* button : {m_undo, m_redo})
        button->setToolButtonStyle(Qt::ToolButtonIconOnly);
    for (QToolButton* button : {m_undo, m_redo, m_clear})
        card->header()->addWidget(button);

    auto* foot = new QHBoxLayout;
    foot->setSpacing(8);
    foot->addWidget(m_pens);
    foot->addStretch();
    foot->addWidget(addAction("pasteInk", QStringLiteral("paste"), tr("Paste"), tr("Paste a picture"),
                              {QKeySequence(Qt::CTRL | Qt::Key_V)}, [this] { paste(); }));
    foot->addWidget(addAction("openInk", QStringLiteral("folder"), tr("Open…"),
                              tr("Open a picture of a digit: a scan, a photograph, a screenshot"),
                              {QKeySequence(Qt::CTRL | Qt::Key_O)}, [this] { openImage(); }));
    card->body()->addWidget(m_canvas, 1);
    card->body()->addLayout(foot);
    return card;
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

QWidget* DrawPage::makeReadingCard()
{
    auto* card = new Card({}, this);
    card->body()->addWidget(m_offer, 1);
    m_answer->addWidget(m_reading);
    m_answer->addWidget(card);
    return m_answer;
}

QWidget* DrawPage::makeInsideCard()
{
    m_maps->setObjectName(QStringLiteral("drawingMaps"));
    m_maps->setAccessibleName(tr("Feature maps of the drawing"));
    m_mapsHint->setAlignment(Qt::AlignCenter);
    m_mapsHint->setWordWrap(true);
    setTextRole(m_mapsHint, TextRole::Secondary);
    auto* overlay = new QVBoxLayout(m_maps);
    overlay->addWidget(m_mapsHint);
    m_modelMeaning->setObjectName(QStringLiteral("drawingModelMeaning"));
    m_modelMeaning->setWordWrap(true);
    setTextRole(m_modelMeaning, TextRole::Small);
    m_inside->body()->addWidget(m_maps, 1);
    m_maps->setFocusPolicy(Qt::NoFocus); // arrow keys would leave the page; Inspect has them
    connect(m_maps, &FeatureMapView::chosen, this, [this](int row, int unit) {
        if (m_latest)
            Q_EMIT inspectWanted(m_latest->seen.pixels, kShownLayers[static_cast<std::size_t>(row)], unit);
    });
    m_inside->body()->addWidget(m_modelMeaning);
    return m_inside;
}

QWidget* DrawPage::makeKeepCard()
{
    connect(m_keep, &KeepCard::keepWanted, this, &DrawPage::keep);
    connect(m_keep, &KeepCard::undoWanted, this, [this] { m_services.kept.removeLast(); });
    connect(m_keep, &KeepCard::evaluateWanted, this, &DrawPage::evaluateKept);
    return m_keep;
}

QToolButton* DrawPage::addAction(const char* name, const QString& iconName, const QString& text,
                                 const QString& tip, const QList<QKeySequence>& shortcuts,
                                 const std::function<void()>& run)
{
    auto* action = new QAction(text, this);
    action->setShortcuts(shortcuts);
    action->setShortcutContext(Qt::WindowShortcut);
    connect(action, &QAction::triggered, this, run);
    QWidget::addAction(action);
    auto* button = new QToolButton(this);
    button->setObjectName(QLatin1String(name));
    button->setDefaultAction(action);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setFocusPolicy(Qt::TabFocus);
    button->setAccessibleName(text);
    button->setToolTip(
        QStringLiteral("%1 (%2)").arg(tip, shortcuts.first().toString(QKeySequence::NativeText)));
    m_icons.insert(button, iconName);
    return button;
}

void DrawPage::setDataset(const std::shared_ptr<const core::LoadedDataset>& dataset, bool isLoading)
{
    m_offer->setDataset(dataset ? QString::fromStdString(dataset->splits.title) : QString(), isLoading);
}

void DrawPage::requestReading()
{
    const auto model = m_services.model.get();
    m_services.drawings.read(model ? model->snapshot : nullptr, inkOf(*m_canvas));
}

void DrawPage::onRead(const std::shared_ptr<const core::DrawingReading>& reading)
{
    if (m_canvas->isEmpty())
        return; // it was cleared meanwhile; the answer to that follows
    const bool isFirst = !m_latest;
    m_latest = reading;
    const auto model = m_services.model.get();
    if (model && reading->model == model->snapshot)
        m_reading->setReading(reading);
    if (isFirst)
        updateKeeping();
    if (!m_restTimer.isActive())
        m_restTimer.start(); // and not at once: the bars are to be painted first
}

void DrawPage::onNoInk()
{
    m_latest.reset();
    m_reading->setReading(nullptr);
    showRest();
    updateKeeping();
}

void DrawPage::onModelChanged()
{
    const auto model = m_services.model.get();
    m_answer->setCurrentIndex(model ? 0 : 1);
    m_reading->setModel(model);
    m_inside->setSubtitle(model ? modelLine(*model) : QString());
    m_modelMeaning->setText(model ? modelMeaning(*model) : QString());
    updateKeeping();
    if (!m_canvas->isEmpty())
        requestReading();
}

void DrawPage::showRest()
{
    m_restTimer.stop();
    m_steps->setReading(m_latest);
    m_stepsNote->setText(
        !m_latest               ? tr("Every drawing is made as MNIST's digits were, so place and size do not "
                                                   "matter.")
        : m_latest->isDrawnAnew ? tr("Your strokes, drawn anew with a pen as wide as MNIST's.")
                                : tr("Your ink, as MNIST's digits were made."));
    m_reading->showDetail();
    m_maps->setLayers(m_latest && m_latest->activations ? mapsOf(*m_latest->activations)
                                                        : std::vector<FeatureMaps>());
    m_mapsHint->setVisible(m_maps->layers().empty());
    Q_EMIT seenChanged(m_latest ? m_latest->seen.pixels : std::vector<std::uint8_t>());
}

void DrawPage::keep(int label)
{
    if (!m_latest)
        return;
    m_services.kept.keep({label, m_latest->seen.pixels});
    m_keep->showText(tr("Kept as a %1.").arg(label));
    m_canvas->clear(); // for the next; undo brings it back
}

void DrawPage::evaluateKept()
{
    const auto model = m_services.model.get();
    if (!model)
        return;
    m_services.modelComparison.compare({model->snapshot, nullptr, {QLatin1String(core::kOwnDigitsId)}});
    m_keep->showBusy(tr("Evaluating …"));
    updateKeeping();
}

void DrawPage::updateKeeping()
{
    m_keep->setDrawn(m_latest != nullptr);
    m_keep->setModelReady(m_services.model.get() && !m_services.modelComparison.isBusy() &&
                          !m_services.session.isActive());
}

void DrawPage::updateActions()
{
    m_undo->defaultAction()->setEnabled(m_canvas->canUndo());
    m_redo->defaultAction()->setEnabled(m_canvas->canRedo());
    m_clear->defaultAction()->setEnabled(!m_canvas->isEmpty());
}

void DrawPage::openImage()
{
    const QString path =
        QFileDialog::getOpenFileName(this, tr("Open a picture of a digit"),
                                     QStandardPaths::writableLocation(QStandardPaths::PicturesLocation),
                                     tr("Pictures (%1)").arg(PictureReader::filePatterns()));
    if (!path.isEmpty())
        m_pictures->readFile(path);
}

void DrawPage::paste()
{
    const QMimeData* copied = QGuiApplication::clipboard()->mimeData();
    if (copied == nullptr || !m_pictures->readData(*copied))
        Q_EMIT told(tr("There is no picture to paste: copy one first."), false);
}

void DrawPage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        updateIcons();
    QWidget::changeEvent(event);
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
    m_canvas->setFocus();
}

void DrawPage::updateIcons()
{
    const QColor color = currentColors().secondary;
    for (auto entry = m_icons.cbegin(); entry != m_icons.cend(); ++entry)
        entry.key()->defaultAction()->setIcon(icon(entry.value(), color, 16));
}

} // namespace ui
