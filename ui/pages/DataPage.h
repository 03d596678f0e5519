// Browser for the images of a data set: thousands of tiles, filtered by split and class, and one enlarged
// image.
#pragma once

#include "core/catalog/DatasetCatalog.h"

#include <QWidget>
#include <memory>

class QIntValidator;
class QLabel;
class QLineEdit;
class QListView;
class QSlider;
class QToolButton;

namespace ui
{

class Card;
class ClassHistogram;
class SampleDelegate;
class SampleListModel;
class SegmentedButtons;

class DataPage : public QWidget
{
    Q_OBJECT
public:
    explicit DataPage(QWidget* parent = nullptr);

    void setDataset(std::shared_ptr<const core::LoadedDataset> dataset);

private:
    QWidget* makeToolCard();
    QWidget* makeGridCard();
    QWidget* makeDetailCard();
    const engine::Dataset& split() const;
    void showSplit();
    void toggleClass(int index, bool chosen);
    void goToIndex();
    void showSelected();
    void setTileSide(int step);

    std::shared_ptr<const core::LoadedDataset> m_dataset;
    SampleListModel* m_model;
    SampleDelegate* m_delegate;
    SegmentedButtons* m_splits;
    SegmentedButtons* m_classes;
    QLineEdit* m_index;
    QIntValidator* m_indexRange;
    QToolButton* m_shuffle;
    QSlider* m_size;
    QListView* m_grid;
    QLabel* m_empty;
    Card* m_detail;
    QLabel* m_verified;
    QLabel* m_facts;
    QLabel* m_shown;
    ClassHistogram* m_histogram;
    QLabel* m_selected;
    QLabel* m_picture;
};

} // namespace ui
