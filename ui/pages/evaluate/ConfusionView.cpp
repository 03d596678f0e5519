#include "ui/pages/evaluate/ConfusionView.h"

#include "ui/delegates/ConfusionDelegate.h"
#include "ui/models/ConfusionModel.h"
#include "ui/render/Colors.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <algorithm>
#include <utility>

namespace ui
{

ConfusionView::ConfusionView(QWidget* parent)
    : QTableView(parent),
      m_corner(new QLabel(tr("true ↓\npred →"), this))
{
    m_corner->setObjectName(QStringLiteral("confusionCorner"));
    m_corner->setAlignment(Qt::AlignCenter);
    setItemDelegate(new ConfusionDelegate(this));
    setSelectionMode(QAbstractItemView::SingleSelection);
    setShowGrid(false);
    setMouseTracking(true);
    setTabKeyNavigation(false);
    setCornerButtonEnabled(false);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    for (QHeaderView* header : {horizontalHeader(), verticalHeader()}) {
        header->setSectionResizeMode(QHeaderView::Fixed);
        header->setMinimumSectionSize(12);
        header->setDefaultAlignment(Qt::AlignCenter);
        header->setHighlightSections(false);
        header->setSectionsClickable(true);
    }
    connect(verticalHeader(), &QHeaderView::sectionClicked, this, [this](int section) {
        const int current = std::max(0, currentIndex().column());
        showScope(ConfusionScope::Row, section, current);
        Q_EMIT chosen(ConfusionScope::Row, section, current);
    });
    connect(horizontalHeader(), &QHeaderView::sectionClicked, this, [this](int section) {
        const int current = std::max(0, currentIndex().row());
        showScope(ConfusionScope::Column, current, section);
        Q_EMIT chosen(ConfusionScope::Column, current, section);
    });
}

void ConfusionView::setModel(QAbstractItemModel* model)
{
    QTableView::setModel(model);
    connect(model, &QAbstractItemModel::modelReset, this, &ConfusionView::fitCells);
    connect(model, &QAbstractItemModel::dataChanged, this, &ConfusionView::fitCells);
    fitCells();
}

void ConfusionView::setCurrentCell(int trueClass, int predictedClass)
{
    const QModelIndex cell = model()->index(trueClass, predictedClass);
    if (!cell.isValid() || !cell.flags().testFlag(Qt::ItemIsSelectable))
        return;
    const bool was = std::exchange(m_isChoosing, false);
    setCurrentIndex(cell);
    m_isChoosing = was;
}

void ConfusionView::showScope(ConfusionScope scope, int trueClass, int predictedClass)
{
    m_scope = scope;
    if (scope != ConfusionScope::AllErrors)
        setCurrentCell(trueClass, predictedClass);
    if (scope != ConfusionScope::Cell)
        clearSelection();
    viewport()->update();
}

void ConfusionView::paintEvent(QPaintEvent* event)
{
    QTableView::paintEvent(event);
    const QModelIndex current = currentIndex();
    const int last = model()->rowCount() - 2;
    if (!current.isValid() || (m_scope != ConfusionScope::Row && m_scope != ConfusionScope::Column))
        return;
    const bool isRow = m_scope == ConfusionScope::Row;
    const QRect first = visualRect(model()->index(isRow ? current.row() : 0, isRow ? 0 : current.column()));
    const QRect end =
        visualRect(model()->index(isRow ? current.row() : last, isRow ? last : current.column()));
    QPainter painter(viewport());
    painter.setPen(QPen(currentColors().text, 2));
    painter.drawRect(first.united(end).adjusted(1, 1, -2, -2));
}

int ConfusionView::widestCount() const
{
    const auto* confusion = qobject_cast<const ConfusionModel*>(model());
    const int classes = model()->rowCount() - 1;
    QFont smallest = font();
    smallest.setPixelSize(ConfusionDelegate::kSmallestFont);
    const QFontMetrics metrics(smallest);
    int widest = 0;
    for (int row = 0; confusion != nullptr && row < classes; ++row) {
        for (int column = 0; column < classes; ++column)
            widest = std::max(widest, metrics.horizontalAdvance(confusion->cells().text(row, column)));
    }
    return widest;
}

void ConfusionView::fitCells()
{
    if (model() == nullptr || model()->rowCount() == 0)
        return;
    constexpr int kSmallest = 18;
    constexpr int kLargest = 52;
    constexpr int kLargestName = 84;
    constexpr int kMargins = 46; // for recall and precision
    const int classes = model()->rowCount() - 1;
    int nameWidth = 44;
    for (int i = 0; i <= classes; ++i) {
        const QString name = model()->headerData(i, Qt::Vertical).toString();
        nameWidth = std::max(nameWidth, fontMetrics().horizontalAdvance(name) + 14);
    }
    nameWidth = std::min(nameWidth, kLargestName);
    verticalHeader()->setFixedWidth(nameWidth);
    const int headerHeight = fontMetrics().height() + 8;
    horizontalHeader()->setFixedHeight(headerHeight);
    m_corner->setGeometry(0, 0, nameWidth, headerHeight);
    const int high = std::clamp((height() - 2 * headerHeight - 2) / classes, kSmallest, kLargest);
    // Counts are never cut off: a matrix with many classes scrolls instead.
    const int narrowest = std::max(kSmallest, widestCount() + 4);
    const int wide = std::clamp((width() - nameWidth - kMargins - 2) / classes, narrowest,
                                std::max(narrowest, high * 3 / 2));
    for (int i = 0; i < classes; ++i) {
        setColumnWidth(i, wide);
        setRowHeight(i, high);
    }
    setColumnWidth(classes, kMargins);
    setRowHeight(classes, headerHeight);
}

void ConfusionView::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    fitCells();
}

void ConfusionView::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QTableView::currentChanged(current, previous);
    if (m_isChoosing && current.flags().testFlag(Qt::ItemIsSelectable))
        Q_EMIT chosen(ConfusionScope::Cell, current.row(), current.column());
}

void ConfusionView::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && currentIndex().isValid()) {
        showScope(ConfusionScope::AllErrors, 0, 0);
        Q_EMIT chosen(ConfusionScope::AllErrors, currentIndex().row(), currentIndex().column());
        return;
    }
    QTableView::keyPressEvent(event);
}

void ConfusionView::mousePressEvent(QMouseEvent* event)
{
    const QModelIndex cell = indexAt(event->pos());
    const int classes = model()->rowCount() - 1;
    if (cell.isValid() && !cell.flags().testFlag(Qt::ItemIsSelectable)) { // recall or precision
        if (cell.row() < classes)
            Q_EMIT verticalHeader()->sectionClicked(cell.row());
        else if (cell.column() < classes)
            Q_EMIT horizontalHeader()->sectionClicked(cell.column());
        return;
    }
    const bool isSame = cell.isValid() && cell == currentIndex();
    QTableView::mousePressEvent(event);
    if (isSame) // no change, but still a request: the gallery may show another scope
        Q_EMIT chosen(ConfusionScope::Cell, cell.row(), cell.column());
}

} // namespace ui
