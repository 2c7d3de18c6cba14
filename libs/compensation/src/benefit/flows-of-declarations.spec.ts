/** Declared flows of a supplier, at the mean price of its account: what beneficiaries do not have is left to nobody. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { DeclaredFlow } from '@gep/accounting';
import { Fraction } from '@gep/kernel';
import { parseUnits } from '@gep/rulebook';
import { flowsOfDeclarations } from './flows-of-declarations';
import { balanceServices, suppliedParts } from './supply-and-use';

const unitsFile = path.join(__dirname, '../../../../rulebook/units.yaml');
const units = parseUnits({ path: 'units.yaml', text: readFileSync(unitsFile, 'utf8') });
const line = (service: string, quantity: number, valueFen: bigint, item: string | null = null) => ({
  ...{ service, item, quantity, unit: 'm3', valueFen },
});
const declared = (beneficiary: string, more: Partial<DeclaredFlow>): DeclaredFlow => ({
  ...{ id: beneficiary, normId: 'n', service: 'water', item: null, supplier: 'up', beneficiary },
  ...{ amount: { share: Fraction.of(1n, 3n) }, from: '2024-01-01', until: null, reason: 'river', source: 'office' },
  ...more,
});
const flowsOf = (flows: readonly DeclaredFlow[], period = '2024') =>
  flowsOfDeclarations(
    { period, time: 'after' },
    flows,
    [{ territory: 'up', lines: [line('water', 100, 1001n), line('water', 200, 2000n), line('soil', 5, 100n)] }],
    units,
  ).map((flow, at) => ({ ...flow, row: at + 1 }));

it('gives each its share or quantity, and the rest to nobody, to the fen of the account', () => {
  const flows = [
    declared('low', {}),
    declared('city', { amount: { quantity: Fraction.parse('0.005')!, unit: '万m3' } }),
    declared('far', { supplier: 'elsewhere' }),
  ];
  const [balance, ...others] = balanceServices(suppliedParts(flowsOf(flows)));
  expect(others).toEqual([]);
  expect([balance.supplied, balance.used, balance.unassigned].map(String)).toEqual(['300', '150', '150']);
  expect(balance.suppliedFen).toBe(3001n);
  // A quantity is of a year.
  const city = flowsOf([flows[1]], '2024-Q1').find(({ beneficiary }) => beneficiary === 'city')!;
  expect(city.quantity.equals(Fraction.of(50n, 4n))).toBe(true);
});

it('refuses more than there is, and makes no row of what the account lacks', () => {
  const twice = [declared('low', { amount: { share: Fraction.one } }), declared('city', {})];
  expect(() => suppliedParts(flowsOf(twice))).toThrow(/less than its beneficiaries use/);
  expect(flowsOf([declared('low', { service: 'air' })])).toEqual([]);
});
