// Lays widgets out in rows, as words in a paragraph: what does not fit goes to the next row.
#pragma once

#include <QLayout>
#include <memory>
#include <vector>

namespace ui
{

class FlowLayout : public QLayout
{
public:
    explicit FlowLayout(int spacing);
    ~FlowLayout() override;

    void addItem(QLayoutItem* item) override;
    int count() const override { return static_cast<int>(m_items.size()); }
    QLayoutItem* itemAt(int index) const override;
    QLayoutItem* takeAt(int index) override;

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSize() const override;
    void setGeometry(const QRect& rect) override;

private:
    /// Returns the height that the items take in `rect`; moves them there when asked to.
    int arrange(const QRect& rect, bool isMoving) const;

    std::vector<QLayoutItem*> m_items;
};

} // namespace ui
