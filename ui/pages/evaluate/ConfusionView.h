// The confusion matrix to click on, its cells as large as the room allows. Clicks on a cell, on the name
// of a class or on its recall or precision, and the arrow keys, choose what the gallery shows.
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
    /// Makes what is chosen visible: the cell, or an outline around the row or the column. The arrow keys go
    /// on from this cell.
    void showScope(ConfusionScope scope, int trueClass, int predictedClass);

Q_SIGNALS:
    /// By the user. AllErrors by Esc.
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

    QLabel* m_corner; ///< says which way is true and which predicted
    ConfusionScope m_scope = ConfusionScope::AllErrors;
    bool m_isChoosing = true; ///< false while the program moves the current cell
};

} // namespace ui
