// The bar that is always visible: data set, model, device, run, and the buttons to train, pause and stop.
#pragma once

#include <QWidget>

class QPushButton;

namespace ui
{

class Chip;

class TopBar : public QWidget
{
    Q_OBJECT
public:
    enum class Mode { Idle, Training, Pausing, Paused, Stopping };

    enum class GoOn {
        No,
        Continue,   ///< resume a stopped run, up to its planned end
        MoreEpochs, ///< extend a finished run by kMoreEpochs
    };
    static constexpr int kMoreEpochs = 3;

    explicit TopBar(QWidget* parent = nullptr);

    Chip* dataset() { return m_dataset; }
    Chip* model() { return m_model; }
    Chip* device() { return m_device; }
    Chip* run() { return m_run; }
    void setMode(Mode mode);
    /// What can be done with the ended run; shown while idle.
    void setGoOn(GoOn goOn);
    void setTrainEnabled(bool enabled, const QString& reason = {});

Q_SIGNALS:
    void trainClicked();
    void goOnClicked();
    void pauseClicked();
    void resumeClicked();
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
    Mode m_mode = Mode::Idle;
    GoOn m_goOnKind = GoOn::No;
    bool m_isFocusDue = false; ///< the focused button is disabled until training has ended
    QPushButton* m_goOn;
    QPushButton* m_train;
    QPushButton* m_pause;
    QPushButton* m_resume;
    QPushButton* m_step;
    QPushButton* m_stop;
};

} // namespace ui
