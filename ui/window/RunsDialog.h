// All runs in a table: sort, filter, open, export and delete. RunLoader reads and changes the files off the
// GUI thread.
#pragma once

#include "core/runs/RunLoader.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;
class QSortFilterProxyModel;
class QTableView;

namespace ui
{

class MessageBar;
class RunListModel;

class RunsDialog : public QDialog
{
    Q_OBJECT
public:
    /// `shownFolder` is the folder of the run that the window shows; empty for none.
    RunsDialog(core::RunLoader& runs, const QString& shownFolder, QWidget* parent);

Q_SIGNALS:
    /// Show this run in the window. The dialog has closed.
    void openWanted(const core::RunInfo& run);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    QWidget* makeButtons();
    void connectLoader();
    void onListed();
    void updateButtons();
    /// In table order.
    std::vector<core::RunInfo> selected() const;
    int rowInModel(const core::RunInfo& run) const;
    void openRun();
    void openFolder();
    void exportOne();
    void askToDelete();

    core::RunLoader& m_loader;
    QString m_shownFolder;
    RunListModel* m_model;
    QSortFilterProxyModel* m_sorted;
    MessageBar* m_messages;
    QLineEdit* m_filter;
    QTableView* m_table;
    QLabel* m_count;
    QPushButton* m_open = nullptr;
    QPushButton* m_openFolder = nullptr;
    QPushButton* m_export = nullptr;
    QPushButton* m_delete = nullptr;
};

} // namespace ui
