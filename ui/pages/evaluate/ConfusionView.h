// Clickable confusion matrix whose cells are as large as possible. Clicks on a cell, a class name, a recall
// or a precision, and the arrow keys, select what the gallery shows.
#pragma once

#include <QTableView>

class QLabel;

namespace ui
{

class ConfusionModel;

enum class ConfusionScope { Cell, Row, Column, AllErrors };

class ConfusionView : public QTableView
{
    Q_OBJECT
public:
    explicit ConfusionView(QWidget* parent = nullptr);

    void setModel(QAbstractItemModel* model) override;
    /// Shows the selection: the cell, or an outline around the row or column. The arrow keys continue from
    /// this cell.
    void showScope(ConfusionScope scope, int trueClass, int predictedClass);

Q_SIGNALS:
    /// Emitted for user input only; AllErrors on Esc.
    void chosen(ui::ConfusionScope scope, int trueClass, int predictedClass);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    void setCurrentCell(int trueClass, int predictedClass);
    int widestCount() const;
    void fitCells();

    QLabel* m_corner; ///< explains which axis is true and which is predicted
    ConfusionScope m_scope = ConfusionScope::AllErrors;
    bool m_isChoosing = true; ///< false while the program moves the current cell
};

} // namespace ui
