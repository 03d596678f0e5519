// From logits to probabilities, written out: a row a class. A row that is chosen is a class that is chosen.
#pragma once

#include <QStringList>
#include <QTableWidget>
#include <vector>

namespace ui
{

class SoftmaxTable : public QTableWidget
{
    Q_OBJECT
public:
    enum Column { Class, Logit, Shifted, Exponential, Probability, ColumnCount };

    explicit SoftmaxTable(QWidget* parent = nullptr);

    /// One logit and one probability a class.
    void setLogits(const std::vector<float>& logits, const std::vector<float>& probabilities,
                   const QStringList& classNames);
    /// No signal.
    void setCurrentClass(int index);

Q_SIGNALS:
    /// By the user.
    void classChosen(int index);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void setText(int row, int column, const QString& text, bool isStrong);
};

} // namespace ui
