// The bar that is always visible: data set, model, device, run, and the buttons to train, pause and stop.
#pragma once

#include "core/session/TrainingController.h"

#include <QWidget>

class QPushButton;

namespace ui
{

class Chip;

class TopBar : public QWidget
{
    Q_OBJECT
public:
    using State = core::TrainingController::State;

    static constexpr int kMoreEpochs = 3; ///< number of epochs to extend a run by

    explicit TopBar(QWidget* parent = nullptr);

    Chip* dataset() { return m_dataset; }
    Chip* model() { return m_model; }
    Chip* device() { return m_device; }
    Chip* run() { return m_run; }
    void setState(State state);
    /// What can be done with the ended run; shown while idle.
    void setContinuation(core::Continuation continuation);
    void setTrainEnabled(bool enabled, const QString& reason = {});

Q_SIGNALS:
    void trainClicked();
    void resumeClicked(); ///< resume the ended run
    void extendClicked(); ///< extend the ended run
    void pauseClicked();
    void unpauseClicked();
    void stepClicked();
    void stopClicked();

protected:
    void changeEvent(QEvent* event) override;

private:
    QPushButton* addButton(const char* name, const QString& text, const QString& tip);
    void updateIcons();

    Chip* m_dataset;
    Chip* m_model;
    Chip* m_device;
    Chip* m_run;
    State m_state = State::Idle;
    core::Continuation m_continuation = core::Continuation::None;
    bool m_isFocusDue = false; ///< the focused button is disabled until training has ended
    QPushButton* m_resume;
    QPushButton* m_extend;
    QPushButton* m_train;
    QPushButton* m_pause;
    QPushButton* m_unpause;
    QPushButton* m_step;
    QPushButton* m_stop;
};

} // namespace ui
