/** The eleven services by our formulas: compiled from the norm, and read off base sums as `[type][q0, v0, …]`. */
import { lib } from './built.mjs';
import { types } from './parcels.mjs';

/** The compiled formulas of the norm, and how to fill the cells of a county from its base sums. */
export function compileServices(norm) {
  const { compileFormulas } = lib('formula');
  const lookup = lib('rulebook').parameterLookup(norm, { places: [], date: '2024-12-31' });
  const formulas = norm.services.map(({ quantity }) => quantity.formula);
  const prices = norm.services.map(({ price }) => lookup(price.parameter, {}).value.toNumber());
  const program = compileFormulas(norm.formulas, formulas, lookup, types);
  return {
    plan: program.plan,
    fill(cells, county, sums) {
      if (sums.fault) throw new Error(JSON.stringify(sums.fault));
      const results = program.assemble(sums);
      formulas.forEach((formula, service) => {
        const quantities = results.get(formula);
        for (let type = 0; type < types.length; type++) {
          const at = ((county * types.length + type) * formulas.length + service) * 2;
          cells[at] = quantities[type];
          cells[at + 1] = quantities[type] * prices[service];
        }
      });
    },
  };
}
