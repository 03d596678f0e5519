#include "ui/pages/evaluate/GalleryCard.h"

#include "core/Format.h"
#include "core/evaluation/VerdictStore.h"
#include "ui/delegates/PredictionDelegate.h"
#include "ui/pages/evaluate/GalleryView.h"
#include "ui/pages/evaluate/VerdictBar.h"
#include "ui/style/TextRole.h"
#include "ui/widgets/SegmentedButtons.h"

#include <QComboBox>
#include <QLabel>
#include <QToolButton>
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

GalleryCard::GalleryCard(core::VerdictStore& verdicts, QWidget* parent)
    : Card(tr("Images"), parent),
      m_verdicts(verdicts),
      m_model(new PredictionListModel(this)),
      m_view(new GalleryView(this)),
      m_empty(new QLabel(m_view)),
      m_scopes(new SegmentedButtons(SegmentedButtons::Mode::One, this)),
      m_outcome(new QComboBox(this)),
      m_class(new QComboBox(this)),
      m_sort(new QComboBox(this)),
      m_reversed(new QToolButton(this)),
      m_verdictBar(new VerdictBar(verdicts, this))
{
    m_scopes->setObjectName(QStringLiteral("galleryScope"));
    m_scopes->setSegments({tr("Cell"), tr("Row"), tr("Column"), tr("All")},
                          {tr("Images of the selected cell"), tr("Images of the selected true class"),
                           tr("Images predicted as the selected class"), tr("All images")});
    header()->addWidget(m_scopes);
    letHeadingShrink(); // otherwise long class names would take space from the matrix
    connect(m_scopes, &SegmentedButtons::toggled, this,
            [this](int scope) { Q_EMIT scopeWanted(static_cast<ConfusionScope>(scope)); });
    makeFilters();
    makeView();
    makeVerdicts();
}

void GalleryCard::makeFilters()
{
    m_outcome->setObjectName(QStringLiteral("galleryOutcome"));
    m_outcome->setAccessibleName(tr("Correct or wrong"));
    m_outcome->setToolTip(tr("Show wrong or correct predictions only"));
    m_outcome->addItem(tr("wrong"), static_cast<int>(GalleryOutcome::Wrong));
    m_outcome->addItem(tr("correct"), static_cast<int>(GalleryOutcome::Right));
    m_outcome->addItem(tr("all"), static_cast<int>(GalleryOutcome::All));
    m_class->setObjectName(QStringLiteral("galleryClass"));
    m_class->setAccessibleName(tr("Class"));
    m_class->setToolTip(tr("Only images labeled or predicted as this class"));
    m_sort->setObjectName(QStringLiteral("gallerySort"));
    m_sort->setAccessibleName(tr("Sort order"));
    m_sort->addItem(tr("most confident"), static_cast<int>(GallerySort::Confidence));
    m_sort->addItem(tr("highest loss"), static_cast<int>(GallerySort::Loss));
    m_sort->addItem(tr("smallest margin"), static_cast<int>(GallerySort::Margin));
    m_sort->addItem(tr("highest entropy"), static_cast<int>(GallerySort::Entropy));
    m_sort->addItem(tr("lowest index"), static_cast<int>(GallerySort::Index));
    m_sort->setToolTip(tr("Sort order. Margin: probability of the prediction minus that of the runner-up"));
    m_reversed->setObjectName(QStringLiteral("galleryReversed"));
    m_reversed->setText(QStringLiteral("⇅"));
    m_reversed->setCheckable(true);
    m_reversed->setFocusPolicy(Qt::StrongFocus);
    m_reversed->setAccessibleName(tr("Reverse order"));
    m_reversed->setToolTip(tr("Reverse the sort order"));
    m_reversed->setProperty("segment", QLatin1String("only"));
    auto* filters = new QHBoxLayout;
    filters->setSpacing(8);
    for (QWidget* filter : std::initializer_list<QWidget*>{m_outcome, m_class, m_sort, m_reversed})
        filters->addWidget(filter);
    filters->addStretch();
    body()->addLayout(filters);
    connect(m_outcome, &QComboBox::currentIndexChanged, this, [this] {
        m_query.outcome = chosenIn<GalleryOutcome>(m_outcome);
        showQuery();
    });
    connect(m_class, &QComboBox::currentIndexChanged, this, [this](int index) {
        m_query.eitherClass = index > 0 ? std::optional(index - 1) : std::nullopt;
        showQuery();
    });
    connect(m_sort, &QComboBox::currentIndexChanged, this, [this] {
        m_query.sort = chosenIn<GallerySort>(m_sort);
        showQuery();
    });
    connect(m_reversed, &QToolButton::toggled, this, [this](bool isReversed) {
        m_query.isReversed = isReversed;
        showQuery();
    });
}

