// The fields of a TrainingConfig. Every field keeps its own range, so what config() gives is always valid.
#pragma once

#include "engine/Range.h"
#include "engine/training/TrainingConfig.h"

#include <QWidget>

class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QSpinBox;
class QToolButton;

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

    /// While training only the learning rate can be changed.
    void setTraining(bool isTraining);

protected:
    /// What a field is and takes stands below the form while it has the focus.
    bool eventFilter(QObject* field, QEvent* event) override;

Q_SIGNALS:
    void configChanged();
    /// While training alone.
    void learningRateChanged(double rate);

private:
    QSpinBox* addCount(const QString& label, const char* name, const engine::Range<int>& range,
                       const QString& tip);
    QDoubleSpinBox* addNumber(const QString& label, const char* name, const engine::Range<double>& range,
                              const QString& tip);
    QComboBox* addChoice(const QString& label, const char* name,
                         const QList<std::pair<QString, int>>& choices, const QString& tip);
    void addField(const QString& label, const char* name, QWidget* field, const QString& tip);
    void showRelevantFields();
    void showNote(engine::Preset preset);
    void onEdited();

    engine::TrainingConfig m_base;
    bool m_isTraining = false;
    bool m_isFilling = true; ///< the fields are being set, or made
    QFormLayout* m_layout;
    QWidget* m_lastField = nullptr;
    QComboBox* m_preset = nullptr;
    QSpinBox* m_epochs = nullptr;
    QSpinBox* m_batchSize = nullptr;
    QComboBox* m_optimizer = nullptr;
    QDoubleSpinBox* m_learningRate = nullptr;
    QComboBox* m_schedule = nullptr;
    QSpinBox* m_stepEpochs = nullptr;
    QDoubleSpinBox* m_stepFactor = nullptr;
    QComboBox* m_augmentation = nullptr;
    QSpinBox* m_hiddenUnits = nullptr;
    QComboBox* m_kernelSize = nullptr;
    QLineEdit* m_seed;
    QToolButton* m_more;
    QDoubleSpinBox* m_momentum = nullptr;
    QDoubleSpinBox* m_weightDecay = nullptr;
    QDoubleSpinBox* m_labelSmoothing = nullptr;
    QDoubleSpinBox* m_validation = nullptr;
    QSpinBox* m_patience = nullptr;
    QList<QWidget*> m_rarelyChanged;
    QLabel* m_note;
};

} // namespace ui
