/** The eleven services as a careful person writes them in JavaScript: one loop over the rows, four plain sums per cell. */
import { types } from './parcels.mjs';

const servicesTwice = 22;

/** `[county][type][q0, v0, …]` */
export function loopByHand({ rows, counties, starts, type, columns }, n) {
  const { area, precipitation, runoff, evapotranspiration, erosivity, erodibility } = columns;
  const { slopeFactor, coverFactor, practiceFactor, npp, slope } = columns;
  const sums = new Float64Array(counties * types.length * 4);
  let county = 0;
  for (let i = 0; i < rows; i++) {
    while (i >= starts[county + 1]) county += 1;
    const at = (county * 9 + type[i]) * 4;
    const left = precipitation[i] - precipitation[i] * runoff[i] - evapotranspiration[i];
    const kept = 1 - coverFactor[i] * (slope[i] > 25 ? 1 : practiceFactor[i]);
    sums[at] += left > 0 ? area[i] * left : 0;
    sums[at + 1] += area[i] * erosivity[i] * erodibility[i] * slopeFactor[i] * kept;
    sums[at + 2] += area[i];
    sums[at + 3] += area[i] * npp[i];
  }
  return cellsFromSums(sums, n);
}

function cellsFromSums(sums, n) {
  const cells = new Float64Array((sums.length / 4) * servicesTwice);
  const quantities = new Float64Array(11);
  for (let cell = 0; cell < sums.length / 4; cell++) {
    const type = cell % types.length;
    const [water, soil, area, grown] = sums.subarray(cell * 4, cell * 4 + 4);
    quantities[0] = water * 10;
    quantities[1] = soil * (n.depositedShare / n.soilDensity);
    quantities[2] = soil * n.nitrogenShare;
    quantities[3] = soil * n.phosphorusShare;
    quantities[4] = area * n.so2Rate[type];
    quantities[5] = area * n.noxRate[type];
    quantities[6] = area * n.dustRate[type];
    quantities[7] = grown * ((0.01 * 44) / 12) * n.sequesteredShare[type];
    quantities[8] = quantities[7] * (32 / 44);
    quantities[9] = area * n.coolingHeat[type] * (n.coolingDays / (3600 * n.coolingEfficiency));
    quantities[10] = area * n.landscapeEquivalent[type];
    for (let service = 0; service < 11; service++) {
      cells[cell * servicesTwice + service * 2] = quantities[service];
      cells[cell * servicesTwice + service * 2 + 1] = quantities[service] * n.prices[service];
    }
  }
  return cells;
}
