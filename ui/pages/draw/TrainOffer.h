// Shown while there is no trained model: trains one on the spot, with progress and a cancel button.
#pragma once

#include "core/session/TrainingController.h"
#include "ui/models/TrainingProgress.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace ui
{

class TrainOffer : public QWidget
{
    Q_OBJECT
public:
    explicit TrainOffer(core::TrainingController& training, QWidget* parent = nullptr);

    /// The data set to train on; empty while there is none. `whyUseless`: why a network trained on it cannot
    /// classify drawings; empty if it can.
    void setDataset(const QString& title, bool isLoading, const QString& whyUseless = {});

Q_SIGNALS:
    void trainWanted(engine::Preset preset);

private:
    QPushButton* addPreset(engine::Preset preset, const QString& text, const QString& tip);
    void showState();
    void showProgress();

    core::TrainingController& m_training;
    QString m_dataset;
    bool m_isLoading = true;
    QString m_whyUseless;
    TrainingProgress m_progress;
    bool m_hasProgress = false; ///< since the training started
    QLabel* m_title;
    QLabel* m_text;
    QList<QPushButton*> m_presets;
    QProgressBar* m_bar;
    QLabel* m_detail;
    QPushButton* m_stop;
};

} // namespace ui
