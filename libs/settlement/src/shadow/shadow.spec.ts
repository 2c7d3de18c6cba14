/** A plan is named by all that it rests on, and what has changed since is told one by one. */
import { changesBetween, digestOfPlan, aYearBefore, type ShadowEntry, type ShadowPart } from './shadow';

const part = (party: string, grantedFen: bigint): ShadowPart => ({
  ...{ party, name: { zh: party, en: party }, entitledFen: 100n, advancedFen: 0n, takenFen: 0n, claimFen: 100n },
  ...{ billFen: 0n, clawbackFen: 0n, waitingFen: 0n, waitingCause: null, grantedFen, shortfallFen: 100n - grantedFen },
});
const source = {
  code: 's',
  purposes: [],
  budgetYear: 2025,
  receivedFen: 90n,
  reservedFen: 0n,
  paidFen: 0n,
  availableFen: 90n,
};
const figure = {
  ...{ unit: '990101', column: 'gep', period: '2025', value: '12', accountId: 'a', disclosureId: 'd', digest: 'x' },
  ...{ normId: 'n', normEdition: 'e', territoryPath: 'CN.990000' },
};
const entry: ShadowEntry = {
  draft: { code: 'water-2025' } as ShadowEntry['draft'],
  ...{ snapshotDigest: 's1', ruleEdition: 'r1', decisionDigest: 'd1', fundDigest: 'f1', yearBefore: null },
  fund: { id: 'f', code: 'fund', policy: 'pro-rata', sources: [source] },
  ...{ draws: [], figures: [figure], parts: [part('a', 50n), part('b', 40n)] },
};

it('finds nothing where nothing changed, whoever looks', () => {
  expect(changesBetween([entry], [structuredClone(entry)])).toEqual([]);
  expect(digestOfPlan([structuredClone(entry)])).toBe(digestOfPlan([entry]));
});

it.each([
  ['rule', { ruleEdition: 'r2' }, ['rule'], 'r2'],
  [
    'data',
    { snapshotDigest: 's2', figures: [{ ...figure, value: '13' }] },
    ['data'],
    '990101 gep 2025 was 12 and is 13',
  ],
  ['a document', { snapshotDigest: 's2' }, ['data'], 'handed in'],
  ['money', { fundDigest: 'f2', fund: { ...entry.fund, sources: [{ ...source, paidFen: 5n }] } }, ['money'], '90/0/5'],
  ['an amount', { parts: [part('a', 60n), part('c', 40n)] }, ['amount'], 'a, b, c'],
])('tells that %s changed', (_what, change, kinds, said) => {
  const changes = changesBetween([entry], [{ ...entry, ...change } as ShadowEntry]);
  expect(changes.map(({ what }) => what)).toEqual(kinds);
  expect(changes[0].text.en).toContain(said);
  expect(digestOfPlan([{ ...entry, ...change } as ShadowEntry])).not.toBe(digestOfPlan([entry]));
});

it('knows the period of a year before', () => {
  expect(['2025', '2025-Q1', '2025-03'].map(aYearBefore)).toEqual(['2024', '2024-Q1', '2024-03']);
});
