// The dark navigation rail at the left: one button per page, icon above name, settings at the bottom.
#pragma once

#include <QButtonGroup>
#include <QVBoxLayout>
#include <QWidget>

namespace ui
{

class NavigationRail : public QWidget
{
    Q_OBJECT
public:
    explicit NavigationRail(QWidget* parent = nullptr);

    /// Pages are numbered in the order of the calls. The tooltip shows `shortcut`.
    void addPage(const QString& iconName, const QString& name, const QString& shortcut, bool atFoot = false);
    void setCurrentPage(int page);
    int currentPage() const { return m_buttons.checkedId(); }

Q_SIGNALS:
    void pageChosen(int page);

private:
    QButtonGroup m_buttons;
    QVBoxLayout* m_layout;
    int m_footCount = 0;
};

} // namespace ui
