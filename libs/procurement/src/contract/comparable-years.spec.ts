/** Years that cannot be compared are refused with what differs: no account, another boundary, another edition. */
import type { AccountSeries } from '@gep/accounting';
import { differencesBetween } from './comparable-years';

type Point = AccountSeries['points'][number];
const point = (period: string, edition: string | null, breaks: Point['breaks'] = []) => ({
  ...{ period, refusal: null, breaks },
  account: edition === null ? null : ({ norm: { id: 'cn-terrestrial', edition } } as unknown as Point['account']),
});
const said = (...of: Parameters<typeof differencesBetween>) => differencesBetween(...of).map(({ en }) => en);

it('finds nothing between years of one norm and boundary, whatever lies between them', () => {
  expect(said([point('2020', 'a'), point('2021', null), point('2022', 'a')], ['2020', '2022'])).toEqual([]);
});

it('names a missing account, a boundary that changed, and another edition, each with what to do', () => {
  const moved = { effective: '2021-06-01', kind: 'transfer', basis: 'area', from: ['x'], to: ['y'] } as const;
  const differences = said(
    [point('2020', 'a'), point('2021', 'b', [moved]), point('2022', null)],
    ['2020', '2021', '2022'],
  );
  expect(differences).toEqual([
    expect.stringMatching(/2022 has no published account.*publish it first/),
    expect.stringMatching(/boundary changed on 2021-06-01.*restate those/),
  ]);
  expect(said([point('2020', 'a'), point('2021', 'b')], ['2020', '2021'])).toEqual([
    expect.stringMatching(/2020 follows edition a .*2021 follows b; recompute/),
  ]);
});
