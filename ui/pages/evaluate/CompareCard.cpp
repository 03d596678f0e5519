#include "ui/pages/evaluate/CompareCard.h"

#include "core/Format.h"
#include "core/runs/RunLoader.h"
#include "ui/style/TextRole.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui
{
namespace
{

constexpr std::array kGroups = {core::ComparedImages::BothRight, core::ComparedImages::OnlyFirstRight,
                                core::ComparedImages::OnlySecondRight, core::ComparedImages::BothWrong};

} // namespace

CompareCard::CompareCard(const Services& services, QWidget* parent)
    : Card(tr("Compare with"), parent),
      m_services(services),
      m_other(new QComboBox(this)),
      m_message(new QLabel(this)),
      m_progress(new QProgressBar(this)),
      m_cancel(new QPushButton(tr("Cancel"), this)),
      m_showTest(new QPushButton(tr("Show the test images"), this)),
      m_content(new QWidget(this)),
      m_firstAccuracy(new QLabel(this)),
      m_secondAccuracy(new QLabel(this)),
      m_firstRight(new QLabel(this)),
      m_firstWrong(new QLabel(this)),
      m_secondRight(new QLabel(this)),
      m_secondWrong(new QLabel(this)),
      m_counts(new QButtonGroup(this)),
      m_words(new QLabel(this))
{
    m_other->setObjectName(QStringLiteral("otherRun"));
    m_other->setAccessibleName(tr("Run to compare with"));
    m_other->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_other->setMinimumContentsLength(14);
    header()->addWidget(m_other, 1);
    m_message->setObjectName(QStringLiteral("compareMessage"));
    m_message->setWordWrap(true);
    m_message->setAlignment(Qt::AlignCenter);
    setTextRole(m_message, TextRole::Secondary);
    m_progress->setObjectName(QStringLiteral("compareProgress"));
    m_progress->setAccessibleName(tr("Evaluation progress of the other run"));
    m_progress->setFixedWidth(220);
    m_cancel->setObjectName(QStringLiteral("cancelCompare"));
    m_cancel->setAccessibleName(tr("Cancel the evaluation of the other run"));
    m_showTest->setObjectName(QStringLiteral("compareOnTest"));
    m_showTest->setAccessibleName(m_showTest->text());
    m_words->setObjectName(QStringLiteral("comparisonWords"));
    m_words->setWordWrap(true);
    m_words->setTextInteractionFlags(Qt::TextSelectableByMouse);

    auto* content = new QVBoxLayout(m_content);
    content->setContentsMargins(0, 0, 0, 0);
    content->setSpacing(8);
    m_firstAccuracy->setObjectName(QStringLiteral("firstAccuracy"));
    m_secondAccuracy->setObjectName(QStringLiteral("secondAccuracy"));
    for (QLabel* label : {m_firstAccuracy, m_secondAccuracy})
        label->setTextFormat(Qt::RichText);
    content->addWidget(m_firstAccuracy);
    content->addWidget(m_secondAccuracy);
    content->addWidget(makeCounts());
    content->addWidget(m_words);
    content->addStretch();
    body()->addWidget(m_content, 1);
    body()->addStretch();
    body()->addWidget(m_message);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_progress, m_cancel, m_showTest})
        body()->addWidget(widget, 0, Qt::AlignHCenter);
    body()->addStretch();

    connect(m_other, &QComboBox::activated, this, &CompareCard::compareWithChosen);
    connect(m_cancel, &QPushButton::clicked, &services.comparisons, &core::EvaluationService::cancel);
    connect(m_showTest, &QPushButton::clicked, this, &CompareCard::testImagesWanted);
    connect(m_counts, &QButtonGroup::idClicked, this, &CompareCard::selectionChanged);
    connect(&services.runs, &core::RunLoader::listed, this, &CompareCard::listRuns);
    const core::EvaluationService& service = services.comparisons;
    connect(&service, &core::EvaluationService::evaluated, this, &CompareCard::showComparison);
    connect(&service, &core::EvaluationService::failed, this,
            [this](const engine::Error& error) { showState(QString::fromStdString(error.message)); });
    connect(&service, &core::EvaluationService::cancelled, this,
            [this] { showState(tr("Evaluation of the other run canceled.")); });
    connect(&service, &core::EvaluationService::progressed, this,
            [this](std::size_t done, std::size_t total) {
                m_progress->setRange(0, static_cast<int>(total));
                m_progress->setValue(static_cast<int>(done));
            });
    showState({});
}

