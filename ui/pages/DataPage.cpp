#include "ui/pages/DataPage.h"

#include "ui/delegates/SampleDelegate.h"
#include "ui/models/SampleListModel.h"
#include "ui/pages/data/ClassHistogram.h"
#include "ui/render/Colors.h"
#include "ui/style/Icons.h"
#include "ui/style/TextRole.h"
#include "ui/widgets/Card.h"
#include "ui/widgets/FlowLayout.h"
#include "ui/widgets/SegmentedButtons.h"
#include "ui/widgets/TileGrid.h"

#include <QEvent>
#include <QIntValidator>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QSlider>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

namespace ui
{
namespace
{

constexpr int kTrainSegment = 0;
constexpr int kTestSegment = 1;
constexpr int kPictureSide = 196; // 7 screen pixels per MNIST pixel
constexpr int kMostClassButtons = 12;

} // namespace

DataPage::DataPage(QWidget* parent)
    : QWidget(parent),
      m_model(new SampleListModel(this)),
      m_delegate(new SampleDelegate(this)),
      m_splits(new SegmentedButtons(SegmentedButtons::Mode::One, this)),
      m_classes(new SegmentedButtons(SegmentedButtons::Mode::Any, this)),
      m_index(new QLineEdit(this)),
      m_indexRange(new QIntValidator(0, 0, this)),
      m_shuffle(new QToolButton(this)),
      m_size(new QSlider(Qt::Horizontal, this)),
      m_grid(new TileGrid(this)),
      m_empty(new QLabel(m_grid)),
      m_verified(new QLabel(this)),
      m_facts(new QLabel(this)),
      m_shown(new QLabel(this)),
      m_histogram(new ClassHistogram(this)),
      m_selected(new QLabel(this)),
      m_picture(new QLabel(this))
{
    setObjectName(QStringLiteral("dataPage"));
    auto* left = new QVBoxLayout;
    left->setSpacing(12);
    left->addWidget(makeToolCard());
    left->addWidget(makeGridCard(), 1);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    layout->addLayout(left, 1);
    layout->addWidget(makeDetailCard());

    connect(m_splits, &SegmentedButtons::toggled, this, &DataPage::showSplit);
    connect(m_classes, &SegmentedButtons::toggled, this, &DataPage::toggleClass);
    connect(m_histogram, &ClassHistogram::classClicked, this,
            [this](int index) { toggleClass(index, !m_model->classFilter().contains(index)); });
    connect(m_shuffle, &QToolButton::toggled, m_model, &SampleListModel::setShuffled);
    connect(m_index, &QLineEdit::textChanged, this, [this] {
        m_index->setProperty("invalid", !m_index->text().isEmpty() && !m_index->hasAcceptableInput());
        m_index->style()->unpolish(m_index);
        m_index->style()->polish(m_index);
    });
    connect(m_index, &QLineEdit::returnPressed, this, &DataPage::goToIndex);
    connect(m_size, &QSlider::valueChanged, this, &DataPage::setTileSide);
    connect(m_grid->selectionModel(), &QItemSelectionModel::currentChanged, this, &DataPage::showSelected);
    connect(m_model, &QAbstractItemModel::modelReset, this, &DataPage::showSelected);
    showSelected();
}

QWidget* DataPage::makeToolCard()
{
    auto* card = new Card({}, this);
    m_splits->setObjectName(QStringLiteral("split"));
    m_splits->setSegments({tr("Train"), tr("Test")});
    m_splits->setChecked(kTestSegment);
    m_classes->setObjectName(QStringLiteral("classFilter"));
    m_index->setValidator(m_indexRange);
    m_index->setObjectName(QStringLiteral("goToIndex"));
    m_index->setAccessibleName(tr("Go to index"));
    m_index->setPlaceholderText(tr("Index…"));
    m_index->setToolTip(tr("Image index in this split; press Enter to go to it"));
    m_index->setFixedWidth(100);
    m_shuffle->setObjectName(QStringLiteral("shuffle"));
    m_shuffle->setAccessibleName(tr("Shuffle"));
    m_shuffle->setText(tr("Shuffle"));
    m_shuffle->setToolTip(tr("Show the images in random order"));
    m_shuffle->setCheckable(true);
    m_shuffle->setProperty("segment", QLatin1String("only"));
    auto* sizeCaption = new QLabel(tr("size"), this);
    setTextRole(sizeCaption, TextRole::Secondary);
    m_size->setObjectName(QStringLiteral("tileSize"));
    m_size->setAccessibleName(tr("Image size"));
    m_size->setRange(1, 4); // integer multiples of MNIST's 28 pixels, so that all pixels have the same size
    m_size->setPageStep(1);
    m_size->setValue(2);
    m_size->setFixedWidth(64);
    auto* size = new QWidget(card);
    auto* sizeLayout = new QHBoxLayout(size);
    sizeLayout->setContentsMargins(0, 0, 0, 0);
    sizeLayout->addWidget(sizeCaption);
    sizeLayout->addWidget(m_size);
    auto* flow = new FlowLayout(10);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_splits, m_classes, m_index, m_shuffle, size})
        flow->addWidget(widget);
    card->body()->addLayout(flow);
    return card;
}

