/** Worked formulas of the norms, one patch each: the kernel and the exact walker give what was worked out apart from both. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { compileFormulas, evaluateExactly, reducePartials, runKernel } from '@gep/formula';
import { loadNorm, type NormEdition, parameterLookup } from '@gep/rulebook';

const rulebook = join(__dirname, '../../../rulebook');

/** A formula of a norm over one patch, and the number that must come out. */
interface WorkedFormula {
  readonly what: string;
  readonly norm: string;
  readonly formula: string;
  readonly type: string;
  /** The territory and those above it, nearest first. */
  readonly places?: readonly string[];
  /** In the units of the norm. */
  readonly attributes: Readonly<Record<string, number>>;
  readonly expected: number;
  /** The greatest relative difference; 1e-9 when absent. */
  readonly within?: number;
  readonly working: string;
  readonly source: string;
}

const worked = readdirSync(__dirname)
  .filter((file) => file.endsWith('.yaml'))
  .flatMap((file) => parse(readFileSync(join(__dirname, file), 'utf8')) as WorkedFormula[]);

it.each(worked)('$formula: $what', async ({ norm: id, formula, type, places = [], attributes, expected, ...rest }) => {
  const norm = await normOf(id);
  const { formulas } = norm;
  expect(norm.types.map(({ code }) => code)).toContain(type);
  const lookup = parameterLookup(norm, { places, date: '2024-12-31' });
  const program = compileFormulas(formulas, [{ code: formula }], lookup, [type]);
  const columns = Object.fromEntries(Object.entries(attributes).map(([code, value]) => [code, Float64Array.of(value)]));
  const chunk = { rows: 1, typeIndex: Uint8Array.of(0), types: [type], columns };
  const sums = reducePartials(program.plan, [runKernel(program.plan, [chunk])]);
  expect(sums.fault).toBeUndefined();
  const { within = 1e-9, working, source } = rest;
  expect(working.length * source.length).toBeGreaterThan(0);
  const computed = program.assemble(sums).get(formula)![0];
  const exact = Number(evaluateExactly(formulas, formula, { lookup, patch: { type, attributes } }).value);
  expect(differs(computed, expected)).toBeLessThanOrEqual(within);
  expect(differs(exact, expected)).toBeLessThanOrEqual(within);
});

const norms = new Map<string, Promise<NormEdition>>();

function normOf(id: string): Promise<NormEdition> {
  const norm = norms.get(id) ?? loadNorm(id, rulebook);
  norms.set(id, norm);
  return norm;
}

/** The relative difference; that from nought is absolute. */
function differs(given: number, wanted: number): number {
  return Math.abs(given - wanted) / (wanted === 0 ? 1 : Math.abs(wanted));
}
