// The part of the Train form that selects the network: a family with its options, or a custom list of layers
// from the editor.
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
    /// Adds its rows to `layout`, whose widget becomes the parent.
    NetworkFields(QFormLayout* layout, QWidget* form);

    /// Adds the less common rows; call it where the form's own less common rows start.
    void addMoreFields();

    void setChoice(const engine::NetworkChoice& choice);
    /// Always valid: the last valid state of the fields.
    const engine::NetworkChoice& choice() const { return m_choice; }

    /// Images of the next training.
    void setImages(const engine::ImageShape& input, int classCount);
    /// Why the fields are invalid or the network does not fit the images; empty if all is well.
    QString error() const { return m_error; }

    void setMoreShown(bool isShown);
    /// One of the less common fields differs from its default.
    bool hasMore() const;
    void setEnabled(bool isEnabled);
    QList<QWidget*> fields() const;

Q_SIGNALS:
    /// Emitted for user input only.
    void edited();

private:
    void addField(const QString& label, const char* name, QWidget* field, const QString& tip);
    void takeFields();
    void takeTypedList();
    engine::NetworkChoice choiceInFields() const;
    void rememberCustom();
    void fitLists();
    engine::TinyVggOptions optionsInFields() const;
    /// `message`: from validate(); empty if all fields are in range.
    void showListErrors(const std::string& message);
    void showChoice();
    void showRelevant();
    void showSummary();
    void openEditor();

    engine::NetworkChoice m_choice;
    engine::NetworkChoice m_settled; ///< m_choice before the list that is being typed
    engine::NetworkChoice m_custom;  ///< the last custom network; another family if there was none
    engine::ImageShape m_input;
    int m_classCount = 10;
    QString m_error;
    QString m_listError; ///< a list field cannot be parsed yet
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
