#include "ui/pages/evaluate/MetricsCard.h"

#include "core/Format.h"
#include "engine/evaluation/WilsonInterval.h"
#include "ui/pages/evaluate/CalibrationDialog.h"
#include "ui/pages/evaluate/ClassMetricsTable.h"
#include "ui/style/TextRole.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui
{

MetricsCard::MetricsCard(QWidget* parent)
    : Card({}, parent),
      m_accuracy(new QLabel(this)),
      m_accuracyDetail(new QLabel(this)),
      m_warning(new QLabel(this)),
      m_metrics(new ClassMetricsTable(this)),
      m_moreMetrics(new QLabel(this)),
      m_calibration(new QPushButton(tr("Calibration…"), this))
{
    m_accuracy->setObjectName(QStringLiteral("accuracy"));
    m_accuracy->setProperty("role", QLatin1String("heading"));
    m_accuracyDetail->setObjectName(QStringLiteral("accuracyDetail"));
    m_accuracyDetail->setToolTip(
        tr("Wilson score interval: in 95 of 100 cases it contains the true accuracy on images of this kind"));
    setTextRole(m_accuracyDetail, TextRole::Small);
    auto* line = new QHBoxLayout;
    line->setSpacing(8);
    line->addWidget(m_accuracy);
    line->addWidget(m_accuracyDetail);
    line->addStretch();
    line->addWidget(m_calibration);
    m_warning->setObjectName(QStringLiteral("trainSplitWarning"));
    m_warning->setWordWrap(true);
    m_warning->setText(tr("⚠ The model was trained on these images, so this says nothing about new ones."));
    setTextRole(m_warning, TextRole::Small);
    m_moreMetrics->setObjectName(QStringLiteral("moreMetrics"));
    m_moreMetrics->setWordWrap(true);
    m_moreMetrics->setToolTip(tr("Macro: unweighted mean over the classes. Weighted: mean weighted by class "
                                 "size. Top-2: the true class is among the two most probable. Calibration "
                                 "error: average gap between confidence and accuracy"));
    setTextRole(m_moreMetrics, TextRole::Small);
    m_metrics->setObjectName(QStringLiteral("classMetrics"));
    body()->addLayout(line);
    body()->addWidget(m_warning);
    body()->addWidget(m_metrics);
    m_calibration->setObjectName(QStringLiteral("showCalibration"));
    m_calibration->setAccessibleName(tr("Show the reliability diagram"));
    m_calibration->setToolTip(tr("Reliability diagram: does confidence match accuracy?"));
    m_calibration->setProperty("link", true);
    body()->addWidget(m_moreMetrics);
    connect(m_calibration, &QPushButton::clicked, this, &MetricsCard::showCalibration);
}

void MetricsCard::setSplit(const core::EvaluatedSplit& split)
{
    const engine::EvaluationMetrics& metrics = split.metrics;
    const engine::Interval interval = engine::wilsonInterval(metrics.correct, metrics.total);
    m_accuracy->setText(core::percentText(metrics.correct, metrics.total));
    m_accuracyDetail->setText(tr("%L1 of %L2 · 95 % CI %3–%4")
                                  .arg(metrics.correct)
                                  .arg(metrics.total)
                                  .arg(100 * interval.low, 0, 'f', 2)
                                  .arg(100 * interval.high, 0, 'f', 2));
    const auto average = [](const QString& name, const engine::AverageMetrics& one) {
        return tr("%1 precision %2, recall %3, F1 %4 %")
            .arg(name, core::shareNumber(one.precision), core::shareNumber(one.recall),
                 core::shareNumber(one.f1));
    };
    m_moreMetrics->setText(average(tr("macro"), metrics.macro) + QStringLiteral(" · ") +
                           average(tr("weighted"), metrics.weighted) + QStringLiteral(" · ") +
                           tr("top-2 %L1 of %L2 (%3) · negative log-likelihood %4 · calibration error %5 %")
                               .arg(metrics.correctWithinTwo)
                               .arg(metrics.total)
                               .arg(core::percentText(metrics.correctWithinTwo, metrics.total))
                               .arg(metrics.meanLoss, 0, 'f', 4)
                               .arg(100 * metrics.calibrationError, 0, 'f', 2));
    m_warning->setVisible(!split.isOutOfSample());
    m_metrics->setMetrics(metrics, split.classNames);
    m_shown = metrics;
    m_imagesName = core::imagesName(split.kind);
}

void MetricsCard::showCalibration()
{
    auto* dialog = new CalibrationDialog(m_shown, m_imagesName, window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace ui
