// Editor for the list of a network's layers: add, remove, move and change layers. Shows output shape and cost
// of each, the first layer that does not fit, the reason, and a button that fixes it.
#pragma once

#include "engine/network/NetworkFamilies.h"

#include <QDialog>
#include <QList>

class QLabel;
class QPushButton;
class QTableView;
class QToolButton;

namespace ui
{

class LayerFields;
class NetworkDraft;

class NetworkEditor : public QDialog
{
    Q_OBJECT
public:
    /// For images of this shape and this number of classes, starting with the layers of `choice`.
    NetworkEditor(const engine::NetworkChoice& choice, const engine::ImageShape& input, int classCount,
                  QWidget* parent = nullptr);

    /// The accepted network: a family if the layers match one.
    engine::NetworkChoice choice() const;

    /// Asks first if layers were changed.
    void reject() override;

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* makeToolBar();
    QWidget* makeProblem();
    QWidget* makeButtons();
    void addLayer(const QString& type);
    void removeLayer();
    void moveLayer(int by);
    void keepSelection();
    void setTabOrders();
    void select(int row);
    int selected() const;
    void showDraft(int row);
    void showFields();
    void showProblem();

    NetworkDraft* m_draft;
    const engine::NetworkSpec m_start; ///< the draft before any change
    QTableView* m_table;
    LayerFields* m_fields;
    QLabel* m_fieldsTitle;
    QLabel* m_summary;
    QWidget* m_problem;
    QLabel* m_problemText;
    QPushButton* m_fix;
    QPushButton* m_open;
    QPushButton* m_save;
    QPushButton* m_cancel;
    QPushButton* m_use;
    QList<QToolButton*> m_tools; ///< from left to right
    QToolButton* m_remove = nullptr;
    QToolButton* m_up = nullptr;
    QToolButton* m_down = nullptr;
};

} // namespace ui