QWidget* CompareCard::makeCounts()
{
    auto* table = new QWidget(m_content);
    auto* grid = new QGridLayout(table);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(8);
    for (QLabel* label : {m_firstRight, m_firstWrong, m_secondRight, m_secondWrong}) {
        setTextRole(label, TextRole::Secondary);
        label->setAlignment(Qt::AlignCenter);
    }
    grid->addWidget(m_secondRight, 0, 1);
    grid->addWidget(m_secondWrong, 0, 2);
    grid->addWidget(m_firstRight, 1, 0);
    grid->addWidget(m_firstWrong, 2, 0);
    for (std::size_t i = 0; i < kGroups.size(); ++i) {
        auto* button = new QPushButton(table);
        button->setObjectName(QStringLiteral("compared_%1").arg(i));
        button->setCheckable(true);
        button->setProperty("count", true);
        button->setAccessibleName(tr("Show these images"));
        button->setToolTip(button->accessibleName());
        m_counts->addButton(button, static_cast<int>(i));
        grid->addWidget(button, 1 + static_cast<int>(i) / 2, 1 + static_cast<int>(i) % 2);
    }
    grid->setColumnStretch(1, 1);
    grid->setColumnStretch(2, 1);
    m_counts->button(1)->setChecked(true);
    return table;
}

void CompareCard::setSplit(std::shared_ptr<const core::EvaluatedSplit> split,
                           const core::EvaluationRequest& request)
{
    m_split = std::move(split);
    m_request = request;
    m_services.comparisons.forget();
    m_comparison.reset();
    m_other->setCurrentIndex(-1);
    listRuns();
}

void CompareCard::showEvent(QShowEvent* event)
{
    Card::showEvent(event);
    m_services.runs.list(); // there may be new runs
}

void CompareCard::listRuns()
{
    if (!m_split)
        return;
    const QString chosen = m_other->currentData().toString();
    const QSignalBlocker blocker(m_other);
    m_other->clear();
    for (const core::RunInfo& run : m_services.runs.runs()) {
        const bool isOther = run.folder != m_split->runFolder && run.datasetId == m_split->datasetId;
        if (!isOther || !run.isFolderThere || run.state == core::RunInfo::State::Running)
            continue;
        const QString accuracy =
            run.testTotal == 0 ? tr("not tested") : core::percentText(run.testCorrect, run.testTotal);
        m_other->addItem(tr("run %1 · %2 · %3")
                             .arg(run.number)
                             .arg(accuracy, run.recipe.section(QStringLiteral(" · "), 0, 1)),
                         run.folder);
        m_other->setItemData(m_other->count() - 1, run.recipe, Qt::ToolTipRole);
    }
    m_other->setCurrentIndex(m_other->findData(chosen));
    m_other->setPlaceholderText(tr("Choose a run"));
    const bool isTest = m_split->kind == core::SplitKind::Test;
    m_other->setEnabled(isTest && m_other->count() > 0);
    if (m_comparison || m_services.comparisons.isBusy())
        return;
    if (!isTest) {
        showState(tr("Runs are compared on the test images, which neither run was trained on."));
    } else if (m_other->count() == 0) {
        showState(tr("No other run on %1 to compare with.\nTrain one with a different recipe or seed.")
                      .arg(m_split->datasetTitle));
    } else if (m_message->text().isEmpty() || m_other->currentIndex() < 0) {
        showState(tr("Choose a run above to see which images only one of the two predicts correctly."));
    }
}

