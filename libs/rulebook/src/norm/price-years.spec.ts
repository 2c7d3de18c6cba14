/** Prices of the general norm whose year could not be found: the list is held here, so that no other joins it unseen. */
import { loadNorm } from './norm.loader';

const yearless = [
  ...['dredgingCost', 'ionPrice', 'lakeWaterPrice', 'nitrogenFertiliserCost', 'oxygenPrice'],
  ...['phosphorusFertiliserCost', 'protectionCost', 'speciesPrice'],
];

it.each(['cn-terrestrial', 'cn-terrestrial-modelled', 'cn-terrestrial-daily'])(
  'of the prices of %s all but those known have a year',
  async (id) => {
    const { parameters } = await loadNorm(id, 'rulebook');
    const prices = parameters.filter(({ priceClass }) => priceClass !== undefined);
    expect(prices.length).toBeGreaterThan(20);
    const without = prices.filter(({ values }) => values.some(({ priceYear }) => priceYear === undefined));
    expect(without.map(({ code }) => code).sort()).toEqual(yearless);
  },
);
