#include "ui/pages/evaluate/CalibrationDialog.h"

#include "ui/charts/ReliabilityDiagram.h"
#include "ui/style/TextRole.h"
#include "ui/widgets/Card.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui
{

CalibrationDialog::CalibrationDialog(const engine::EvaluationMetrics& metrics, const QString& imagesName,
                                     QWidget* parent)
    : QDialog(parent),
      m_diagram(new ReliabilityDiagram(this)),
      m_reading(new QLabel(this))
{
    setObjectName(QStringLiteral("calibrationDialog"));
    setWindowTitle(tr("Calibration"));
    auto* card = new Card(tr("Does confidence match accuracy?"), this);
    card->setSubtitle(QStringLiteral("· ") + imagesName);
    auto* words = new QLabel(calibrationText(metrics), card);
    words->setObjectName(QStringLiteral("calibrationText"));
    words->setWordWrap(true);
    m_diagram->setObjectName(QStringLiteral("reliabilityDiagram"));
    m_diagram->setBins(metrics.bins);
    m_reading->setObjectName(QStringLiteral("reliabilityReading"));
    setTextRole(m_reading, TextRole::Secondary);
    card->body()->addWidget(words);
    card->body()->addWidget(m_diagram, 1);
    card->body()->addWidget(m_reading);

    auto* close = new QPushButton(tr("Close"), this);
    close->setObjectName(QStringLiteral("closeCalibration"));
    close->setAccessibleName(tr("Close"));
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 12);
    layout->setSpacing(12);
    layout->addWidget(card, 1);
    layout->addWidget(close, 0, Qt::AlignRight);
    connect(m_diagram, &ReliabilityDiagram::binChosen, this, &CalibrationDialog::showBin);
    showBin(-1);
    m_diagram->setFocus();
    resize(640, 600);
}

void CalibrationDialog::showBin(int bin)
{
    m_reading->setText(bin < 0 ? tr("Hover over a bar, or use the arrow keys, to see its values.")
                               : m_diagram->describe(bin));
}

} // namespace ui
