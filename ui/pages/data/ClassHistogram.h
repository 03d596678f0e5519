// Number of images per class; a click on a class, or Space, filters by it.
#pragma once

#include <QStringList>
#include <QWidget>
#include <set>
#include <vector>

namespace ui
{

class ClassHistogram : public QWidget
{
    Q_OBJECT
public:
    explicit ClassHistogram(QWidget* parent = nullptr);

    void setCounts(const QStringList& classNames, const std::vector<std::size_t>& counts);
    /// Highlights classes; an empty set highlights none.
    void setChosen(const std::set<int>& classes);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void classClicked(int index);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QStringList m_classNames;
    std::vector<std::size_t> m_counts;
    std::set<int> m_chosen;
    int m_current = 0; ///< keyboard cursor
};

} // namespace ui
