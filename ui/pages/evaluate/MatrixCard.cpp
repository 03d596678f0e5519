#include "ui/pages/evaluate/MatrixCard.h"

#include "core/Format.h"
#include "ui/models/ConfusionModel.h"
#include "ui/style/TextRole.h"
#include "ui/widgets/SegmentedButtons.h"

#include <QCheckBox>
#include <QEvent>
#include <QLabel>
#include <QSlider>
#include <QVBoxLayout>

namespace ui
{

MatrixCard::MatrixCard(QWidget* parent)
    : Card({}, parent),
      m_matrix(new ConfusionModel(this)),
      m_view(new ConfusionView(this)),
      m_unit(new SegmentedButtons(SegmentedButtons::Mode::One, this)),
      m_errorsFirst(new QCheckBox(tr("Highlight errors"), this)),
      m_epochRow(new QWidget(this)),
      m_epoch(new QSlider(Qt::Horizontal, this)),
      m_epochText(new QLabel(this))
{
    m_view->setObjectName(QStringLiteral("confusionMatrix"));
    m_view->setAccessibleName(tr("Confusion matrix: rows true, columns predicted"));
    m_view->setModel(m_matrix);
    m_unit->setObjectName(QStringLiteral("confusionUnit"));
    m_unit->setSegments({tr("Counts"), tr("Row %"), tr("Col %")},
                        {tr("Images"), tr("Percent of the images of the true class"),
                         tr("Percent of the images predicted as the class")});
    m_errorsFirst->setObjectName(QStringLiteral("errorsFirst"));
    m_errorsFirst->setAccessibleName(tr("Highlight errors"));
    m_errorsFirst->setToolTip(tr("Exclude the diagonal from the color scale, so that errors stand out"));
    m_errorsFirst->setChecked(true);

    m_epoch->setObjectName(QStringLiteral("confusionEpoch"));
    m_epoch->setAccessibleName(tr("Epoch of the matrix"));
    m_epoch->setToolTip(tr("Show the matrix after each epoch"));
    m_epoch->setPageStep(1);
    m_epochText->setObjectName(QStringLiteral("confusionEpochText"));
    setTextRole(m_epochText, TextRole::Small);
    m_epochText->setMinimumWidth(150);
    auto* row = new QHBoxLayout(m_epochRow);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_epochText);
    row->addWidget(m_epoch, 1);
    auto* foot = new QHBoxLayout;
    foot->addWidget(m_epochRow, 1);
    foot->addStretch();
    foot->addWidget(m_errorsFirst);
    body()->addWidget(m_view, 1);
    body()->addLayout(foot);

    connect(m_view, &ConfusionView::chosen, this, &MatrixCard::chosen);
    connect(m_unit, &SegmentedButtons::toggled, this, &MatrixCard::showCells);
    connect(m_errorsFirst, &QCheckBox::toggled, this, &MatrixCard::showCells);
    connect(m_epoch, &QSlider::valueChanged, this, [this] {
        showCells();
        Q_EMIT epochChanged();
    });
}

void MatrixCard::setSplit(std::shared_ptr<const core::EvaluatedSplit> split)
{
    m_split = std::move(split);
    const int epochs = static_cast<int>(m_split->epochs.size());
    m_epochRow->setVisible(epochs > 1);
    {
        const QSignalBlocker blocker(m_epoch);
        m_epoch->setRange(1, epochs + 1); // one more for the final weights
        m_epoch->setValue(epochs + 1);
    }
    m_view->showScope(ConfusionScope::AllErrors, 0, 0);
    showCells();
}

const ConfusionCells& MatrixCard::cells() const
{
    return m_matrix->cells();
}

QWidget* MatrixCard::unitChoice() const
{
    return m_unit;
}

void MatrixCard::showScope(ConfusionScope scope, int trueClass, int predictedClass)
{
    m_view->showScope(scope, trueClass, predictedClass);
}

std::pair<int, int> MatrixCard::currentCell() const
{
    const QModelIndex cell = m_view->currentIndex();
    return {std::max(0, cell.row()), std::max(0, cell.column())};
}

std::optional<std::size_t> MatrixCard::epoch() const
{
    const auto value = static_cast<std::size_t>(m_epoch->value());
    return m_split && value <= m_split->epochs.size() ? std::optional(value - 1) : std::nullopt;
}

engine::ConfusionMatrix MatrixCard::shownMatrix() const
{
    const auto shown = epoch();
    if (!shown)
        return m_split->evaluation.confusion;
    engine::ConfusionMatrix matrix(m_split->evaluation.confusion.classCount());
    const std::vector<std::uint8_t>& predictions = m_split->epochs[*shown];
    for (std::size_t i = 0; i < predictions.size(); ++i)
        matrix.add(m_split->labels[i], predictions[i]);
    return matrix;
}

void MatrixCard::showCells()
{
    if (!m_split)
        return;
    const ConfusionUnit unit = m_unit->isChecked(1)   ? ConfusionUnit::RowShare
                               : m_unit->isChecked(2) ? ConfusionUnit::ColumnShare
                                                      : ConfusionUnit::Counts;
    const engine::ConfusionMatrix matrix = shownMatrix();
    const QString accuracy = core::percentText(matrix.correctCount(), matrix.total());
    const auto shown = epoch();
    m_epochText->setText(
        shown ? tr("after epoch %1 of %2: %3").arg(*shown + 1).arg(m_split->epochs.size()).arg(accuracy)
              : tr("final model: %1").arg(accuracy));
    m_matrix->setCells({matrix, m_split->classNames, unit, m_errorsFirst->isChecked()});
}

void MatrixCard::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        m_view->viewport()->update();
    Card::changeEvent(event);
}

} // namespace ui
