// The two cards of the Inspect page that show one unit, on a model of any shape.
#pragma once

#include "Inspected.h"
#include "ui/pages/inspect/MapsCard.h"
#include "ui/pages/inspect/UnitCard.h"
#include "ui/style/Theme.h"

#include <QApplication>
#include <gtest/gtest.h>

namespace test
{

class InspectCards : public testing::Test
{
protected:
    InspectCards()
    {
        unit.resize(402, 620);
        unit.show();
    }

    float activation(const engine::Cell& cell) const
    {
        return inspection->activations->layers[static_cast<std::size_t>(cell.layer)].at(cell);
    }

    ui::Theme theme{*qApp, core::ThemeChoice::Light};
    ui::InspectionPtr inspection;
    ui::UnitCard unit;
    ui::MapsCard maps;
};

inline QString lastNumber(const QString& formula)
{
    return formula.split(QLatin1Char(' ')).back();
}

} // namespace test
