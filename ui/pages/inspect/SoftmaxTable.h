// From logits to probabilities, step by step: one row per class. Selecting a row selects the class.
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

    /// One logit and one probability per class.
    void setLogits(const std::vector<float>& logits, const std::vector<float>& probabilities,
                   const QStringList& classNames);
    /// Emits no signal.
    void setCurrentClass(int index);

Q_SIGNALS:
    /// Emitted for user input only.
    void classChosen(int index);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void setText(int row, int column, const QString& text, bool isStrong);
};

} // namespace ui