void GalleryCard::fillClasses()
{
    const QSignalBlocker blocker(m_class);
    m_class->clear();
    m_class->addItem(tr("any class"));
    m_class->addItems(m_split->classNames);
}

void GalleryCard::makeView()
{
    m_view->setObjectName(QStringLiteral("gallery"));
    m_view->setAccessibleName(tr("Selected images"));
    m_view->setModel(m_model);
    m_view->setItemDelegate(new PredictionDelegate(this));
    m_empty->setObjectName(QStringLiteral("galleryEmpty"));
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    setTextRole(m_empty, TextRole::Secondary);
    auto* overlay = new QVBoxLayout(m_view);
    overlay->addWidget(m_empty);
    body()->addWidget(m_view, 1);
}

void GalleryCard::makeVerdicts()
{
    m_model->setVerdicts(m_verdicts);
    m_verdictBar->setObjectName(QStringLiteral("galleryVerdict"));
    body()->addWidget(m_verdictBar);
    connect(m_view, &GalleryView::judged, this,
            [this](const QModelIndex& image, std::optional<core::Verdict> verdict) {
                m_verdicts.setVerdict(m_model->keyOf(image), verdict);
            });
    connect(m_view, &GalleryView::currentImageChanged, this, [this](const QModelIndex& image) {
        m_verdictBar->setImage(image.isValid() ? std::optional(m_model->keyOf(image)) : std::nullopt);
    });
    connect(m_view, &GalleryView::noteWanted, m_verdictBar, &VerdictBar::editNote);
    connect(m_verdictBar, &VerdictBar::noteDone, m_view, [this] { m_view->setFocus(); });
}

void GalleryCard::setSplit(std::shared_ptr<const core::EvaluatedSplit> split)
{
    m_split = std::move(split);
    m_query.epoch.reset();
    if (!m_split)
        return m_model->show(nullptr, {});
    fillClasses();
    setScope(ConfusionScope::AllErrors, 0, 0);
}

void GalleryCard::setScope(ConfusionScope scope, int trueClass, int predictedClass)
{
    m_scopes->setChecked(static_cast<int>(scope));
    const bool hasRow = scope == ConfusionScope::Cell || scope == ConfusionScope::Row;
    const bool hasColumn = scope == ConfusionScope::Cell || scope == ConfusionScope::Column;
    m_query.trueClass = hasRow ? std::optional(trueClass) : std::nullopt;
    m_query.predictedClass = hasColumn ? std::optional(predictedClass) : std::nullopt;
    m_query.eitherClass.reset(); // it would hide images of the selected scope
    const QSignalBlocker blocker(m_class);
    m_class->setCurrentIndex(0);
    showQuery();
}

void GalleryCard::setEpoch(std::optional<std::size_t> epoch)
{
    m_query.epoch = epoch;
    showQuery();
}

void GalleryCard::setSelection(GallerySelection selection, OtherPredictions other)
{
    if (!m_split)
        return;
    setFiltersVisible(false);
    setTitle(selection.title);
    m_model->show(m_split, std::move(selection.positions), std::move(other));
    setSubtitle(tr("· %1").arg(core::imagesText(m_model->positions().size())));
    showCount(selection.whyNone);
}

void GalleryCard::setFiltersVisible(bool visible)
{
    for (QWidget* widget : std::initializer_list<QWidget*>{m_scopes, m_outcome, m_class, m_sort, m_reversed})
        widget->setVisible(visible);
}

void GalleryCard::showCount(const QString& emptyText)
{
    m_empty->setText(emptyText);
    m_empty->setVisible(m_model->rowCount() == 0);
    m_view->scrollToTop();
}

void GalleryCard::showQuery()
{
    if (!m_split)
        return;
    setFiltersVisible(true);
    GalleryQuery query = m_query;
    const bool isCell = query.trueClass && query.predictedClass;
    if (isCell) // a cell is either correct or wrong
        query.outcome = GalleryOutcome::All;
    for (QWidget* filter : {m_outcome, m_class})
        filter->setEnabled(!isCell);
    std::vector<std::uint32_t> positions = select(*m_split, query);
    const QString images = core::imagesText(positions.size());
    QString subtitle = query.outcome == GalleryOutcome::Wrong   ? tr("· %1 wrong").arg(images)
                       : query.outcome == GalleryOutcome::Right ? tr("· %1 correct").arg(images)
                                                                : tr("· %1").arg(images);
    OtherPredictions atEpoch;
    if (query.epoch) {
        atEpoch = {tr("epoch %1").arg(*query.epoch + 1), m_split, query.epoch};
        subtitle += tr(" · %1").arg(atEpoch.name);
    }
    setTitle(classesTitle(query, m_split->classNames));
    setSubtitle(subtitle);
    m_model->show(m_split, std::move(positions), std::move(atEpoch));
    showCount(tr("No images in this selection."));
}

} // namespace ui
