// Precision, recall, F1 and support of every class, as a small table.
#pragma once

#include "engine/evaluation/EvaluationFigures.h"

#include <QTableWidget>

namespace ui
{

class ClassFiguresTable : public QTableWidget
{
    Q_OBJECT
public:
    explicit ClassFiguresTable(QWidget* parent = nullptr);

    void setFigures(const engine::EvaluationFigures& figures, const QStringList& classNames);
};

} // namespace ui
