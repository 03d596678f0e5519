// The part of the Train form that chooses the network: a family with its options, or a list of layers from
// the editor.
#pragma once

#include "engine/network/NetworkFamilies.h"

#include <QObject>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QWidget;

namespace ui
{

class NetworkFields : public QObject
{
    Q_OBJECT
public:
    /// Adds its rows to `layout`, whose widget owns them.
    NetworkFields(QFormLayout* layout, QWidget* form);

    /// Further rows, where the layout has come to those that most trainings leave alone.
    void addMoreFields();

    void setChoice(const engine::NetworkChoice& choice);
    /// Always one whose options are in range: the last such that stood in the fields.
    const engine::NetworkChoice& choice() const { return m_choice; }

    /// What the next training is on.
    void setImages(const engine::ImageShape& input, int classCount);
    /// What is wrong with what stands in the fields, or why the network does not fit the images; empty where
    /// all is well.
    QString error() const { return m_error; }

    void setMoreShown(bool isShown);
    /// One of those is not at its default.
    bool hasMore() const;
    void setEnabled(bool isEnabled);
    QList<QWidget*> fields() const;

Q_SIGNALS:
    /// By the user.
    void edited();

private:
    void addField(const QString& label, const char* name, QWidget* field, const QString& tip);
    void takeFields();
    void fitLists();
    engine::TinyVggOptions optionsInFields() const;
    /// `message`: of validate(), empty where all is in range.
    void showListErrors(const std::string& message);
    void showChoice();
    void showRelevant();
    void showSummary();
    void openEditor();

    engine::NetworkChoice m_choice;
    engine::ImageShape m_input;
    int m_classCount = 10;
    QString m_error;
    QString m_listError; ///< of what stands in a field and is no list yet
    bool m_isFilling = false;
    bool m_isMoreShown = false;
    bool m_isEnabled = true;
    QFormLayout* m_layout;
    QWidget* m_form;
    QComboBox* m_family;
    QSpinBox* m_blocks;
    QLineEdit* m_hiddenUnits;
    QComboBox* m_kernelSizes;
    QSpinBox* m_convolutions;
    QComboBox* m_padding;
    QCheckBox* m_batchNorm;
    QDoubleSpinBox* m_dropout;
    QPushButton* m_edit;
    QLabel* m_summary;
};

} // namespace ui
