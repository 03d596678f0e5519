#include "ui/pages/draw/CanvasCard.h"

#include "ui/pages/draw/InkCanvas.h"
#include "ui/render/Colors.h"
#include "ui/render/PictureReader.h"
#include "ui/style/Icons.h"
#include "ui/widgets/SegmentedButtons.h"

#include <QAction>
#include <QClipboard>
#include <QEvent>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QMimeData>
#include <QStandardPaths>
#include <QToolButton>
#include <algorithm>
#include <array>

namespace ui
{
namespace
{

/// Fractions of the canvas side.
constexpr std::array<qreal, 3> kPens = {0.045, 0.08, 0.12};
constexpr int kMediumPen = 1;

} // namespace

CanvasCard::CanvasCard(QWidget* parent)
    : Card(tr("Draw a digit"), parent),
      m_canvas(new InkCanvas(this)),
      m_pictures(new PictureReader(this)),
      m_pens(new SegmentedButtons(SegmentedButtons::Mode::One, this))
{
    m_canvas->setObjectName(QStringLiteral("inkCanvas"));
    addHistory();
    body()->addWidget(m_canvas, 1);
    body()->addWidget(makeFoot());
    connect(m_canvas, &InkCanvas::historyChanged, this, &CanvasCard::updateActions);
    connect(m_canvas, &InkCanvas::pictureDropped, this, [this](const QMimeData& dropped) {
        if (!m_pictures->readData(dropped))
            Q_EMIT messageReported(tr("The dropped data is not a picture."), false);
    });
    connect(m_pictures, &PictureReader::haveRead, this, [this](const QImage& square) {
        m_canvas->setDrawing({square, {}});
    });
    connect(m_pictures, &PictureReader::failed, this, [this](const engine::Error& error) {
        Q_EMIT messageReported(QString::fromStdString(error.message), false);
    });
    updateActions();
    updateIcons();
}

void CanvasCard::addHistory()
{
    m_undo = addAction("undoInk", QStringLiteral("undo"), tr("Undo"), tr("Undo the last change"),
                       {QKeySequence(Qt::CTRL | Qt::Key_Z)}, [this] { m_canvas->undo(); });
    m_redo = addAction("redoInk", QStringLiteral("redo"), tr("Redo"), tr("Redo the last undone change"),
                       {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), QKeySequence(Qt::CTRL | Qt::Key_Y)},
                       [this] { m_canvas->redo(); });
    m_clear =
        addAction("clearInk", QStringLiteral("close"), tr("Clear"), tr("Clear the canvas; can be undone"),
                  {QKeySequence(Qt::Key_Delete)}, [this] { m_canvas->clear(); });
    for (QToolButton* button : {m_undo, m_redo})
        button->setToolButtonStyle(Qt::ToolButtonIconOnly);
    for (QToolButton* button : {m_undo, m_redo, m_clear})
        header()->addWidget(button);
}

QWidget* CanvasCard::makeFoot()
{
    m_pens->setObjectName(QStringLiteral("penWidth"));
    m_pens->setSegments({tr("Fine"), tr("Medium"), tr("Broad")},
                        {tr("A fine pen"), tr("A medium pen"), tr("A broad pen")});
    m_pens->setChecked(kMediumPen);
    m_canvas->setPenWidth(kPens[kMediumPen]);
    connect(m_pens, &SegmentedButtons::toggled, this,
            [this](int pen) { m_canvas->setPenWidth(kPens[static_cast<std::size_t>(pen)]); });
    auto* foot = new QWidget(this);
    auto* layout = new QHBoxLayout(foot);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_pens);
    layout->addStretch();
    layout->addWidget(addAction("pasteInk", QStringLiteral("paste"), tr("Paste"), tr("Paste a picture"),
                                {QKeySequence(Qt::CTRL | Qt::Key_V)}, [this] { paste(); }));
    layout->addWidget(addAction("openInk", QStringLiteral("folder"), tr("Open…"),
                                tr("Open a picture of a digit: scan, photo or screenshot"),
                                {QKeySequence(Qt::CTRL | Qt::Key_O)}, [this] { openImage(); }));
    return foot;
}

QToolButton* CanvasCard::addAction(const char* name, const QString& iconName, const QString& text,
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

core::DrawnInk CanvasCard::ink() const
{
    const QImage image = m_canvas->ink();
    core::DrawnInk drawn;
    drawn.image.width = image.width();
    drawn.image.height = image.height();
    for (int y = 0; y < image.height(); ++y)
        drawn.image.ink.insert(drawn.image.ink.end(), image.constScanLine(y),
                               image.constScanLine(y) + image.width());
    const Drawing drawing = m_canvas->drawing();
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

void CanvasCard::openImage()
{
    const QString path =
        QFileDialog::getOpenFileName(this, tr("Open a picture of a digit"),
                                     QStandardPaths::writableLocation(QStandardPaths::PicturesLocation),
                                     tr("Pictures (%1)").arg(PictureReader::filePatterns()));
    if (!path.isEmpty())
        m_pictures->readFile(path);
}

void CanvasCard::paste()
{
    const QMimeData* copied = QGuiApplication::clipboard()->mimeData();
    if (copied == nullptr || !m_pictures->readData(*copied))
        Q_EMIT messageReported(tr("The clipboard contains no picture."), false);
}

void CanvasCard::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        updateIcons();
    Card::changeEvent(event);
}

void CanvasCard::updateActions()
{
    m_undo->defaultAction()->setEnabled(m_canvas->canUndo());
    m_redo->defaultAction()->setEnabled(m_canvas->canRedo());
    m_clear->defaultAction()->setEnabled(!m_canvas->isEmpty());
}

void CanvasCard::updateIcons()
{
    const QColor color = currentColors().secondary;
    for (auto entry = m_icons.cbegin(); entry != m_icons.cend(); ++entry)
        entry.key()->defaultAction()->setIcon(icon(entry.value(), color, 16));
}

} // namespace ui
