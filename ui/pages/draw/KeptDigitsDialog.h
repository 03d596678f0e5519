// All kept digits as thumbnails with their labels. They can be removed one by one; removing can be undone.
#pragma once

#include <QDialog>
#include <QModelIndex>

class QLabel;
class QListView;
class QPushButton;

namespace core
{
class KeptDigits;
}

namespace ui
{

class SampleListModel;
class SegmentedButtons;

class KeptDigitsDialog : public QDialog
{
    Q_OBJECT
public:
    /// Deletes itself when closed. `kept` must outlive it.
    KeptDigitsDialog(core::KeptDigits& kept, QWidget* parent);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* makeGrid();
    QWidget* makeButtons();
    void showDigits();
    void filter(int label, bool isChosen);
    /// An invalid index for none.
    QModelIndex selected() const;
    void removeSelected();
    void updateButtons();

    core::KeptDigits& m_kept;
    SampleListModel* m_model;
    SegmentedButtons* m_labels;
    QLabel* m_counts;
    QListView* m_grid;
    QLabel* m_empty;
    QPushButton* m_remove;
    QPushButton* m_undo;
};

} // namespace ui
