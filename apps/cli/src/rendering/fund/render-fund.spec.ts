/** Sources stand by budget year below their fund, each with the day until which its money is to be used. */
import { ageOf, type FundSource } from '@gep/ledger';
import { purposeSaid, renderFund } from './render-fund';

const source = (code: string, budgetYear: number, availableFen: bigint, reservedFen = 0n): FundSource => ({
  ...{ id: code, accountId: code, code, department: '财政厅', purposes: ['water'], budgetYear },
  ...{ receivedFen: 100_000n, reservedFen, paidFen: 100_000n - availableFen - reservedFen, availableFen },
});
const fund = {
  ...{ id: 'f', territoryPath: 'CN.990000', code: 'eco', nameZh: '生态资金', nameEn: 'Eco fund' },
  ...{ shortfallPolicy: 'pro-rata' as const, short: [] },
};
const shown = (language: 'zh' | 'en') =>
  renderFund(
    [
      {
        ...fund,
        sources: [
          ...[source('b', 2024, 25_000n), source('a', 2024, 0n, 50_000n), source('c', 2025, 1n)],
          ...[source('old', 2023, 0n), source('left', 2022, 10_000n), source('next', 2027, 100_000n)],
        ].map((one) => ({ ...one, age: ageOf(one.budgetYear, 2025) })),
      },
    ],
    2025,
    language,
  ).split('\n');

it('tells what goes back, what is used up and until when the rest is to be used', () => {
  const [title, head, , , ...rows] = shown('en');
  expect(title).toBe('990000/eco Eco fund (as of 2025)  f');
  expect(head).toMatch(/^Budget year +Source .*To be used +Received +Reserved/);
  expect(rows.map((row) => row.replace(/ {2,}/g, '|'))).toEqual([
    '2022|left|财政厅|water|surplus: what is available|1,000.00|0.00|900.00|100.00',
    '|goes back (ended 2023-12-31)',
    '2023|old|财政厅|water|all used|1,000.00|0.00|1,000.00|0.00',
    '2024|a|财政厅|water|carried over, by 2025-12-31|1,000.00|500.00|500.00|0.00',
    '|b|财政厅|water|carried over, by 2025-12-31|1,000.00|0.00|750.00|250.00',
    '2025|c|财政厅|water|of this year, by 2026-12-31|1,000.00|0.00|999.99|0.01',
    '2027|next|财政厅|water|from 2027 on|1,000.00|0.00|0.00|1,000.00',
    'Sum|6,000.00|500.00|4,149.99|1,350.01',
  ]);
});

it('says so in Chinese', () => {
  expect(shown('zh').join('\n')).toMatch(/预算年度 +来源[^]*结余：可用部分应上缴财政[^]*（2023-12-31 已到期）[^]*合计/);
});

it('tells what a fund could not give by the settlement that claims it and who is paid by it', () => {
  const grant = {
    ...{ code: 'villages-2023/village:pingba', claimedFen: 100_000_00n, grantedFen: 0n, shortfallFen: 40_000_00n },
    ...{ period: '2023', since: '2023', queued: true, decisionKey: 'd', purpose: 'water', policy: 'queue' as const },
  };
  const told = (language: 'zh' | 'en') =>
    renderFund([{ ...fund, short: [grant], sources: [] }], 2025, language)
      .split('\n')
      .at(-1);
  expect(told('zh')).toBe(
    '不足：资金 eco 对结算 villages-2023（2023）应付 village:pingba 的 100,000.00 元还缺 40,000.00 元，排队等候后续资金',
  );
  expect(told('en')).toBe(
    'short: of 100,000.00 yuan that the settlement villages-2023 (2023) claims for village:pingba, the fund eco lacks 40,000.00, which wait for money to come',
  );
  expect([purposeSaid('increment-procurement', 'zh'), purposeSaid('wages', 'zh')]).toEqual([
    '增量采购 increment-procurement',
    'wages',
  ]);
});
