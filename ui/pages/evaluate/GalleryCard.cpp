#include "ui/pages/evaluate/GalleryCard.h"

#include "ui/delegates/PredictionDelegate.h"
#include "ui/models/PredictionListModel.h"
#include "ui/style/TextRole.h"
#include "ui/widgets/SegmentedButtons.h"

#include <QComboBox>
#include <QLabel>
#include <QListView>
#include <QVBoxLayout>

namespace ui
{
namespace
{

template<typename Enum>
Enum chosenIn(const QComboBox* box)
{
    return static_cast<Enum>(box->currentData().toInt());
}

} // namespace

GalleryCard::GalleryCard(QWidget* parent)
    : Card(tr("Images"), parent),
      m_model(new PredictionListModel(this)),
      m_view(new QListView(this)),
      m_empty(new QLabel(m_view)),
      m_scopes(new SegmentedButtons(SegmentedButtons::Mode::One, this)),
      m_sort(new QComboBox(this)),
      m_outcome(new QComboBox(this))
{
    m_scopes->setObjectName(QStringLiteral("galleryScope"));
    m_scopes->setSegments({tr("Cell"), tr("Row"), tr("Column"), tr("All")},
                          {tr("The images of the chosen cell"), tr("All images of the chosen true class"),
                           tr("All images predicted as the chosen class"), tr("All images")});
    header()->addWidget(m_scopes);
    connect(m_scopes, &SegmentedButtons::toggled, this,
            [this](int scope) { Q_EMIT scopeWanted(static_cast<ConfusionScope>(scope)); });
    makeFilters();
    makeView();
}

void GalleryCard::makeFilters()
{
    m_outcome->setObjectName(QStringLiteral("galleryOutcome"));
    m_outcome->setAccessibleName(tr("Right or wrong"));
    m_outcome->addItem(tr("wrong"), static_cast<int>(GalleryOutcome::Wrong));
    m_outcome->addItem(tr("right"), static_cast<int>(GalleryOutcome::Right));
    m_outcome->addItem(tr("right and wrong"), static_cast<int>(GalleryOutcome::All));
    m_sort->setObjectName(QStringLiteral("gallerySort"));
    m_sort->setAccessibleName(tr("Order of the images"));
    m_sort->addItem(tr("most confident first"), static_cast<int>(GallerySort::Confidence));
    m_sort->addItem(tr("highest loss first"), static_cast<int>(GallerySort::Loss));
    m_sort->addItem(tr("smallest margin first"), static_cast<int>(GallerySort::Margin));
    m_sort->addItem(tr("highest entropy first"), static_cast<int>(GallerySort::Entropy));
    m_sort->addItem(tr("by index"), static_cast<int>(GallerySort::Index));
    m_sort->setToolTip(tr("Margin: the prediction's probability less that of the next class"));
    auto* filters = new QHBoxLayout;
    filters->addWidget(m_outcome);
    filters->addWidget(m_sort);
    filters->addStretch();
    body()->addLayout(filters);
    connect(m_outcome, &QComboBox::currentIndexChanged, this, [this] {
        m_query.outcome = chosenIn<GalleryOutcome>(m_outcome);
        showImages();
    });
    connect(m_sort, &QComboBox::currentIndexChanged, this, [this] {
        m_query.sort = chosenIn<GallerySort>(m_sort);
        showImages();
    });
}

void GalleryCard::makeView()
{
    m_view->setObjectName(QStringLiteral("gallery"));
    m_view->setAccessibleName(tr("Images of the selection"));
    m_view->setModel(m_model);
    m_view->setItemDelegate(new PredictionDelegate(this));
    m_view->setFlow(QListView::LeftToRight);
    m_view->setWrapping(true);
    m_view->setResizeMode(QListView::Adjust);
    m_view->setUniformItemSizes(true);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_empty->setText(tr("No image is in this selection."));
    m_empty->setAlignment(Qt::AlignCenter);
    setTextRole(m_empty, TextRole::Secondary);
    auto* overlay = new QVBoxLayout(m_view);
    overlay->addWidget(m_empty);
    body()->addWidget(m_view, 1);
}

void GalleryCard::setSplit(std::shared_ptr<const core::EvaluatedSplit> split)
{
    m_split = std::move(split);
    if (m_split)
        setScope(ConfusionScope::AllErrors, 0, 0);
    else
        m_model->show(nullptr, {});
}

void GalleryCard::setScope(ConfusionScope scope, int trueClass, int predictedClass)
{
    m_scopes->setChecked(static_cast<int>(scope));
    const bool hasRow = scope == ConfusionScope::Cell || scope == ConfusionScope::Row;
    const bool hasColumn = scope == ConfusionScope::Cell || scope == ConfusionScope::Column;
    m_query.trueClass = hasRow ? std::optional(trueClass) : std::nullopt;
    m_query.predictedClass = hasColumn ? std::optional(predictedClass) : std::nullopt;
    showImages();
}

QString GalleryCard::title() const
{
    const auto name = [&](std::optional<int> index) { return m_split->classNames.value(*index); };
    if (m_query.trueClass && m_query.predictedClass)
        return tr("true %1 → predicted %2").arg(name(m_query.trueClass), name(m_query.predictedClass));
    if (m_query.trueClass)
        return tr("true %1").arg(name(m_query.trueClass));
    if (m_query.predictedClass)
        return tr("predicted %1").arg(name(m_query.predictedClass));
    return tr("all classes");
}

void GalleryCard::showImages()
{
    if (!m_split)
        return;
    GalleryQuery query = m_query;
    const bool isCell = query.trueClass && query.predictedClass;
    if (isCell) // which says itself whether they are right
        query.outcome = GalleryOutcome::All;
    m_outcome->setEnabled(!isCell);
    std::vector<std::uint32_t> positions = select(*m_split, query);
    const auto count = positions.size();
    const QString images = count == 1 ? tr("1 image") : tr("%L1 images").arg(count);
    setTitle(title());
    setSubtitle(isCell || query.outcome == GalleryOutcome::All ? tr("· %1").arg(images)
                : query.outcome == GalleryOutcome::Wrong       ? tr("· %1 wrong").arg(images)
                                                               : tr("· %1 right").arg(images));
    m_model->show(m_split, std::move(positions));
    m_empty->setVisible(count == 0);
    m_view->scrollToTop();
}

} // namespace ui
