// Stands where a trained model is missing: says so, and trains one on the spot, with progress and a way to
// stop it.
#pragma once

#include "core/session/TrainingSession.h"
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
    explicit TrainOffer(core::TrainingSession& session, QWidget* parent = nullptr);

    /// What there is to train on; empty where nothing is, or nothing yet. `whyUseless`: a network that is
    /// trained on it reads no drawings; empty where it would.
    void setDataset(const QString& title, bool isLoading, const QString& whyUseless = {});

Q_SIGNALS:
    void trainWanted(engine::Preset preset);

private:
    QPushButton* addPreset(engine::Preset preset, const QString& text, const QString& tip);
    void showState();
    void showProgress();

    core::TrainingSession& m_session;
    QString m_dataset;
    bool m_isLoading = true;
    QString m_whyUseless;
    TrainingProgress m_progress;
    bool m_hasProgress = false; ///< since the training began
    QLabel* m_title;
    QLabel* m_text;
    QList<QPushButton*> m_presets;
    QProgressBar* m_bar;
    QLabel* m_detail;
    QPushButton* m_stop;
};

} // namespace ui
