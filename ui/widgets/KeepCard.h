// "My digits": keeps the drawing as one of a data set of one's own, with a click on what it is; counts what
// is kept; and says how a model does on it.
#pragma once

#include "core/catalog/KeptDigitsFile.h"
#include "core/evaluation/ModelComparison.h"
#include "ui/widgets/Card.h"

#include <array>

class QPushButton;
class QToolButton;

namespace ui
{

class KeepCard : public Card
{
    Q_OBJECT
public:
    explicit KeepCard(QWidget* parent = nullptr);

    void setKept(const std::array<int, core::kOwnDigitClasses>& counts, bool isUsable);
    /// There is ink to keep.
    void setDrawn(bool isDrawn);
    /// There is a model to evaluate, and nothing else under way.
    void setModelReady(bool isReady);
    /// In place of a result, while one is awaited.
    void showBusy(const QString& text);
    void showResult(const std::vector<core::ComparedSet>& sets);
    void showText(const QString& text);

Q_SIGNALS:
    void keepWanted(int label);
    void undoWanted();
    void evaluateWanted();

private:
    void updateButtons();

    std::array<QToolButton*, core::kOwnDigitClasses> m_labels;
    int m_count = 0;
    bool m_isUsable = false;
    bool m_isDrawn = false;
    bool m_isModelReady = false;
    QPushButton* m_undo;
    QPushButton* m_evaluate;
    QLabel* m_result;
};

} // namespace ui