QWidget* DataPage::makeGridCard()
{
    auto* card = new Card({}, this);
    m_grid->setObjectName(QStringLiteral("sampleGrid"));
    m_grid->setAccessibleName(tr("Images"));
    m_grid->setModel(m_model);
    m_grid->setItemDelegate(m_delegate);
    m_grid->setMouseTracking(true);
    setTextRole(m_empty, TextRole::Secondary);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setText(tr("No images yet. Choose a data set at the top left."));
    auto* overlay = new QVBoxLayout(m_grid);
    overlay->addWidget(m_empty);
    card->body()->addWidget(m_grid, 1);
    return card;
}

QWidget* DataPage::makeDetailCard()
{
    m_detail = new Card(tr("Data set"), this);
    m_detail->setFixedWidth(300);
    m_verified->setObjectName(QStringLiteral("verification"));
    setTextRole(m_verified, TextRole::Secondary);
    m_detail->header()->addWidget(m_verified);
    setTextRole(m_facts, TextRole::Small);
    m_facts->setWordWrap(true);
    m_facts->setObjectName(QStringLiteral("datasetFacts"));
    setTextRole(m_shown, TextRole::Small);
    m_shown->setObjectName(QStringLiteral("shownCount"));
    auto* classesTitle = new QLabel(tr("Classes"), this);
    setTextRole(classesTitle, TextRole::Title);
    auto* classesLine = new QHBoxLayout;
    classesLine->addWidget(classesTitle);
    classesLine->addStretch();
    classesLine->addWidget(m_shown);

    setTextRole(m_selected, TextRole::Title);
    m_selected->setObjectName(QStringLiteral("selectedSample"));
    m_picture->setFixedSize(kPictureSide, kPictureSide);
    m_picture->setAccessibleName(tr("Selected image"));

    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(m_facts);
    column->addSpacing(4);
    column->addLayout(classesLine);
    column->addWidget(m_histogram);
    column->addSpacing(4);
    column->addWidget(m_selected);
    column->addWidget(m_picture);
    column->addStretch();
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(content);
    m_detail->body()->addWidget(scroll, 1);
    return m_detail;
}

const engine::Dataset& DataPage::split() const
{
    return m_splits->isChecked(kTrainSegment) ? m_dataset->splits.train : m_dataset->splits.test;
}

