// Buttons joined into one row, exclusive or independently checkable.
#pragma once

#include <QButtonGroup>
#include <QWidget>

class QHBoxLayout;

namespace ui
{

class SegmentedButtons : public QWidget
{
    Q_OBJECT
public:
    enum class Mode { One, Any };

    explicit SegmentedButtons(Mode mode, QWidget* parent = nullptr);

    /// Replaces all buttons. `names` are the texts; `descriptions` (one per name, or none) become tooltips
    /// and accessible names. The objectName of each button is this widget's plus "_0", "_1", ….
    void setSegments(const QStringList& names, const QStringList& descriptions = {});
    void setSegmentText(int index, const QString& text);
    void setSegmentEnabled(int index, bool isEnabled);
    void setChecked(int index, bool checked = true);
    bool isChecked(int index) const;
    int count() const { return static_cast<int>(m_group.buttons().size()); }

Q_SIGNALS:
    /// Emitted for user input only.
    void toggled(int index, bool checked);

private:
    Mode m_mode;
    QButtonGroup m_group;
    QHBoxLayout* m_layout;
};

} // namespace ui
