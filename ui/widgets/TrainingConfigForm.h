// The fields of a TrainingConfig. Every field keeps its own range, so what config() gives is always valid.
#pragma once

#include "engine/training/TrainingConfig.h"

#include <QWidget>

class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace ui
{

class TrainingConfigForm : public QWidget
{
    Q_OBJECT
public:
    explicit TrainingConfigForm(QWidget* parent = nullptr);

    /// Device and threads are not in the form: they are kept as given.
    void setConfig(const engine::TrainingConfig& config);
    engine::TrainingConfig config() const;

Q_SIGNALS:
    void configChanged();

private:
    QSpinBox* addNumber(const QString& label, const char* name, int low, int high, const QString& tip);
    void addField(const QString& label, const char* name, QWidget* field, const QString& tip);
    void onEdited();

    engine::TrainingConfig m_base;
    QFormLayout* m_layout;
    QComboBox* m_preset;
    QSpinBox* m_epochs;
    QSpinBox* m_batchSize;
    QDoubleSpinBox* m_learningRate;
    QSpinBox* m_hiddenUnits;
    QComboBox* m_kernelSize;
    QLineEdit* m_seed;
    QLabel* m_note;
};

} // namespace ui
