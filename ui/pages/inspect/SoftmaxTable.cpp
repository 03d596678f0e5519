#include "ui/pages/inspect/SoftmaxTable.h"

#include "ui/models/FeatureMaps.h"

#include <QHeaderView>
#include <algorithm>
#include <cmath>

namespace ui
{
SoftmaxTable::SoftmaxTable(QWidget* parent) : QTableWidget(parent)
{
    setObjectName(QStringLiteral("softmaxTable"));
    setAccessibleName(tr("From logits to probabilities"));
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setShowGrid(false);
    setFrameShape(QFrame::NoFrame);
    setColumnCount(ColumnCount);
    setHorizontalHeaderLabels({tr("class"), tr("logit z"), tr("z − max"), tr("e^(z−max)"), tr("p")});
    const QString explanations[] = {
        tr("Class name"), tr("Output of the linear layer"),
        tr("Minus the largest logit: keeps e^z small without changing the probabilities"),
        tr("The exponential, never negative"), tr("Share of the sum: the probability")};
    for (int column = 0; column < ColumnCount; ++column)
        horizontalHeaderItem(column)->setToolTip(explanations[column]);
    horizontalHeader()->setMinimumSectionSize(36);
    horizontalHeader()->setHighlightSections(false);
    verticalHeader()->hide();
    verticalHeader()->setMinimumSectionSize(20);
    verticalHeader()->setDefaultSectionSize(24);
    connect(this, &QTableWidget::currentCellChanged, this, [this](int row, int, int before) {
        if (row >= 0 && row != before && row < rowCount() - 1)
            Q_EMIT classChosen(row);
    });
}

void SoftmaxTable::resizeEvent(QResizeEvent* event)
{
    QTableWidget::resizeEvent(event);
    constexpr int kEnoughForAll = 84; // per column
    const bool isWide = viewport()->width() >= ColumnCount * kEnoughForAll;
    // If there is little room, the class name is elided and never a number.
    for (int column = 0; column < ColumnCount; ++column)
        horizontalHeader()->setSectionResizeMode(
            column, isWide || column == Class ? QHeaderView::Stretch : QHeaderView::ResizeToContents);
}

void SoftmaxTable::setText(int row, int column, const QString& text, bool isStrong)
{
    QTableWidgetItem* cell = item(row, column);
    if (cell == nullptr) {
        cell = new QTableWidgetItem;
        cell->setTextAlignment(Qt::AlignCenter);
        setItem(row, column, cell);
    }
    cell->setText(text);
    QFont font = this->font();
    font.setWeight(isStrong ? QFont::DemiBold : QFont::Normal);
    cell->setFont(font);
}

void SoftmaxTable::setLogits(const std::vector<float>& logits, const std::vector<float>& probabilities,
                             const QStringList& classNames)
{
    const QSignalBlocker blocker(this);
    const auto classes = static_cast<int>(logits.size());
    setRowCount(classes + 1);
    const float largest = classes == 0 ? 0 : *std::max_element(logits.begin(), logits.end());
    double sum = 0;
    double total = 0;
    for (int row = 0; row < classes; ++row) {
        const auto i = static_cast<std::size_t>(row);
        const double shifted = static_cast<double>(logits[i]) - static_cast<double>(largest);
        const bool isLargest = logits[i] == largest;
        sum += std::exp(shifted);
        total += static_cast<double>(probabilities[i]);
        setText(row, Class, classNames.value(row, QString::number(row)), isLargest);
        item(row, Class)->setToolTip(classNames.value(row));
        setText(row, Logit, valueText(logits[i]), isLargest);
        setText(row, Shifted, valueText(shifted), isLargest);
        setText(row, Exponential, smallValueText(std::exp(shifted)), isLargest);
        setText(row, Probability, smallValueText(probabilities[i]), isLargest);
    }
    setText(classes, Class, tr("sum"), true);
    setText(classes, Logit, {}, false);
    setText(classes, Shifted, {}, false);
    setText(classes, Exponential, valueText(sum), true);
    setText(classes, Probability, valueText(total), true);
    for (int column = 0; column < ColumnCount; ++column)
        item(classes, column)->setFlags(Qt::ItemIsEnabled);
}

void SoftmaxTable::setCurrentClass(int index)
{
    const QSignalBlocker blocker(this);
    setCurrentCell(index, 0);
}

} // namespace ui
