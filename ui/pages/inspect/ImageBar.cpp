#include "ui/pages/inspect/ImageBar.h"

#include "ui/render/Colors.h"
#include "ui/style/Icons.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QSpinBox>
#include <QToolButton>
#include <algorithm>
#include <random>

namespace ui
{
namespace
{

constexpr int kErrorsRow = 1; ///< of the filter

} // namespace

ImageBar::ImageBar(QWidget* parent)
    : QWidget(parent),
      m_source(new QToolButton(this)),
      m_back(new QToolButton(this)),
      m_index(new QSpinBox(this)),
      m_forward(new QToolButton(this)),
      m_filter(new QComboBox(this)),
      m_random(new QToolButton(this))
{
    addSources();
    m_index->setObjectName(QStringLiteral("inspectIndex"));
    m_index->setAccessibleName(tr("Index of the test image"));
    m_index->setToolTip(tr("Index of the test image, starting at 0"));
    m_index->setPrefix(QStringLiteral("#"));
    m_index->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_index->setKeyboardTracking(false);
    m_index->setMinimumWidth(70);
    m_filter->setObjectName(QStringLiteral("inspectFilter"));
    m_filter->setAccessibleName(tr("Images to step through"));
    m_filter->setToolTip(m_filter->accessibleName());
    const auto prepare = [](QToolButton* button, const char* name, const QString& text,
                            const QString& description) {
        button->setObjectName(QLatin1String(name));
        button->setText(text);
        button->setAccessibleName(description);
        button->setToolTip(description);
        button->setFocusPolicy(Qt::StrongFocus);
    };
    prepare(m_back, "inspectPrevious", QStringLiteral("‹"), tr("Previous image"));
    prepare(m_forward, "inspectNext", QStringLiteral("›"), tr("Next image"));
    prepare(m_random, "inspectRandom", {}, tr("Random image"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    for (QWidget* widget :
         std::initializer_list<QWidget*>{m_source, m_back, m_index, m_forward, m_random, m_filter})
        layout->addWidget(widget);
    connect(m_back, &QToolButton::clicked, this, [this] { step(-1); });
    connect(m_forward, &QToolButton::clicked, this, [this] { step(1); });
    connect(m_random, &QToolButton::clicked, this, &ImageBar::chooseRandom);
    connect(m_index, &QSpinBox::valueChanged, this,
            [this](int index) { Q_EMIT testImageChosen(static_cast<std::uint32_t>(index)); });
    connect(m_filter, &QComboBox::currentIndexChanged, this, [this] {
        collect();
        if (!m_indices.empty() && !std::ranges::binary_search(m_indices, index()))
            step(1);
    });
    setTestImages({}, {});
    updateIcons();
}

void ImageBar::addSources()
{
    m_source->setObjectName(QStringLiteral("inspectSource"));
    m_source->setText(tr("Image ▾"));
    m_source->setAccessibleName(tr("Image source"));
    m_source->setToolTip(tr("A test image, your drawing, or a picture from a file"));
    m_source->setPopupMode(QToolButton::InstantPopup);
    m_source->setFocusPolicy(Qt::StrongFocus);
    m_source->setProperty("segment", QLatin1String("only"));
    auto* menu = new QMenu(m_source);
    QAction* test = menu->addAction(tr("Test image"));
    test->setObjectName(QStringLiteral("inspectTestImage"));
    m_drawing = menu->addAction(tr("Your drawing"));
    m_drawing->setObjectName(QStringLiteral("inspectDrawing"));
    m_drawing->setEnabled(false);
    QAction* file = menu->addAction(tr("Picture from a file…"));
    file->setObjectName(QStringLiteral("inspectFile"));
    m_source->setMenu(menu);
    connect(test, &QAction::triggered, this, [this] {
        if (hasTestImages())
            Q_EMIT testImageChosen(index());
    });
    connect(file, &QAction::triggered, this, &ImageBar::fileWanted);
    connect(m_drawing, &QAction::triggered, this, &ImageBar::drawingWanted);
}

void ImageBar::setTestImages(const engine::Dataset& images, const QStringList& classNames)
{
    m_images = images;
    m_classNames = classNames;
    const QSignalBlocker indexBlocker(m_index);
    const QSignalBlocker filterBlocker(m_filter);
    m_index->setRange(0, std::max(0, static_cast<int>(images.size()) - 1));
    m_index->setValue(0);
    m_filter->clear();
    m_filter->addItem(tr("all images"), kAll);
    m_filter->addItem(tr("errors of the run"), kErrors);
    for (int label = 0; label < (images.isEmpty() ? 0 : images.classCount()); ++label)
        m_filter->addItem(tr("true %1").arg(classNames.value(label, QString::number(label))), label);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_back, m_index, m_forward, m_filter, m_random})
        widget->setEnabled(!images.isEmpty());
    setEvaluation(nullptr);
}

void ImageBar::setEvaluation(std::shared_ptr<const core::EvaluatedSplit> split)
{
    const bool isOfThese = split && split->kind == core::SplitKind::Test && split->size() == m_images.size();
    m_split = isOfThese ? std::move(split) : nullptr;
    const QSignalBlocker blocker(m_filter);
    m_filter->setItemText(
        kErrorsRow, m_split ? tr("errors (%L1)").arg(m_split->size() - m_split->evaluation.correctCount())
                            : tr("errors of the run"));
    if (!m_split && m_filter->currentData().toInt() == kErrors)
        m_filter->setCurrentIndex(0);
    // A combo box has no other way to disable an entry.
    m_filter->setItemData(kErrorsRow, m_split ? QVariant() : QVariant(0), Qt::UserRole - 1);
    collect();
}

void ImageBar::setDrawingAvailable(bool isAvailable)
{
    m_drawing->setEnabled(isAvailable);
}

void ImageBar::collect()
{
    m_indices.clear();
    const int filter = m_filter->currentData().toInt();
    for (std::uint32_t i = 0; i < m_images.size(); ++i) {
        const int label = m_images.label(i);
        const bool isWanted =
            filter == kAll ||
            (filter == kErrors ? m_split && m_split->evaluation.predictions[i] != label : label == filter);
        if (isWanted)
            m_indices.push_back(i);
    }
    const bool canMove = !m_indices.empty();
    for (QWidget* widget : std::initializer_list<QWidget*>{m_back, m_forward, m_random})
        widget->setEnabled(canMove);
}

std::uint32_t ImageBar::index() const
{
    return static_cast<std::uint32_t>(m_index->value());
}

void ImageBar::setIndex(std::uint32_t index)
{
    const QSignalBlocker blocker(m_index);
    m_index->setValue(static_cast<int>(index));
}

void ImageBar::choose(std::uint32_t index)
{
    setIndex(index);
    Q_EMIT testImageChosen(index);
}

void ImageBar::step(int direction)
{
    if (m_indices.empty())
        return;
    // Wraps around at the ends.
    if (direction > 0) {
        const auto next = std::ranges::upper_bound(m_indices, index());
        choose(next == m_indices.end() ? m_indices.front() : *next);
    } else {
        const auto here = std::ranges::lower_bound(m_indices, index());
        choose(here == m_indices.begin() ? m_indices.back() : *(here - 1));
    }
}

void ImageBar::chooseRandom()
{
    if (m_indices.empty())
        return;
    std::random_device seed;
    std::uniform_int_distribution<std::size_t> any(0, m_indices.size() - 1);
    choose(m_indices[any(seed)]);
}

void ImageBar::updateIcons()
{
    m_random->setIcon(icon(QStringLiteral("shuffle"), currentColors().text));
}

void ImageBar::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        updateIcons();
    QWidget::changeEvent(event);
}

} // namespace ui