void DataPage::setDataset(std::shared_ptr<const core::LoadedDataset> dataset)
{
    m_dataset = std::move(dataset);
    const engine::DatasetSplits& splits = m_dataset->splits;
    m_splits->setSegmentText(kTrainSegment, tr("Train %L1").arg(splits.train.size()));
    m_splits->setSegmentText(kTestSegment, tr("Test %L1").arg(splits.test.size()));

    QStringList names;
    QStringList numbers;
    bool areShort = true;
    for (std::size_t i = 0; i < splits.classNames.size(); ++i) {
        names << QString::fromStdString(splits.classNames[i]);
        numbers << QString::number(i);
        areShort = areShort && names.last().size() <= 2;
    }
    // There is no space for long class names: show numbers instead. Tooltips and the histogram give the
    // names.
    const bool haveRoom = names.size() <= kMostClassButtons;
    m_classes->setSegments(haveRoom ? (areShort ? names : numbers) : QStringList(), names);
    m_classes->setVisible(haveRoom);

    m_detail->setTitle(QString::fromStdString(splits.title));
    const bool isVerified = m_dataset->verification == core::Verification::Verified;
    const bool differs = m_dataset->verification == core::Verification::Differs;
    m_verified->setText(isVerified ? tr("✓ verified") : differs ? tr("⚠ differs") : QString());
    m_verified->setToolTip(isVerified ? tr("The file contents match the published checksums")
                           : differs  ? tr("At least one file does not match the published checksum")
                                      : QString());
    QStringList facts = {
        (splits.train.shape().channels == 1 ? tr("%1×%2 gray · %3 classes") : tr("%1×%2 color · %3 classes"))
            .arg(splits.train.height())
            .arg(splits.train.width())
            .arg(names.size()),
        tr("%L1 train · %L2 test").arg(splits.train.size()).arg(splits.test.size())};
    if (!m_dataset->licence.isEmpty())
        facts << m_dataset->licence;
    facts << (m_dataset->folder.isEmpty() ? tr("generated by this program") : m_dataset->folder);
    m_facts->setText(facts.join(QLatin1Char('\n')));
    m_empty->hide();
    showSplit();
}

void DataPage::showSplit()
{
    if (!m_dataset)
        return;
    QStringList names;
    for (const std::string& name : m_dataset->splits.classNames)
        names << QString::fromStdString(name);
    m_model->setDataset(split(), names);
    for (int i = 0; i < m_classes->count(); ++i)
        m_classes->setChecked(i, false);
    m_histogram->setCounts(names, split().classCounts());
    m_histogram->setChosen({});
    m_indexRange->setTop(std::max(0, static_cast<int>(split().size()) - 1));
    m_index->setToolTip(
        tr("Image index in this split, 0 to %L1; press Enter to go to it").arg(m_indexRange->top()));
}

void DataPage::toggleClass(int index, bool chosen)
{
    std::set<int> classes = m_model->classFilter();
    if (chosen)
        classes.insert(index);
    else
        classes.erase(index);
    m_model->setClassFilter(classes);
    m_classes->setChecked(index, chosen);
    m_histogram->setChosen(classes);
}

void DataPage::goToIndex()
{
    const int sample = m_index->text().toInt();
    if (m_model->rowOfSample(sample) < 0 && !m_model->classFilter().empty()) {
        for (const int chosen : std::set<int>(m_model->classFilter()))
            toggleClass(chosen, false); // a filter must not hide the requested image
    }
    const QModelIndex index = m_model->index(m_model->rowOfSample(sample), 0);
    if (!index.isValid())
        return;
    m_grid->setCurrentIndex(index);
    m_grid->scrollTo(index, QAbstractItemView::PositionAtCenter);
}

void DataPage::showSelected()
{
    m_shown->setText(m_dataset ? tr("%L1 shown").arg(m_model->rowCount()) : QString());
    const QModelIndex index = m_grid->currentIndex();
    m_picture->setVisible(index.isValid());
    if (!index.isValid()) {
        m_selected->setText(m_dataset ? tr("Click an image to enlarge it") : QString());
        setTextRole(m_selected, TextRole::Secondary);
    } else {
        m_selected->setText(tr("#%L1 · label %2")
                                .arg(index.data(SampleListModel::IndexRole).toInt())
                                .arg(index.data().toString()));
        setTextRole(m_selected, TextRole::Title);
        const QImage image = index.data(SampleListModel::ImageRole).value<QImage>();
        QPixmap picture =
            QPixmap::fromImage(image.scaled(QSize(kPictureSide, kPictureSide) * devicePixelRatioF(),
                                            Qt::KeepAspectRatio, Qt::FastTransformation));
        picture.setDevicePixelRatio(devicePixelRatioF());
        m_picture->setPixmap(picture);
    }
}

void DataPage::setTileSide(int step)
{
    m_delegate->setImageSide(28 * step);
    m_grid->doItemsLayout();
    if (m_grid->currentIndex().isValid())
        m_grid->scrollTo(m_grid->currentIndex());
}

} // namespace ui
