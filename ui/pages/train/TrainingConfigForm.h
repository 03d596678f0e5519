// Form for a TrainingConfig. Every field enforces its own range, so config() is always valid.
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

class NetworkFields;

class TrainingConfigForm : public QWidget
{
    Q_OBJECT
public:
    explicit TrainingConfigForm(QWidget* parent = nullptr);

    /// Device and threads are not in the form; they are kept unchanged.
    void setConfig(const engine::TrainingConfig& config);
    engine::TrainingConfig config() const;

    /// Images of the next training. Marks a network that does not fit them.
    void setImages(const engine::ImageShape& input, int classCount);
    /// Why training cannot start with these settings; empty if it can.
    QString error() const;

    /// During training only the learning rate can be changed.
    void setTraining(bool isTraining);

protected:
    /// Shows the help text of the focused field below the form.
    bool eventFilter(QObject* field, QEvent* event) override;

Q_SIGNALS:
    void configChanged();
    /// Only emitted during training.
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
    bool m_isFilling = true; ///< fields are being created or set by the program
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
    NetworkFields* m_network = nullptr;
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
