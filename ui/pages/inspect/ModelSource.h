// The model to inspect: the window's model or, while following a training, its latest weights.
#pragma once

#include "core/inspection/InspectionService.h"
#include "ui/Services.h"

#include <QObject>
#include <QStringList>

namespace ui
{

class ModelSource : public QObject
{
    Q_OBJECT
public:
    explicit ModelSource(const Services& services, QObject* parent = nullptr);

    /// Null for none; absence() gives the reason.
    core::ModelPointer model() const;
    /// Names of its `count` classes.
    QStringList classNames(int count) const;
    /// Class names of the data set that networks are trained on.
    void setDatasetClasses(const QStringList& names);

    /// Whether to follow a training, now or as soon as there is one.
    void setFollowing(bool isWanted);
    /// Whether the page is visible; a hidden page computes nothing.
    void setSeen(bool isSeen);
    bool isTraining() const;
    /// The weights are about to change.
    bool isMoving() const;

    struct Absence {
        QString text;
        QString action; ///< suggested action; empty for none
    };
    Absence absence() const;

Q_SIGNALS:
    void changed();
    void trainingChanged(bool isTraining);

private:
    bool isFollowed() const;
    void follow();

    Services m_services;
    core::ModelPointer m_live; ///< of the training that is being followed
    QStringList m_datasetClasses;
    QString m_problem; ///< why the weights cannot be read
    bool m_isWanted = false;
    bool m_isSeen = false;
};

} // namespace ui
