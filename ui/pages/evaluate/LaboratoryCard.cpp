#include "ui/pages/evaluate/LaboratoryCard.h"

#include "ui/delegates/ChoiceDelegate.h"
#include "ui/style/TextRole.h"

#include <QCheckBox>
#include <QLabel>
#include <QListWidget>
#include <QSpinBox>
#include <QVBoxLayout>

namespace ui
{
namespace
{

constexpr int kFirstCount = 50;
constexpr int kMostImages = 10'000;

} // namespace

LaboratoryCard::LaboratoryCard(QWidget* parent)
    : Card(tr("Where to look first"), parent),
      m_rankings(new QListWidget(this)),
      m_count(new QSpinBox(this)),
      m_rejectedSwitch(new QCheckBox(tr("Mark rejected labels"), this)),
      m_rejectedText(new QLabel(this)),
      m_rejectedSource(new QLabel(this))
{
    m_rankings->setObjectName(QStringLiteral("errorRankings"));
    m_rankings->setAccessibleName(tr("Rankings of the most informative images"));
    m_rankings->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_rankings->setProperty("choices", true);
    for (const ErrorRanking ranking : kErrorRankings) {
        const ErrorRankingTexts texts = textsOf(ranking);
        auto* item = new QListWidgetItem(texts.name, m_rankings);
        item->setToolTip(texts.explanation);
        item->setData(ChoiceDelegate::kExplanationRole, texts.explanation);
    }
    m_rankings->setCurrentRow(0);
    m_rankings->setItemDelegate(new ChoiceDelegate(this));
    m_rankings->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_rankings->setMinimumHeight(2 * ChoiceDelegate::kRowHeight); // in a low window the list scrolls
    m_rankings->setMaximumHeight(ChoiceDelegate::kRowHeight * m_rankings->count() + 4);

    m_count->setObjectName(QStringLiteral("rankingCount"));
    m_count->setAccessibleName(tr("Number of images to show"));
    m_count->setRange(1, kMostImages);
    m_count->setValue(kFirstCount);
    m_count->setPrefix(tr("first "));
    m_count->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_count->setToolTip(tr("Number of images of the ranking to show in the gallery"));
    header()->addWidget(m_count);

    m_rejectedSwitch->setObjectName(QStringLiteral("rejectedSwitch"));
    m_rejectedSwitch->setAccessibleName(tr("Mark rejected labels"));
    m_rejectedSwitch->setToolTip(
        tr("Mark these images in the gallery, with the class that most people saw instead"));
    m_rejectedSource->setObjectName(QStringLiteral("rejectedSource"));
    m_rejectedSource->setText(tr("Five people reviewed 100 suspicious MNIST test images and rejected 15 "
                                 "labels (Northcutt et al., 2021)."));
    m_rejectedSource->setWordWrap(true);
    setTextRole(m_rejectedSource, TextRole::Small);
    m_rejectedText->setObjectName(QStringLiteral("rejectedText"));
    setTextRole(m_rejectedText, TextRole::Secondary);
    auto* rejectedRow = new QHBoxLayout;
    rejectedRow->addWidget(m_rejectedSwitch);
    rejectedRow->addStretch();
    rejectedRow->addWidget(m_rejectedText);
    body()->addWidget(m_rankings, 100);
    body()->addLayout(rejectedRow);
    body()->addWidget(m_rejectedSource);
    body()->addStretch(1);

    connect(m_rankings, &QListWidget::itemSelectionChanged, this, [this] {
        showRejected();
        if (!m_rankings->selectedItems().isEmpty())
            Q_EMIT selectionChanged();
    });
    connect(m_count, &QSpinBox::valueChanged, this, [this] {
        showRejected();
        Q_EMIT selectionChanged();
    });
    connect(m_rejectedSwitch, &QCheckBox::toggled, this, [this] {
        showRejected();
        Q_EMIT rejectedToggled();
    });
}

void LaboratoryCard::setSplit(std::shared_ptr<const core::EvaluatedSplit> split,
                              std::span<const engine::RejectedLabel> rejected)
{
    m_split = std::move(split);
    m_rejected = rejected;
    m_rejectedSwitch->setVisible(!rejected.empty());
    m_rejectedSource->setVisible(!rejected.empty());
    showRejected();
}

ErrorRanking LaboratoryCard::ranking() const
{
    return kErrorRankings[static_cast<std::size_t>(std::max(0, m_rankings->currentRow()))];
}

std::span<const engine::RejectedLabel> LaboratoryCard::shownRejected() const
{
    return m_rejectedSwitch->isChecked() ? m_rejected : std::span<const engine::RejectedLabel>();
}

void LaboratoryCard::clearSelection()
{
    m_rankings->clearSelection();
}

void LaboratoryCard::selectAny()
{
    const QSignalBlocker blocker(m_rankings);
    m_rankings->setCurrentRow(std::max(0, m_rankings->currentRow()));
    m_rankings->currentItem()->setSelected(true);
}

GallerySelection LaboratoryCard::selection() const
{
    GallerySelection selection;
    selection.title = textsOf(ranking()).name;
    selection.positions = rank(*m_split, ranking(), static_cast<std::size_t>(m_count->value()));
    selection.whyNone = isAboutLabels(ranking()) && !m_split->isOutOfSample()
                            ? tr("No suspects here: the model was trained on these labels, so its doubts say "
                                 "nothing about them. Choose the test or validation images.")
                            : tr("This list is empty.");
    return selection;
}

void LaboratoryCard::showRejected()
{
    const bool isShown = m_rejectedSwitch->isChecked() && !m_rejected.empty() && m_split;
    m_rejectedText->setVisible(isShown);
    if (!isShown)
        return;
    std::vector<std::uint32_t> indices;
    for (const std::uint32_t position : selection().positions)
        indices.push_back(m_split->indexOf(position));
    m_rejectedText->setText(tr("%1 of %2 among the first %L3")
                                .arg(engine::countRejected(indices, indices.size(), m_rejected))
                                .arg(m_rejected.size())
                                .arg(indices.size())); // the list may be shorter than requested
}

} // namespace ui
