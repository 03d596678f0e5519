// Layout that wraps widgets into rows, like words in a paragraph.
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
    /// Returns the height of the items in `rect`; moves them if `isMoving`.
    int arrange(const QRect& rect, bool isMoving) const;

    std::vector<QLayoutItem*> m_items;
};

} // namespace ui
