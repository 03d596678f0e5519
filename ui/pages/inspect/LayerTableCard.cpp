#include "ui/pages/inspect/LayerTableCard.h"

#include "engine/network/LayerTable.h"
#include "engine/network/ParameterLayout.h"
#include "ui/models/LayerTableModel.h"
#include "ui/pages/inspect/SearchState.h"

#include <QHeaderView>
#include <QTableView>
#include <QVBoxLayout>

namespace ui
{

LayerTableCard::LayerTableCard(LayerTableModel* layers, QWidget* parent)
    : Card(tr("All layers"), parent),
      m_layers(layers),
      m_table(new QTableView(this)),
      m_search(new SearchState(QStringLiteral("neverFires"), Qt::Horizontal, this))
{
    m_table->setObjectName(QStringLiteral("layerTable"));
    m_table->setAccessibleName(tr("Table of all layers"));
    m_table->setModel(layers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(30);
    // The longest texts of a large network are never elided; in a narrow window the table scrolls.
    constexpr int kNarrowest = 56;
    QHeaderView* header = m_table->horizontalHeader();
    header->setMinimumSectionSize(kNarrowest);
    header->setSectionResizeMode(QHeaderView::ResizeToContents);
    for (const int column : {LayerTableModel::Minimum, LayerTableModel::Mean, LayerTableModel::Maximum})
        header->setSectionResizeMode(column, QHeaderView::Stretch);
    header->setHighlightSections(false);
    body()->addWidget(m_table, 1);
    body()->addWidget(m_search);
    m_search->hide();
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& current) {
                if (current.isValid())
                    Q_EMIT layerChosen(m_layers->layerOf(current.row()));
            });
}

void LayerTableCard::setSpec(const engine::NetworkSpec& spec)
{
    setSubtitle(tr("%L1 parameters and %L2 MACs in total; ranges are for this image")
                    .arg(static_cast<qlonglong>(engine::parameterCount(spec)))
                    .arg(static_cast<qlonglong>(engine::multiplyAccumulates(spec))));
}

void LayerTableCard::setCurrentLayer(int layer)
{
    const QSignalBlocker blocker(m_table->selectionModel());
    m_table->selectRow(LayerTableModel::rowOfLayer(layer));
    m_table->viewport()->update();
}

} // namespace ui
