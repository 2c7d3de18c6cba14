/** Of every source that gives nothing it is said why: another budget year, another purpose, or nothing left. */
import { idleSources } from './idle-sources';

it('names each source with what keeps it out', () => {
  const source = { purposes: ['increments'], availableFen: 860_000_000n };
  const sources = [
    { ...source, code: 'fin-2024', budgetYear: 2024 },
    { ...source, code: 'fin-2021', budgetYear: 2021 },
    { ...source, code: 'water', budgetYear: 2023, purposes: ['flood'] },
    { ...source, code: 'fin-2023', budgetYear: 2023, availableFen: 0n },
  ];
  expect(idleSources(sources, 'increments', 2023).en).toBe(
    'fin-2024 is of the budget of 2024 (what is due of 2023 takes budgets of 2022 and 2023); ' +
      'fin-2021 is of the budget of 2021 (what is due of 2023 takes budgets of 2022 and 2023); ' +
      'water is for flood alone; fin-2023 has 0.00 yuan free',
  );
  expect(idleSources([], 'increments', 2023).en).toBe('the fund has no source');
});
