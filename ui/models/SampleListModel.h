// The images of one split as rows: all classes or some, in data set order or shuffled. Rows are indices into
// the data set; no image is copied.
#pragma once

#include "engine/data/Dataset.h"

#include <QAbstractListModel>
#include <set>

namespace ui
{

class SampleListModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        ImageRole = Qt::UserRole, ///< QImage at the data set's size
        IndexRole,                ///< int, index into the split
        LabelRole,                ///< int, the class
    };

    explicit SampleListModel(QObject* parent = nullptr);

    void setDataset(const engine::Dataset& dataset, const QStringList& classNames);
    const engine::Dataset& dataset() const { return m_dataset; }
    QString className(int label) const { return m_classNames.value(label, QString::number(label)); }

    /// An empty set shows all classes.
    void setClassFilter(const std::set<int>& classes);
    const std::set<int>& classFilter() const { return m_classes; }
    void setShuffled(bool shuffled);

    /// The row of image `sampleIndex`; -1 if the filter hides it.
    int rowOfSample(int sampleIndex) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    void rebuild();

    engine::Dataset m_dataset;
    QStringList m_classNames;
    std::set<int> m_classes;
    bool m_isShuffled = false;
    std::vector<int> m_rows; ///< the sample index of each row
};

} // namespace ui
