// Small table of precision, recall, F1 and support of every class.
#pragma once

#include "engine/evaluation/EvaluationMetrics.h"

#include <QTableWidget>

namespace ui
{

class ClassMetricsTable : public QTableWidget
{
    Q_OBJECT
public:
    explicit ClassMetricsTable(QWidget* parent = nullptr);

    void setMetrics(const engine::EvaluationMetrics& metrics, const QStringList& classNames);
};

} // namespace ui