void CompareCard::compareWithChosen()
{
    if (!m_split || m_other->currentIndex() < 0)
        return;
    core::EvaluationRequest request = m_request;
    request.runFolder = m_other->currentData().toString();
    request.kind = core::SplitKind::Test;
    m_progress->setRange(0, 0);
    showState(tr("Evaluating %1 …").arg(otherName()), true);
    m_services.comparisons.evaluate(request);
}

void CompareCard::showComparison(std::shared_ptr<const core::EvaluatedSplit> other)
{
    if (!m_split || other->runFolder != m_other->currentData().toString())
        return; // another run has been chosen in the meantime
    auto compared = core::compare(m_split, std::move(other));
    if (!compared)
        return showState(QString::fromStdString(compared.error().message));
    showState({});
    m_comparedName = otherName();
    m_comparison = std::move(*compared);
    const core::RunComparison& comparison = *m_comparison;
    const QString first = m_services.runs.nameOf(m_split->runFolder);
    const QString second = otherName();
    const auto accuracy = [](const QString& name, const engine::EvaluationMetrics& metrics) {
        return QStringLiteral("<b>") + name.toHtmlEscaped() + QStringLiteral("</b>: ") + // may contain "%1"
               tr("%L1 of %L2 · %3")
                   .arg(metrics.correct)
                   .arg(metrics.total)
                   .arg(core::percentText(metrics.correct, metrics.total));
    };
    m_firstAccuracy->setText(accuracy(tr("%1 (current)").arg(first), comparison.first->metrics));
    m_secondAccuracy->setText(accuracy(second, comparison.second->metrics));
    m_firstRight->setText(tr("%1 correct").arg(first));
    m_firstWrong->setText(tr("%1 wrong").arg(first));
    m_secondRight->setText(tr("%1 correct").arg(second));
    m_secondWrong->setText(tr("%1 wrong").arg(second));
    const std::array names = {tr("both correct"), tr("only %1 correct").arg(first),
                              tr("only %1 correct").arg(second), tr("both wrong")};
    for (std::size_t i = 0; i < kGroups.size(); ++i) {
        QAbstractButton* button = m_counts->button(static_cast<int>(i));
        button->setText(tr("%L1\n%2").arg(comparison.count(kGroups[i])).arg(names[i]));
        button->setAccessibleName(tr("%1: %2").arg(names[i], core::imagesText(comparison.count(kGroups[i]))));
    }
    m_words->setText(core::inWords(comparison.test, first, second));
    m_content->show();
    m_message->hide();
    Q_EMIT selectionChanged();
}

void CompareCard::showState(const QString& message, bool isBusy)
{
    const bool hadComparison = m_comparison.has_value();
    m_comparison.reset();
    m_message->setText(message);
    m_message->show();
    m_progress->setVisible(isBusy);
    m_cancel->setVisible(isBusy);
    m_showTest->setVisible(m_split && m_split->kind != core::SplitKind::Test);
    m_content->hide();
    if (hadComparison)
        Q_EMIT selectionChanged();
}

QString CompareCard::otherName() const
{
    return m_comparison ? m_comparedName : m_services.runs.nameOf(m_other->currentData().toString());
}

core::ComparedImages CompareCard::chosenImages() const
{
    return kGroups[static_cast<std::size_t>(std::max(0, m_counts->checkedId()))];
}

GallerySelection CompareCard::selection() const
{
    GallerySelection selection;
    if (!m_comparison) {
        selection.title = tr("Comparison");
        selection.whyNone = tr("Choose a run to compare with.");
        return selection;
    }
    const QString first = m_services.runs.nameOf(m_split->runFolder);
    const std::array titles = {tr("both correct"), tr("%1 correct, %2 wrong").arg(first, otherName()),
                               tr("%1 wrong, %2 correct").arg(first, otherName()), tr("both wrong")};
    selection.title = titles[static_cast<std::size_t>(chosenImages())];
    selection.positions = core::positionsOf(*m_comparison, chosenImages());
    selection.whyNone = tr("No such images.");
    return selection;
}

} // namespace ui
