#include "ui/pages/evaluate/ClassMetricsTable.h"

#include "core/Format.h"

#include <QHeaderView>
#include <QScrollBar>

namespace ui
{
namespace
{

QString percent(std::optional<double> share)
{
    return share ? core::shareNumber(*share, 1) : QStringLiteral("–");
}

QTableWidgetItem* cell(const QString& text)
{
    auto* item = new QTableWidgetItem(text);
    item->setTextAlignment(Qt::AlignCenter);
    return item;
}

} // namespace

ClassMetricsTable::ClassMetricsTable(QWidget* parent) : QTableWidget(parent)
{
    setAccessibleName(tr("Metrics per class, in percent"));
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setSelectionMode(QAbstractItemView::NoSelection);
    setFocusPolicy(Qt::NoFocus);
    setTabKeyNavigation(false);
    setShowGrid(false);
    setTextElideMode(Qt::ElideNone); // four digits fit even in narrow columns
    setFrameShape(QFrame::NoFrame);
    setCornerButtonEnabled(false);
    setRowCount(4);
    setVerticalHeaderLabels({tr("precision"), tr("recall"), tr("F1"), tr("images")});
    verticalHeader()->setDefaultSectionSize(22);
    verticalHeader()->setMinimumSectionSize(20);
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setMinimumSectionSize(34);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    horizontalHeader()->setHighlightSections(false);
}

void ClassMetricsTable::setMetrics(const engine::EvaluationMetrics& metrics, const QStringList& classNames)
{
    const int classes = static_cast<int>(metrics.classes.size());
    setColumnCount(classes);
    setHorizontalHeaderLabels(classNames);
    for (int i = 0; i < classes; ++i) {
        const engine::ClassMetrics& metricsOfClass = metrics.classes[static_cast<std::size_t>(i)];
        setItem(0, i, cell(percent(metricsOfClass.precision)));
        setItem(1, i, cell(percent(metricsOfClass.recall)));
        setItem(2, i, cell(percent(metricsOfClass.f1)));
        setItem(3, i, cell(QString::number(metricsOfClass.support)));
    }
    const bool haveRoom = columnCount() <= 12; // otherwise the table scrolls
    constexpr int kHeight = 116;
    setFixedHeight(haveRoom ? kHeight : kHeight + horizontalScrollBar()->sizeHint().height());
    setFocusPolicy(haveRoom ? Qt::NoFocus : Qt::StrongFocus); // the arrow keys scroll
    horizontalHeader()->setSectionResizeMode(haveRoom ? QHeaderView::Stretch : QHeaderView::ResizeToContents);
}

} // namespace ui
