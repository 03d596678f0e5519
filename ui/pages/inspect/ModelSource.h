// Which model is looked into: the one that the window is on or, while a training is followed, its newest
// weights.
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

    /// Null where there is none; absence() says why.
    core::ModelPointer model() const;
    /// Of its classes: `count` of them.
    QStringList classNames(int count) const;
    /// Of the data set that a network is trained on.
    void setDatasetClasses(const QStringList& names);

    /// Whether the user wants to see a training's newest weights, now or as soon as there is one.
    void setFollowing(bool isWanted);
    /// And whether he sees anything: what nobody sees costs nothing.
    void setSeen(bool isSeen);
    bool isTraining() const;
    /// There are other weights in a moment.
    bool isMoving() const;

    struct Absence {
        QString text;
        QString action; ///< what the user can do about it; empty for nothing
    };
    Absence absence() const;

Q_SIGNALS:
    void changed();
    void trainingChanged(bool isTraining);

private:
    bool isFollowed() const;
    void follow();

    Services m_services;
    core::ModelPointer m_live; ///< of the training that is followed
    QStringList m_datasetClasses;
    QString m_problem; ///< why the weights cannot be read
    bool m_isWanted = false;
    bool m_isSeen = false;
};

} // namespace ui
